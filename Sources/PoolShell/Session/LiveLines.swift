import ChildProcess

/// What comes of a stream, cut behind whole lines.
struct LineGatherer {
  /// Longer lines are cut: memory must not grow with what is written.
  private static let longestLine = 1 << 20

  private var pending: [UInt8] = []

  /// - Returns: What is whole by now; empty if nothing is.
  mutating func take(_ chunk: some Collection<UInt8>) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var end = chunk.endIndex
    while end > chunk.startIndex {
      let before = chunk.index(end, offsetBy: -1)
      if chunk[before] == newline { break }
      end = before
    }
    if end == chunk.startIndex {
      pending += chunk
      return pending.count > Self.longestLine ? rest() : []
    }
    defer { pending = Array(chunk[end...]) }
    return pending + chunk[..<end]
  }

  /// What has come after the last whole line, which no more will.
  mutating func rest() -> [UInt8] {
    defer { pending = [] }
    return pending
  }
}

/// Lines of a job, each shown as soon as it is whole, behind the job's item.
///
/// Used by the thread that runs the task.
final class LiveLines {
  private let id: Int
  private let tag: String
  private let session: Session
  private var gatherers = [LineGatherer(), LineGatherer()]

  init(id: Int, tag: String, _ session: Session) {
    self.id = id
    self.tag = tag
    self.session = session
  }

  /// A program has written.
  func take(_ stream: ChildStream, _ chunk: UnsafeRawBufferPointer) {
    show(gatherers[stream.rawValue].take(chunk), stream)
  }

  /// A program has ended: what it has begun is a line, too.
  func endOfProgram() {
    for stream in ChildStream.allCases { show(gatherers[stream.rawValue].rest(), stream) }
  }

  /// What the task prints; what its programs have written was shown.
  func show(_ report: Report) {
    switch report {
    case .printed(let line): show(Array(line.utf8), .output)
    case .dropped: break
    default: session.show(report)
    }
  }

  /// What the task gives, if that is not what a program has written.
  func end(with value: Value) {
    switch value {
    case .nothing, .output: break
    case .bytes(let bytes): show(bytes, .output)
    default: show(Array(((try? value.text()) ?? "").utf8), .output)
    }
  }

  private func show(_ bytes: [UInt8], _ stream: ChildStream) {
    if bytes.isEmpty { return }
    session.show(.liveLines(LiveOutput(id: id, tag: tag, stream: stream, bytes: bytes)))
  }
}

/// Whole lines that a job has written.
package struct LiveOutput: Sendable {
  let id: Int
  let tag: String
  let stream: ChildStream
  let bytes: [UInt8]

  /// The lines without their newlines.
  var lines: [ArraySlice<UInt8>] {
    let newline = UInt8(ascii: "\n")
    let whole = bytes.last == newline ? bytes.dropLast() : bytes[...]
    return whole.split(separator: newline, omittingEmptySubsequences: false)
  }

  /// Each line behind the tag and a tab.
  var tagged: [UInt8] {
    let tag = Array(tag.replacing("\n", with: " ").utf8) + [UInt8(ascii: "\t")]
    return lines.reduce(into: []) { $0 += tag + $1 + [UInt8(ascii: "\n")] }
  }
}
