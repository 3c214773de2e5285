import Testing

/// What an example writes, and how it ends.
struct Expectation: Sendable {
  /// A stretch of the output.
  enum Part: Sendable {
    /// Exactly these lines.
    case lines([String])
    /// These lines, in whatever order.
    case anyOrder([String])
  }

  /// Standard output from its first line to its last, or a function that looks at the lines.
  enum Output: Sendable {
    case parts([Part])
    case checked(@Sendable ([String]) -> Void)
  }

  var output: Output
  var errors = ""
  /// Looks at the lines of standard error, where they are not the same in every run.
  var checkErrors: (@Sendable ([String]) -> Void)?
  var status: Int32 = 0

  static func lines(_ text: String, errors: String = "", status: Int32 = 0) -> Expectation {
    Expectation(output: .parts([.lines(text.lines)]), errors: errors, status: status)
  }

  static func parts(_ parts: Part...) -> Expectation { Expectation(output: .parts(parts)) }

  static func checked(_ check: @escaping @Sendable ([String]) -> Void) -> Expectation {
    Expectation(output: .checked(check))
  }

  /// Compares a run with this.
  func check(_ run: ProgramRun) {
    switch output {
    case .parts(let parts): #expect(Self.sortedWhereFree(run.lines, parts) == Self.all(parts))
    case .checked(let check): check(run.lines)
    }
    if let checkErrors { checkErrors(run.errors.lines) } else { #expect(run.errors == errors) }
    #expect(run.status == status)
  }

  private static func all(_ parts: [Part]) -> [String] {
    parts.flatMap { part in
      switch part {
      case .lines(let lines): lines
      case .anyOrder(let lines): lines.sorted()
      }
    }
  }

  /// The lines, sorted within the stretches whose order is free.
  private static func sortedWhereFree(_ lines: [String], _ parts: [Part]) -> [String] {
    var rest = lines[...]
    var sorted: [String] = []
    for part in parts {
      switch part {
      case .lines(let expected): sorted += rest.prefix(expected.count)
      case .anyOrder(let expected): sorted += rest.prefix(expected.count).sorted()
      }
      rest = rest.dropFirst(all([part]).count)
    }
    return sorted + rest
  }
}

extension Expectation.Part {
  /// Numbers, one a line.
  static func numbers(_ numbers: ClosedRange<Int>) -> Self { .lines(numbers.map(String.init)) }

  /// Numbers, one a line, in whatever order.
  static func anyOrder(_ numbers: ClosedRange<Int>) -> Self { .anyOrder(numbers.map(String.init)) }
}
