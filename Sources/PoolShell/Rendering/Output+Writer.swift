import ConcurrentFutures

extension Output {
  /// Both streams, for one answer.
  ///
  /// What is written is content: whatever control characters are in it, they do nothing to a terminal.
  struct Writer {
    typealias Write = (UnsafeRawBufferPointer) throws -> Void

    private let writeOutput: Write
    private let writeError: Write
    private let coloring: Coloring
    /// Where escape sequences go if content is cleaned of them.
    private let terminal: TerminalWriter?

    /// Streams that get exactly what is written.
    init(out: @escaping Write, err: @escaping Write, coloring: Coloring = .none) {
      writeOutput = out
      writeError = err
      self.coloring = coloring
      terminal = nil
    }

    init(_ terminal: TerminalWriter, coloring: Coloring) {
      writeOutput = { try terminal.write($0, to: .output) }
      writeError = { try terminal.write($0, to: .error) }
      self.coloring = coloring
      self.terminal = terminal
    }

    /// How wide the terminal is that standard output is; `nil` if it is none.
    var columns: Int? { terminal?.outputColumns }

    func out(_ bytes: UnsafeRawBufferPointer) throws { try writeOutput(bytes) }

    func out(_ text: String) throws {
      var text = text
      try text.withUTF8 { try writeOutput(UnsafeRawBufferPointer($0)) }
    }

    func out(_ text: StyledText) throws {
      guard coloring.output else { return try out(text.plain) }
      guard let terminal else { return try out(text.colored) }
      try terminal.write(text, to: .output)
    }

    // The next two come by the hundred thousand; as styled texts that nobody colours they took 4,000 instructions.

    /// The id that a value follows.
    func out(id: Int) throws {
      coloring.output ? try out("\(.id(id)) ") : try out("[\(id)] " as String)
    }

    /// How a future has ended.
    func out(id: Int, _ word: String, _ style: Style?, _ rest: String = "") throws {
      guard coloring.output else { return try out("[\(id)] \(word)\(rest)\n" as String) }
      try out("\(.id(id)) \(word, style)\(rest)\n")
    }

    /// Trouble with standard error does not concern standard output.
    func err(_ bytes: UnsafeRawBufferPointer) { try? writeError(bytes) }

    func err(_ text: String) {
      var text = text
      text.withUTF8 { err(UnsafeRawBufferPointer($0)) }
    }

    func err(_ text: StyledText) {
      guard coloring.error else { return err(text.plain) }
      guard let terminal else { return err(text.colored) }
      try? terminal.write(text, to: .error)
    }
  }

  /// Keeps what is written, for a report whose text is a value.
  final class Buffer: Sendable {
    private let bytes = Monitor<[UInt8]>([])

    var text: String {
      var bytes = bytes.withLock { $0 }
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    }

    var writer: Writer {
      Writer(
        out: { [bytes] chunk in bytes.withLock { $0.append(contentsOf: chunk) } }, err: { _ in })
    }
  }
}
