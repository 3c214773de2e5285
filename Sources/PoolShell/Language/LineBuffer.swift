/// The lines of the command being read, and how far the parser has come in them.
///
/// Every line that is read ends with a newline and holds no NUL, so `"\0"` can stand for the end.
struct LineBuffer {
  private let source: any LineSource
  /// Called before the source is asked for lines, which may take long.
  var beforeReading: () -> Void = {}
  /// Lines as the source handed them over, of which those before `end` are read.
  private(set) var bytes: [UInt8] = []
  private(set) var end = 0
  var position = 0
  /// The number of the first line of `bytes`.
  private var firstLine = 1
  /// The number of the line on which the command begins.
  private(set) var commandLine = 0
  private var linesRead = 0
  private var lastLineStart = 0
  private var isAtEnd = false
  /// One for all commands that were read from the same bytes.
  private var sharedUnit: SourceUnit?

  init(source: any LineSource) {
    self.source = source
  }

  /// The character at the position; `"\0"` after the last line read.
  var symbol: Unicode.Scalar { symbol(at: position) }

  /// What comes after the character at the position.
  var following: Unicode.Scalar { symbol(at: position + 1) }

  func symbol(at index: Int) -> Unicode.Scalar {
    index < end ? Unicode.Scalar(bytes[index]) : "\0"
  }

  /// The lines as an error needs them.
  private var unit: SourceUnit {
    sharedUnit ?? SourceUnit(name: source.name, firstLine: firstLine, bytes: bytes)
  }

  /// The lines as a running command needs them.
  mutating func takeUnit() -> SourceUnit {
    let unit = unit
    sharedUnit = unit
    return unit
  }

  func error(_ message: String, at offset: Int, isIncomplete: Bool = false) -> SyntaxError {
    SyntaxError(
      message: message, place: unit.place(of: Int32(offset)), isIncomplete: isIncomplete)
  }
}

// MARK: - Reading lines

extension LineBuffer {
  /// Reads a line, after the others if `continuing`, else in their place; false at the end.
  mutating func readLine(continuing: Bool) throws -> Bool {
    if end == bytes.count, try !fetch(continuing: continuing) { return false }
    if !continuing { position = end }
    linesRead += 1
    lastLineStart = end
    try passLine()
    return true
  }

  /// Has the source hand over more lines; false at the end.
  private mutating func fetch(continuing: Bool) throws -> Bool {
    beforeReading()
    guard !isAtEnd, var lines = try source.nextLines(continuing: continuing) else {
      isAtEnd = true
      return false
    }
    trim(&lines)
    if continuing { try checkLength(adding: lines.count) } else { forget(bytes.count) }
    sharedUnit = nil
    if bytes.isEmpty { bytes = lines } else { bytes += lines }
    return true
  }

  /// Forgets so many bytes, which are whole lines that were read.
  private mutating func forget(_ count: Int) {
    bytes = Array(bytes[count...])
    sharedUnit = nil
    firstLine = bytes.isEmpty ? linesRead + 1 : linesRead
    (position, end) = (max(0, position - count), end - count)
    lastLineStart = 0
  }

  /// Passes a backslash and the newline after it.
  mutating func joinLines() throws {
    position += 2
    if position == end { _ = try readLine(continuing: true) }
  }

  /// A command begins at the position: forgets the lines before it, if they have become many.
  ///
  /// Units share the bytes, so adding lines copies them: without this, a text in which every line
  /// ends one block and begins the next would be copied whole again and again.
  mutating func beginCommand() {
    guard position >= lastLineStart else { return }
    commandLine = linesRead
    if lastLineStart > LineChunk.size { forget(lastLineStart) }
  }

  /// Forgets what was read, so that the next line is asked for even if the input seemed to end: at a
  /// terminal it goes on after Ctrl-D in the middle of a command.
  mutating func discard() {
    position = end
    isAtEnd = false
  }

  /// The same, and drops the lines that came together with those that were read.
  mutating func discardAll() {
    discard()
    bytes.removeSubrange(end...)
    sharedUnit = nil
  }

  /// Takes out the carriage returns before newlines, and the mark at the beginning of a file.
  private func trim(_ lines: inout [UInt8]) {
    if linesRead == 0, lines.starts(with: [0xEF, 0xBB, 0xBF]) { lines.removeFirst(3) }
    let carriageReturn = UInt8(ascii: "\r")
    guard lines.contains(carriageReturn) else { return }
    let all = lines
    lines.removeAll(keepingCapacity: true)
    for (index, byte) in all.enumerated() {
      if byte == carriageReturn, all[index + 1] == UInt8(ascii: "\n") { continue }
      lines.append(byte)
    }
  }
}

// MARK: - Checking lines

extension LineBuffer {
  private func checkLength(adding count: Int) throws {
    guard bytes.count + count > Int32.max else { return }
    throw error("a command is limited to 2 GB", at: position)
  }

  /// Moves the end behind the line that begins there, and looks at every byte of it.
  private mutating func passLine() throws {
    var (index, union, firstNUL) = (end, UInt8(0), Int?.none)
    bytes.withUnsafeBufferPointer { bytes in
      while bytes[index] != UInt8(ascii: "\n") {
        union |= bytes[index]
        if bytes[index] == 0, firstNUL == nil { firstNUL = index }
        index += 1
      }
    }
    end = index + 1
    if let firstNUL { throw error("NUL byte", at: firstNUL) }
    if union >= 0x80 { try checkUTF8() }
  }

  private func checkUTF8() throws {
    do {
      _ = try UTF8Span(validating: bytes.span.extracting(lastLineStart..<end))
    } catch {
      let index = lastLineStart + error.byteOffsets.lowerBound
      let byte = String(bytes[index], radix: 16, uppercase: true)
      throw self.error("invalid UTF-8 (byte 0x\(byte))", at: index)
    }
  }
}
