/// Reads both output streams of a child until both have ended.
///
/// Used by one thread.
struct OutputCollector {
  /// The read end of a pipe, until its end was seen or it was given up, and what came out of it.
  private struct Stream {
    var source: FileDescriptor?
    let buffer: OutputBuffer
  }

  private var streams: [Stream]

  /// - Parameters:
  ///   - sources: The read ends for standard output and standard error; none if not captured.
  ///   - file: Where large outputs go.
  init(_ sources: consuming [FileDescriptor], spillingTo file: SpillFile) {
    streams = sources.map { Stream(source: $0, buffer: OutputBuffer(spillingTo: file)) }
  }

  /// What to wait for, in the order of `take`.
  var sources: [FileDescriptor?] { streams.map(\.source) }

  /// Whether nothing more is to be read.
  var hasEnded: Bool { streams.allSatisfy { $0.source == nil } }

  /// Why some of the output could not be kept; `nil` if all was.
  var failure: SystemError? { streams.lazy.compactMap(\.buffer.failure).first }

  /// Reads once from each stream that is ready.
  mutating func take(_ readiness: some Sequence<Readiness>) {
    for (index, readiness) in readiness.enumerated() where readiness != .notReady {
      guard let source = streams[index].source else { continue }
      let hasMore = readiness == .readable && streams[index].buffer.read(from: source)
      if !hasMore { streams[index].source = nil }
    }
  }

  /// Closes the pipes, whatever may still come.
  mutating func abandon() {
    for index in streams.indices { streams[index].source = nil }
  }

  /// What was read from each stream.
  ///
  /// To be called once, at the end.
  func finish() -> (output: CapturedOutput, errorOutput: CapturedOutput) {
    guard streams.count == 2 else { return (CapturedOutput([]), CapturedOutput([])) }
    return (streams[0].buffer.finish(), streams[1].buffer.finish())
  }
}
