import Testing

extension Expectation {
  /// The guide's six usage patterns.
  static let patterns: [String: Expectation] = [
    "pattern-map-and-wait": .parts(.numbers(0...9)),
    "pattern-map-two-inputs": .lines("('1', 'a')\n('2', 'b')\n('3', 'c')"),
    "pattern-map-not-iterated": .parts(
      .lines(["[1..5] 5 futures"]), .anyOrder((0...4).map { "Done: \($0)" }),
      .lines(["All done!"])),
    "pattern-submit-as-completed": .parts(.anyOrder(0...9)),
    "pattern-submit-sequentially": .parts(.numbers(0...9)),
    "pattern-submit-callback": .parts(.anyOrder(0...9)),
    "pattern-submit-two-callbacks": .checked(checkTwoCallbacks),
    "pattern-wait-for-all": .parts(
      .anyOrder(0...9), .lines(["done: 1..10", "not done: none", "All tasks are done!"])),
    "pattern-wait-for-all-with": .parts(.anyOrder(0...9), .lines(["All tasks are done!"])),
    "pattern-wait-for-all-shutdown": .parts(.anyOrder(0...9), .lines(["All tasks are done!"])),
    "pattern-wait-for-first": .checked(checkWaitForFirst),
  ]

  /// Both callbacks of each task, and the first one first.
  @Sendable private static func checkTwoCallbacks(_ lines: [String]) {
    #expect(lines.count == 20)
    for task in 0...9 {
      #expect(
        lines.filter { $0.hasSuffix(": \(task)") }
          == ["Callback 1: \(task)", "Callback 2: \(task)"])
    }
  }

  /// The values are those of the futures that are listed as done; ids count from 1, values from 0.
  @Sendable private static func checkWaitForFirst(_ lines: [String]) {
    guard lines.count >= 5 else {
      Issue.record("too few lines: \(lines)")
      return
    }
    #expect(lines[0] == "pool pool1: 10 workers")
    let done = ids(lines[1], after: "done:")
    #expect(!done.isEmpty)
    #expect((done + ids(lines[2], after: "not done:")).sorted() == Array(1...10))
    #expect(lines[3...].dropLast() == ArraySlice(done.map { "\($0 - 1)" }))
    #expect(lines.last?.hasPrefix("pool pool1: shut down, ") == true)
  }

  /// The ids in an answer of `wait`, such as `done: 1 3..5`.
  private static func ids(_ line: String, after word: String) -> [Int] {
    #expect(line.hasPrefix(word))
    return line.dropFirst(word.count).split(separator: " ").flatMap { part -> [Int] in
      let ends = part.split(separator: ".").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last else { return [] }
      return Array(first...last)
    }
  }
}
