/// When answers and messages are coloured.
package enum ColorChoice: String, Sendable, CaseIterable {
  /// On a terminal that understands it, unless NO_COLOR is set.
  case auto
  case always
  case never
}

/// What a word is, for those who look at it in colour; the word itself says the same.
///
/// This is the whole table. Only the eight basic colours, which the user's terminal has made readable.
enum Style {
  /// The id of a future.
  case id
  /// Where an error is.
  case place
  /// The names of columns.
  case heading
  case error
  case finished
  case running
  case cancelled
  case skipped
  /// What could be typed.
  case code

  /// The parameters of the escape sequence (ECMA-48, SGR).
  private var parameters: String {
    switch self {
    case .id, .place, .heading: "1"  // bold
    case .error: "31"  // red
    case .finished: "32"  // green
    case .running, .code: "36"  // cyan
    case .cancelled: "2"  // dim
    case .skipped: "33"  // yellow
    }
  }

  /// What begins the style.
  var sequence: String { "\u{1B}[\(parameters)m" }

  /// What ends any style.
  static let reset = "\u{1B}[0m"
}

extension FutureRecord.State {
  /// How the word of a state is shown; `nil` for what is nothing yet.
  var style: Style? {
    switch self {
    case .pending: return nil
    case .running: return .running
    case .finished: return .finished
    case .failed: return .error
    case .cancelled: return .cancelled
    case .skipped: return .skipped
    }
  }
}

extension Output {
  /// Which streams are coloured.
  package struct Coloring {
    package var output = false
    package var error = false

    static let none = Coloring()
  }
}

extension Output.Streams {
  package func coloring(_ choice: ColorChoice) -> Output.Coloring {
    switch choice {
    case .always: return Output.Coloring(output: true, error: true)
    case .never: return .none
    case .auto:
      let isWanted = understandsEscapes && !avoidsColor
      return Output.Coloring(
        output: isWanted && isOutputTerminal, error: isWanted && isErrorTerminal)
    }
  }
}
