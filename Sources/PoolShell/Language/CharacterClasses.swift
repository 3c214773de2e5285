/// What an ASCII character can mean to the parser.
///
/// The parser looks at bytes, each taken as a scalar so that it compares with a literal. A byte of a
/// longer UTF-8 sequence then equals some Latin-1 letter, none of which is in any class but `isPlain`.
extension Unicode.Scalar {
  /// White space within a line.
  var isBlank: Bool { self == " " || self == "\t" }

  /// Ends a word where it stands unquoted; `"\0"` is the end of the lines read.
  var endsWord: Bool {
    switch self {
    case " ", "\t", "\n", ";", "&", "|", "<", ">", "(", ")", "`", "\0": true
    default: false
    }
  }

  /// Stands for itself inside a word.
  var isPlain: Bool {
    switch self {
    case "'", "\"", "\\", "$": false
    default: !endsWord
    }
  }

  /// Stands for itself in double quotes.
  var isPlainInQuotes: Bool {
    switch self {
    case "\"", "\\", "$", "\0": false
    default: true
    }
  }

  /// Stands for itself in the fallback of `${name:-fallback}`, blanks and separators included.
  var isPlainInFallback: Bool {
    switch self {
    case "'", "{", "}", "\n": false
    default: isPlainInQuotes
    }
  }

  var isDigit: Bool { "0"..."9" ~= self }

  var startsName: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "_": true
    default: false
    }
  }

  var continuesName: Bool { startsName || isDigit }
}
