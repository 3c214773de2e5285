/// Which of a child's two output streams.
package enum ChildStream: Int, Sendable, CaseIterable {
  case output, error
}

/// Reads both output streams of a child until both have ended.
///
/// Used by one thread.
struct OutputCollector {
  typealias Tap = (ChildStream, UnsafeRawBufferPointer) -> Void

  /// The read end of a pipe, until its end was seen or it was given up, and what came out of it.
  private struct Stream {
    var source: FileDescriptor?
    let buffer: OutputBuffer
  }

  private var streams: [Stream]
  private let tap: Tap?

  /// - Parameters:
  ///   - sources: The read ends for standard output and standard error; none if not captured.
  ///   - buffers: As many, for what comes out of them.
  ///   - tap: Given whatever has come.
  init(_ sources: consuming [FileDescriptor], into buffers: [OutputBuffer], tap: Tap? = nil) {
    streams = zip(sources, buffers).map { Stream(source: $0, buffer: $1) }
    self.tap = tap
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
      let chunk = readiness == .readable ? streams[index].buffer.read(from: source) : nil
      guard let chunk else {
        streams[index].source = nil
        continue
      }
      if let tap { tap(index == 0 ? .output : .error, chunk) }
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
