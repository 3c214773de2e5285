/// When a map stops before all jobs have run, as a pure value: ends of jobs in, a decision out.
///
/// GNU parallel's words: `now,fail=1`, `soon,success=3`, `soon,done=10%`.
struct HaltPolicy: Equatable, Sendable {
  /// What happens to jobs that run.
  enum When: String, Sendable, CaseIterable {
    /// They finish; no more are started.
    case soon
    /// They are ended.
    case now
  }

  /// Which jobs count.
  enum Why: String, Sendable, CaseIterable {
    case fail, success, done
  }

  /// How many of them.
  enum Limit: Equatable, Sendable {
    case count(Int)
    /// Of all jobs; not known before the last one is.
    case percent(Int)
  }

  let when: When
  let why: Why
  let limit: Limit

  private(set) var failed = 0
  private(set) var succeeded = 0
  /// How many jobs there are; `nil` until that is known.
  private(set) var total: Int?
  private(set) var hasHalted = false

  init(_ when: When, _ why: Why, _ limit: Limit) {
    self.when = when
    self.why = why
    self.limit = limit
  }

  /// A job has ended by itself.
  ///
  /// - Returns: Whether it is now that the map halts.
  mutating func ended(isFailure: Bool) -> Bool {
    if isFailure { failed += 1 } else { succeeded += 1 }
    return decide()
  }

  /// It is known how many jobs there are.
  ///
  /// - Returns: As `ended`.
  mutating func learn(total: Int) -> Bool {
    self.total = total
    return decide()
  }

  private mutating func decide() -> Bool {
    if hasHalted || counted == 0 { return false }
    switch limit {
    case .count(let count): hasHalted = counted >= count
    case .percent(let percent):
      guard let total else { return false }
      hasHalted = counted * 100 >= total * percent
    }
    return hasHalted
  }

  /// How many have ended in the way that counts.
  var counted: Int {
    switch why {
    case .fail: failed
    case .success: succeeded
    case .done: failed + succeeded
    }
  }

  /// As it is written.
  var text: String {
    switch limit {
    case .count(let count): "\(when),\(why)=\(count)"
    case .percent(let percent): "\(when),\(why)=\(percent)%"
    }
  }
}

extension HaltPolicy {
  /// Why a text is none.
  struct Fault: Error, Equatable {
    let message: String
  }

  /// GNU parallel's older words.
  private static let older = [
    "0": "never", "1": "soon,fail=1", "2": "now,fail=1", "-1": "soon,success=1",
    "-2": "now,success=1",
  ]

  /// Reads a policy; `nil` is `never`.
  static func parse(_ written: String) throws(Fault) -> HaltPolicy? {
    var text = older[written] ?? written
    if text == "never" { return nil }
    if text.hasSuffix("%"), text.dropLast().allSatisfy(\.isNumber) { text = "soon,fail=\(text)" }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard let when = When(rawValue: String(parts[0])) else {
      throw Fault(
        message: "begins with now, soon or never, not \(parts[0].isEmpty ? "''" : parts[0])")
    }
    let words = parts.dropFirst().joined(separator: ",")
      .split(separator: "=", omittingEmptySubsequences: false)
    guard let why = words.first.flatMap({ Why(rawValue: String($0)) }), words.count == 2 else {
      throw Fault(message: "\(when) is followed by ,fail=N ,success=N or ,done=N")
    }
    return HaltPolicy(when, why, try limit(words[1]))
  }

  private static func limit(_ text: Substring) throws(Fault) -> Limit {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast() : text
    let number = digits.utf8.allSatisfy { 48...57 ~= $0 } ? Int(digits) : nil
    guard let number, number >= 1, !isPercent || number <= 100 else {
      throw Fault(
        message:
          "N is a whole number, at least 1, or from 1% to 100%, not \(text.isEmpty ? "''" : text)")
    }
    return isPercent ? .percent(number) : .count(number)
  }
}
