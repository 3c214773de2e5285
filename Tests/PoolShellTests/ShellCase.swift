import Testing

@testable import PoolShell

/// A script, and everything that it must write: a row in a table of tests.
struct ShellCase: Sendable, CustomTestStringConvertible {
  var script: String
  /// The lines of standard output; the newline of the last one is added.
  var output: String
  /// The lines of standard error, likewise.
  var errors: String
  var status: Int32
  var isUnordered: Bool
  var name: String?

  var testDescription: String { name ?? script }

  /// In `output` and `errors`, `[..]` stands for anything within a line.
  init(
    _ script: String, _ output: String = "", errors: String = "", status: Int32 = 0,
    isUnordered: Bool = false, name: String? = nil
  ) {
    self.script = script
    self.output = output
    self.errors = errors
    self.status = status
    self.isUnordered = isUnordered
    self.name = name
  }

  /// Runs the script and compares.
  func check(
    arguments: [String] = [], isInteractive: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation,
    configure: @escaping @Sendable (inout Settings.Values) -> Void = { _ in }
  ) async throws {
    let run = try await runShell(
      script, arguments: arguments, isInteractive: isInteractive, configure: configure)
    let isExpected =
      Expected.matches(run.output, lines(output), inAnyOrder: isUnordered)
      && Expected.matches(run.errors, lines(errors), inAnyOrder: isUnordered)
      && run.status == status
    #expect(isExpected, "\(report(run))", sourceLocation: sourceLocation)
  }

  private func lines(_ text: String) -> String { text.isEmpty ? "" : text + "\n" }

  private func report(_ run: ShellRun) -> String {
    """
    the script
    \(script)
    must write, and end with status \(status):
    \(lines(output))\(errors.isEmpty ? "" : "--- stderr:\n")\(lines(errors))
    but wrote, and ended with status \(run.status):
    \(run.output)\(run.errors.isEmpty ? "" : "--- stderr:\n")\(run.errors)
    """
  }
}

/// Beginnings of scripts that several tests share.
enum Prologue {
  /// 1 finished, 2 failed, 3 running until gate g is opened, 4 pending behind it, 5 cancelled.
  ///
  /// Nothing is seen, nothing was listed.
  static let states = """
    pool new -w 1
    submit return ok
    submit fail bad
    submit { open up; gate g; return went }
    submit return queued
    submit return gone
    set quiet on
    gate up
    let answer = $(cancel 5)

    """
  static let statesOutput = """
    pool pool1: 1 worker
    [1] return ok
    [2] fail bad
    [3] { open up; gate g; return went }
    [4] return queued
    [5] return gone

    """
}

/// Runs a script and compares everything that it writes.
func expectShell(
  _ script: String, _ output: String = "", errors: String = "", status: Int32 = 0,
  isUnordered: Bool = false, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  try await ShellCase(script, output, errors: errors, status: status, isUnordered: isUnordered)
    .check(sourceLocation: sourceLocation)
}

/// Compares texts with patterns in which `[..]` stands for anything within a line.
enum Expected {
  static func matches(_ text: String, _ pattern: String, inAnyOrder: Bool = false) -> Bool {
    var rest = split(text)
    let patterns = split(pattern)
    guard rest.count == patterns.count else { return false }
    if !inAnyOrder { return zip(rest, patterns).allSatisfy(matchesLine) }
    // Lines without a gap first: they match one line only.
    for pattern in patterns.sorted(by: { !$0.contains("[..]") && $1.contains("[..]") }) {
      guard let index = rest.firstIndex(where: { matchesLine($0, pattern) }) else { return false }
      rest.remove(at: index)
    }
    return true
  }

  private static func split(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func matchesLine(_ line: Substring, _ pattern: Substring) -> Bool {
    let parts = pattern.split(separator: "[..]", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return line == pattern
    }
    guard line.hasPrefix(first), line.hasSuffix(last) else { return false }
    guard line.count >= first.count + last.count else { return false }
    var middle = line.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = middle.firstRange(of: part) else { return false }
      middle = middle[range.upperBound...]
    }
    return true
  }
}
