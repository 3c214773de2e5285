import ChildProcess

/// What a command or a task gives back: text, bytes, a list of ids, or nothing.
package enum Value: Sendable {
  case nothing
  case text(String)
  /// Exactly these bytes: the content of a file.
  case bytes([UInt8])
  /// What a child process wrote.
  case output(ProgramOutput)
  /// Ids of futures. As an unquoted word of a command, each becomes a word of its own.
  case ids(IDSet)
  /// The outcome of a future that did not succeed: whoever reads it gets the failure.
  case failure(ShellError)

  static let yes = Value.text("true")
  static let no = Value.text("false")

  static func bool(_ value: Bool) -> Value { value ? yes : no }

  /// What `&&` and `||` take for false, beside a failed command.
  var isFalse: Bool {
    if case .text("false") = self { true } else { false }
  }

  /// Whether nothing is written where the value is shown.
  ///
  /// An empty text is an empty line.
  var isNothing: Bool {
    if case .text = self { false } else { isEmpty }
  }

  /// Whether there is not a single character in it.
  var isEmpty: Bool {
    switch self {
    case .nothing: true
    case .text(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .output(let output): output.standardOutput.isEmpty
    case .ids(let ids): ids.isEmpty
    case .failure: false
    }
  }

  /// The value as text, bytes and all, for a variable or a word.
  ///
  /// - Throws: `ShellError` if the bytes are not UTF-8, or if the value is a failure.
  func text() throws -> String {
    switch self {
    case .nothing: return ""
    case .text(let text): return text
    case .bytes(let bytes): return try Self.decode(bytes)
    case .output(let output): return try Self.decode(output.standardOutput.bytes())
    case .ids(let ids): return ids.map(String.init).joined(separator: " ")
    case .failure(let error): throw error
    }
  }

  /// The text that `$(…)` gives: without the newlines at its end.
  func substitutionText() throws -> String {
    var text = try text()[...]
    while text.utf8.last == UInt8(ascii: "\n") { text.unicodeScalars.removeLast() }
    return String(text)
  }

  private static func decode(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ShellError(
        "the value is not text (invalid UTF-8)", hint: "save it to a file with: save ID FILE")
    }
    guard !text.utf8.contains(0) else {
      throw ShellError(
        "the value is not text (it has NUL bytes)", hint: "save it with: save ID FILE")
    }
    return text
  }
}

/// What a child process left behind.
package struct ProgramOutput: Sendable {
  /// The value: standard output, byte for byte.
  let standardOutput: CapturedOutput
  /// Shown on standard error together with the value.
  let standardError: CapturedOutput?
  /// Whether a task prints it where it is not the task's value: so with `exec` and `sh`, not with `fetch`.
  let isPrintedWhenDropped: Bool
}

extension ProgramOutput {
  /// Passes the value on to a file, whole or not at all.
  ///
  /// - Throws: `ShellError` if what was kept of it can no longer be read; what `write` throws.
  func forEachChunk(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    try standardOutput.forEachChunk(write)
    if let failure = standardOutput.failure { throw ShellError("the output is lost: \(failure)") }
  }
}
