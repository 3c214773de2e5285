import ChildProcess

/// Turns reports into bytes.
///
/// There are two: for people and for programs.
protocol Renderer {
  /// Gives the bytes of a report that comes by the hundred thousand.
  ///
  /// - Returns: False if it is not one; then it must be written piece by piece.
  func withBytes(of report: Report, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool
  func write(_ report: Report, to writer: Output.Writer) throws
  func text(of diagnostic: Diagnostic) -> StyledText
}

/// Ids as people write them: three and more in a row become a range.
enum IdList {
  static func text(_ ids: IDSet) -> String {
    let parts = ids.ranges.map { range in
      range.count >= 3
        ? "\(range.lowerBound)..\(range.upperBound)"
        : range.map(String.init).joined(separator: " ")
    }
    return parts.isEmpty ? "none" : parts.joined(separator: " ")
  }
}

extension Value {
  /// The last byte that would be written; `nil` if there is none.
  var lastByte: UInt8? {
    switch self {
    case .bytes(let bytes): bytes.last
    case .output(let output): output.standardOutput.tail(1).last
    default: try? text().utf8.last
    }
  }

  /// Writes the value as it is shown: bytes exactly as they are, anything else as a line.
  func write(to writer: Output.Writer) throws {
    switch self {
    case .nothing: break
    case .bytes(let bytes): try bytes.withUnsafeBytes { try writer.out($0) }
    case .output(let output): try output.write(to: writer)
    case .text, .ids, .failure: try writer.out(try text() + "\n")
    }
  }
}

extension ProgramOutput {
  func writeError(to writer: Output.Writer) {
    standardError?.forEachChunk { writer.err($0) }
  }

  /// Standard error to standard error, then the value.
  func write(to writer: Output.Writer) throws {
    writeError(to: writer)
    try standardOutput.forEachChunk { try writer.out($0) }
    if let failure = standardOutput.failure {
      writer.err("the rest of the output is lost: \(failure)\n")
    }
  }
}

extension Output {
  /// Shows the standard error of a program whose value goes elsewhere.
  func writeError(of output: ProgramOutput) {
    if let error = output.standardError { writeError(error) }
  }

  /// Shows what a child has written to standard error.
  func writeError(_ output: CapturedOutput) {
    if !output.isEmpty { writeError { writer in output.forEachChunk { writer.err($0) } } }
  }
}

extension Report {
  /// What the answer says as text, without its last newline: the value of the command.
  var text: String {
    let buffer = Output.Buffer()
    try? TextRenderer().write(self, to: buffer.writer)
    return buffer.text
  }
}
