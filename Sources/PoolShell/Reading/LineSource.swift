/// Where lines come from: a file, a pipe, the text of `-c`, a terminal.
package protocol LineSource: AnyObject {
  /// How messages call this source: a file's path as given, `-c`, or `stdin`.
  var name: String { get }

  /// Whether lines that are handed over together were entered together, as a text that was pasted: who gives up one of
  /// its commands gives up the rest.
  var handsOverEntries: Bool { get }

  /// The next line without its newline, or `nil` at the end of the input.
  ///
  /// A source hands lines over byte for byte; the parser checks them. A last line without a newline is a
  /// line. May block until a line is there.
  ///
  /// - Parameter continuing: True if the line goes on with a command that has begun (an open quote,
  ///   an open block, a trailing backslash): a terminal then shows its continuation prompt.
  /// - Returns: The bytes of one line.
  /// - Throws: `InputInterrupted` if the user gave up the line; what was read of the command is dropped.
  func nextLine(continuing: Bool) throws -> [UInt8]?

  /// The next line and those behind it that are there already, some kilobytes at most, each ended by a newline.
  func nextLines(continuing: Bool) throws -> [UInt8]?

  /// The lines read so far are a whole command, or several, which now begin to run.
  func commandBegins()
}

extension LineSource {
  package var handsOverEntries: Bool { false }

  package func commandBegins() {}

  package func nextLines(continuing: Bool) throws -> [UInt8]? {
    guard var line = try nextLine(continuing: continuing) else { return nil }
    line.append(UInt8(ascii: "\n"))
    return line
  }
}

/// Lines that are handed over together.
enum LineChunk {
  /// About so many bytes: the place of an error is found by counting the lines before it.
  static let size = 4096

  /// As many whole lines as make a chunk, or one that is longer; `nil` if there is not even one.
  static func prefix(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let newline = UInt8(ascii: "\n")
    let end = bytes.prefix(size).lastIndex(of: newline) ?? bytes.firstIndex(of: newline)
    return end.map { UnsafeRawBufferPointer(rebasing: bytes[...$0]) }
  }
}

/// The user gave up the line being typed (Ctrl-C).
package struct InputInterrupted: Error {
  package init() {}
}
