import ConcurrentFutures

/// Types the lines of a session's blocks, and keeps what comes after each command.
///
/// The shell asks for the next command when it would show its prompt: what was written until then belongs to the one
/// before.
final class TranscriptSource: LineSource {
  let name = "stdin"
  /// Knows how many errors it has told; it exists only after its source.
  weak var shell: Shell?

  private let exchanges: [(block: Int, exchange: Transcript.Exchange)]
  private let blocks: [Transcript.Block]
  private let recorder: TranscriptRecorder
  private let session: Session
  /// The exchange that goes on; -1 before the first.
  private var current = -1
  /// How many of its lines were typed.
  private var typed = 0
  /// The block that goes on.
  private var block: Int?
  /// How many errors had been told when the block began.
  private var errorsBefore = 0

  init(_ blocks: [Transcript.Block], session: Session, recorder: TranscriptRecorder) {
    self.blocks = blocks
    self.session = session
    self.recorder = recorder
    exchanges = blocks.enumerated().flatMap { index, block in
      block.exchanges.map { (index, $0) }
    }
  }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    if !continuing, isTyped {
      session.settle()
      guard endExchange() else { return nil }
    }
    return isTyped ? nothingTyped() : nextTyped(continuing: continuing)
  }

  /// Whether every line of the exchange was typed.
  private var isTyped: Bool {
    current < 0 || typed == exchanges[current].exchange.typed.count
  }

  /// The command goes on, and nothing more of it is typed: that is told as at Ctrl-D, where a backslash is no error.
  private func nothingTyped() -> [UInt8]? {
    let exchange = exchanges[current].exchange
    guard exchange.typed.last?.hasSuffix("\\") == true else { return nil }
    recorder.note(
      .init(
        line: exchange.expectedLine,
        message: "the command goes on after a \\: its next line begins with the prompt '. '"))
    return []
  }

  private func nextTyped(continuing: Bool) -> [UInt8] {
    let exchange = exchanges[current].exchange
    defer { typed += 1 }
    if typed > 0, !continuing {
      recorder.note(
        .init(
          line: exchange.line + typed,
          message: "the command before is whole: this line must begin with the prompt '> '"))
    }
    return Array(exchange.typed[typed].utf8)
  }

  /// Keeps what has come, and goes on to the next exchange.
  ///
  /// - Returns: False if there is none.
  private func endExchange() -> Bool {
    if current >= 0 { recorder.endExchange() }
    let next = current + 1 < exchanges.count ? exchanges[current + 1] : nil
    if let block, next?.block != block { endBlock(block) }
    guard let next, recorder.begins(next.exchange.line) else { return false }
    (current, typed, block) = (current + 1, 0, next.block)
    return true
  }

  private func endBlock(_ index: Int) {
    block = nil
    let errors = shell?.errorCount ?? 0
    if blocks[index].has(.fails), errors == errorsBefore {
      recorder.note(
        .init(line: blocks[index].line, message: "no command of this block fails, as it says"))
    }
    errorsBefore = errors
    recorder.blockEnds()
  }

  /// The session has ended, maybe in the middle of a block.
  func sessionEnds() {
    if let block { endBlock(block) }
    recorder.sessionEnds()
  }
}
