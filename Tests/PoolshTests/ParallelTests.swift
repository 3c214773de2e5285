import TestSupport
import Testing

/// Items and placeholders, side by side with GNU parallel where it is installed.
@Suite(.fewAtOnce) struct ParallelTests {
  private static let isInstalled =
    (try? Folder.bytes(of: "/usr/bin/parallel").count).map { $0 > 100_000 } ?? false

  private static let items =
    "a/b.c.d /top.x dir/ plain .rc foo. .. a.b/c 'it'\\''s' 'two  words' '$HOME' 'a;b' é.txt x//y.z"

  @Test(
    .enabled(if: isInstalled),
    arguments: [
      "'<%s>\\n' {} ::: ITEMS", "'<%s>\\n' {.} {/} {//} {/.} ::: ITEMS",
      "'<%s>\\n' {1} {1.} {1/} {1//} {1/.} {-1} {-1/.} ::: ITEMS", "'<%s>\\n' {#} x{}y ::: ITEMS",
      "'<%s>\\n' ::: ITEMS", "-n 2 '<%s>\\n' {} ::: ITEMS", "-n 3 '<%s>\\n' {1} {3} {-1} ::: ITEMS",
      "-n 4 '<%s>\\n' ::: ITEMS", "--zip '<%s>\\n' {2}{1} {} ::: ITEMS ::: ITEMS",
      "--zip '<%s>\\n' {-1/} {-2.} ::: ITEMS ::: ITEMS",
      "--cross '<%s>\\n' {2} {1} ::: ITEMS ::: 1 2",
      "--tag '<%s>\\n' ::: ITEMS", "--zip --tag '<%s>\\n' {1} ::: ITEMS ::: ITEMS",
      "-n 2 --tag '<%s>\\n' ::: ITEMS", "--colsep , '<%s>\\n' {2} {1} ::: a,b 'c , d' e,, ,f 'g h'",
      "--colsep , '<%s>\\n' {} ::: a,b 'c , d' e,, ,f 'g h'",
      "--colsep '[0-9]+' '<%s>\\n' {3} ::: a1b22c d4", "--colsep , --tag '<%s>\\n' {1} ::: a,b c,d",
      "--zip --colsep - '<%s>\\n' {4} {3} {2} {1} ::: A-B C-D ::: e-f g-h",
      "-0 '<%s>\\n' :::: nul", "'<%s>\\n' :::: lines", "-0 -n 2 '<%s>\\n' {2} :::: nul",
    ])
  func sameAsParallel(_ words: String) async throws {
    let words = words.replacing("ITEMS", with: Self.items)
    let folder = try Folder()
    try folder.write("nul", "a b\0c\nd\0e\0")
    try folder.write("lines", "a  b\n\n c\nlast")
    let (options, rest) = Self.split(words)
    let theirs = options.replacing("--zip", with: "--link").replacing("--cross", with: "")
      .replacing("-n ", with: "-N ")
    try folder.write("ours", "map \(options) exec printf \(rest)\n")
    let change: @Sendable (inout Launch) -> Void = {
      $0.directory = folder.path
      $0.environment["HOME"] = folder.path
    }
    let today = try await shell("parallel -k -q \(theirs) printf \(rest)", change: change)
    let here = try await shell("poolsh ours", change: change)
    #expect(!today.output.isEmpty)
    #expect(here.output == today.output, "\(words)\n\(here.errors)\(today.errors)")
  }

  private static func split(_ words: String) -> (options: String, rest: String) {
    guard let place = words.firstRange(of: "'<") else { return ("", words) }
    return (String(words[..<place.lowerBound]), String(words[place.lowerBound...]))
  }
}
