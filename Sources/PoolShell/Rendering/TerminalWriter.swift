import ConcurrentFutures

/// What is written where at least one stream is a terminal: cleaned, in whole lines, above the status line.
///
/// Used under the lock of its `Output`.
final class TerminalWriter {
  typealias Stream = Output.Stream

  private let standardOutput: Output.Sink
  private let standardError: Output.Sink
  private let streams: Output.Streams
  private var cleaners = Stream.allCases.map { _ in TerminalCleaner() }
  /// What is to be written next, all of it to one stream.
  private var buffer: [UInt8] = []
  private var target = Stream.output
  /// Whether something of this unit was written.
  private var hasBegun = false
  /// Whether the cursor is at the left margin, for each terminal.
  private var isAtLineStart = [true, true]
  private var statusLine = StatusLine()
  /// Until when the status line makes room for what the reader of a pipe writes; `nil` if it need not.
  private var roomUntil: Deadline?
  private static let mostBuffered = 1 << 16

  /// - Returns: `nil` if neither stream needs any care.
  init?(
    standardOutput: @escaping Output.Sink, standardError: @escaping Output.Sink,
    streams: Output.Streams
  ) {
    let isCleaned = Stream.allCases.contains(where: streams.isCleaned)
    guard isCleaned || streams.hasStatusLine else { return nil }
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.streams = streams
  }

  /// How wide standard output is, if it is a terminal.
  var outputColumns: Int? { streams.isOutputTerminal ? streams.columns() : nil }

  /// Writes content: text that may hold anything.
  func write(_ bytes: UnsafeRawBufferPointer, to stream: Stream) throws {
    guard !bytes.isEmpty else { return }
    try turn(to: stream)
    append { buffer in
      if streams.isCleaned(stream) {
        cleaners[stream.rawValue].clean(bytes, into: &buffer)
      } else {
        buffer.append(contentsOf: bytes)
      }
    }
    if buffer.count >= Self.mostBuffered { try flush() }
  }

  /// Writes content with escape sequences of ours around what has a style.
  func write(_ text: StyledText, to stream: Stream) throws {
    for run in text.runs {
      if let style = run.style { try writeEscape(style.sequence, to: stream) }
      var content = String(run.text)
      try content.withUTF8 { try write(UnsafeRawBufferPointer($0), to: stream) }
      if run.style != nil { try writeEscape(Style.reset, to: stream) }
    }
  }

  private func writeEscape(_ sequence: String, to stream: Stream) throws {
    try turn(to: stream)
    finishCleaning()
    buffer += sequence.utf8
  }

  // MARK: Units

  /// What was written since the last call belonged together, and goes out.
  ///
  /// - Parameter endsLine: Whether to end a line that was not ended; not after a prompt.
  /// - Throws: What the sink of standard output throws.
  func endUnit(endsLine: Bool = true) throws {
    defer { hasBegun = false }
    try endLines(endsLine)
    try flush()
    drawStatus()
  }

  /// Forgets what was not written, because standard output takes nothing any more.
  func abandonUnit() {
    buffer.removeAll()
    hasBegun = false
  }

  private func endLines(_ endsLine: Bool) throws {
    for stream in Stream.allCases where streams.isCleaned(stream) {
      if stream == target { finishCleaning() }
      if endsLine, !isAtLineStart[screen(of: stream)] { try endLine(on: stream) }
    }
  }

  /// The line that was begun was ended by somebody else: the terminal has echoed Enter.
  func noteLineEnd() { isAtLineStart = [true, true] }

  /// Ends a line that was begun.
  func endLine(on stream: Stream) throws {
    try turn(to: stream, startsLine: false)
    buffer.append(UInt8(ascii: "\n"))
    isAtLineStart[screen(of: stream)] = true
  }

  /// Has what is written next go to a stream.
  private func turn(to stream: Stream, startsLine: Bool = true) throws {
    if stream != target {
      finishCleaning()
      try flush()
    }
    let isNew = stream != target || !hasBegun
    (target, hasBegun) = (stream, true)
    try eraseStatus(for: stream)
    if stream == .output { makeRoomForPipe() }
    // What the other stream, or a prompt, has left on the line.
    if startsLine, isNew, streams.isCleaned(stream), !isAtLineStart[screen(of: stream)] {
      try endLine(on: stream)
    }
  }

  private func finishCleaning() {
    guard streams.isCleaned(target) else { return }
    append { cleaners[target.rawValue].finish(into: &$0) }
  }

  /// Appends content to the buffer, and looks where it leaves the cursor.
  private func append(_ content: (inout [UInt8]) -> Void) {
    let end = buffer.count
    content(&buffer)
    guard streams.isTerminal(target), buffer.count > end, let last = buffer.last else { return }
    isAtLineStart[screen(of: target)] = last == UInt8(ascii: "\n")
  }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    defer { buffer.removeAll(keepingCapacity: true) }
    try buffer.withUnsafeBytes { try send($0, to: target) }
  }

  /// Trouble with standard error does not concern standard output.
  private func send(_ bytes: UnsafeRawBufferPointer, to stream: Stream) throws {
    switch stream {
    case .output: try standardOutput(bytes)
    case .error: try? standardError(bytes)
    }
  }

  /// Which cursor a stream moves.
  private func screen(of stream: Stream) -> Int { streams.areOneTerminal ? 0 : stream.rawValue }
}

// MARK: - The status line

extension TerminalWriter {
  var isStatusShown: Bool { statusLine.shownColumns != nil }

  /// Whether there is a line to be shown whenever there is room for it.
  var hasStatus: Bool { statusLine.text != nil }

  /// Shows a line under everything; `nil` takes it away.
  func showStatus(_ line: String?) {
    guard streams.hasStatusLine else { return }
    if let roomUntil, roomUntil.hasPassed || line == nil { self.roomUntil = nil }
    guard statusLine.set(line.map(Printable.line)) || !isStatusShown else { return }
    let erasing = statusLine.erase(columns: streams.columns())
    drawStatus(after: erasing)
  }

  private func eraseStatus(for stream: Stream) throws {
    guard isStatusShown, streams.isTerminal(stream), screen(of: stream) == screen(of: .error) else {
      return
    }
    try flush()
    sendStatus(statusLine.erase(columns: streams.columns()))
  }

  /// The reader of standard output is about to write: the line goes, and comes back with a later `showStatus`.
  ///
  /// With `| tee log` the answers would stand behind it.
  func makeRoomForPipe() {
    guard streams.isOutputPipe, statusLine.text != nil else { return }
    sendStatus(statusLine.erase(columns: streams.columns()))
    roomUntil = Deadline(after: streams.pipeDelay)
  }

  private func drawStatus(after erasing: String = "") {
    let isFree = !isStatusShown && roomUntil == nil && isAtLineStart[screen(of: .error)]
    sendStatus(erasing + (isFree ? statusLine.draw(columns: streams.columns()) : ""))
  }

  private func sendStatus(_ text: String) {
    var text = text
    guard !text.isEmpty else { return }
    text.withUTF8 { try? standardError(UnsafeRawBufferPointer($0)) }
  }
}
