import ChildProcess

/// What the programs of a job have written, in the order in which they ran.
///
/// A value: what was written up to a moment stays that. The bytes themselves are where they were captured.
package struct JobOutput: Sendable {
  /// The output of one program.
  private enum Source {
    case running(ChildProcess)
    case ended(CapturedOutput, CapturedOutput)

    func bytes(_ stream: ChildStream, from position: Int, atMost most: Int) -> [UInt8] {
      switch self {
      case .running(let child): child.output(stream, from: position, atMost: most)
      case .ended(let output, let errorOutput):
        (stream == .output ? output : errorOutput).bytes(from: position, atMost: most)
      }
    }

    func count(_ stream: ChildStream) -> Int {
      switch self {
      case .running(let child): child.outputCount(stream)
      case .ended(let output, let errorOutput):
        (stream == .output ? output : errorOutput).count
      }
    }
  }

  /// A place in all that a job writes.
  struct Position: Sendable {
    fileprivate var program = 0
    fileprivate var counts = [0, 0]
  }

  /// So many programs: a task may run them for days.
  static let mostPrograms = 100

  private var sources: [Source] = []
  /// How many were there before the first that is kept.
  private var dropped = 0

  /// Whether no program has run.
  var isEmpty: Bool { sources.isEmpty }

  mutating func begin(_ child: ChildProcess) {
    if sources.count == Self.mostPrograms {
      sources.removeFirst()
      dropped += 1
    }
    sources.append(.running(child))
  }

  /// The last one that has begun has ended.
  mutating func end(_ outcome: ChildOutcome) {
    sources[sources.count - 1] = .ended(outcome.output, outcome.errorOutput)
  }

  /// What comes after a position, a part at a time.
  ///
  /// - Parameter position: Moved behind what is returned.
  /// - Returns: `nil` if nothing more is there now.
  func next(after position: inout Position) -> (stream: ChildStream, bytes: [UInt8])? {
    if position.program < dropped { position = Position(program: dropped) }
    while position.program - dropped < sources.count {
      let index = position.program - dropped
      for stream in ChildStream.allCases {
        let count = position.counts[stream.rawValue]
        let bytes = sources[index].bytes(stream, from: count, atMost: 65536)
        guard bytes.isEmpty else {
          position.counts[stream.rawValue] += bytes.count
          return (stream, bytes)
        }
      }
      // The last one may still write.
      if index == sources.count - 1 { return nil }
      position = Position(program: position.program + 1)
    }
    return nil
  }

  /// Passes on what was written to one stream, as far as it is there at this moment.
  func forEachChunk(_ stream: ChildStream, _ body: (UnsafeRawBufferPointer) throws -> Void) rethrows
  {
    for source in sources {
      let count = source.count(stream)
      var position = 0
      while position < count {
        let bytes = source.bytes(stream, from: position, atMost: min(65536, count - position))
        if bytes.isEmpty { break }
        try bytes.withUnsafeBytes(body)
        position += bytes.count
      }
    }
  }

  /// All of one stream, in memory.
  func bytes(_ stream: ChildStream) -> [UInt8] {
    var bytes: [UInt8] = []
    forEachChunk(stream) { bytes.append(contentsOf: $0) }
    return bytes
  }
}
