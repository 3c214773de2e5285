/// What kind of value an expression of a program has.
///
/// The shell's values are texts; a program in Swift needs to know more, and one in Python is shorter if it does.
indirect enum CodeType: Equatable {
  /// Not known yet: the def that gives it is still being looked at.
  case unknown
  case nothing
  case flag
  case integer
  case decimal
  /// Whole or not: in Swift as it is written.
  case numeric
  case text
  /// The output of a program, the content of a file: printed as it is.
  case raw
  /// A text, or nothing.
  case optional
  /// A future, by the number of the place where it is submitted.
  case future(Int)
  case futures(Int)
  case pool

  /// Whether it is printed as a line of its own.
  var isLine: Bool {
    switch self {
    case .flag, .integer, .decimal, .numeric, .text, .optional: true
    default: false
    }
  }

  var isNumber: Bool { [.integer, .decimal, .numeric].contains(self) }

  /// What is either of the two; `nil` if nothing is.
  func joined(with other: CodeType) -> CodeType? {
    switch (self, other) {
    case (.unknown, let known), (let known, .unknown): return known
    case _ where self == other: return self
    case (.nothing, let value) where value.isLine, (let value, .nothing) where value.isLine:
      return .optional
    case (.optional, let value) where value.isLine, (let value, .optional) where value.isLine:
      return .optional
    case _ where isNumber && other.isNumber: return .numeric
    case _ where isLine && other.isLine: return .text
    default: return nil
    }
  }
}

/// A variable of a program: a def's parameter, what `let` sets, or one that the translation needs.
final class CodeVariable {
  /// With underscores between words, fit for Python.
  let name: String
  var type: CodeType
  /// Whether it is set more than once.
  var isChanged = false
  /// Whether a loop sets it, anew each time.
  var isOfLoop = false
  /// Whether it is read outside of the block in which it was set first.
  var isHoisted = false
  /// The blocks around the place where it was set first, the outermost first.
  let home: [Int]

  init(name: String, type: CodeType, home: [Int] = []) {
    self.name = name
    self.type = type
    self.home = home
  }

  /// Whether a task must be given the value that it has when it is submitted.
  var mustBePassed: Bool { isChanged || isHoisted }
}
