import ChildProcess

/// What is said of the programs of jobs: `kill`, `log`, `follow`, `--live`, and the attempts in `info`.

/// What `kill` says of one future.
package struct KillAnswer: Sendable {
  let id: Int
  let isKilled: Bool
  let state: FutureRecord.State

  /// Why it was not; `nil` if it was.
  var reason: String? {
    if isKilled { return nil }
    switch state {
    case .pending: return "pending (cancel takes it back)"
    case .running: return "busy, it ends after its command"
    default: return "already \(state.rawValue)"
    }
  }
}

extension TextRenderer {
  func killText(_ answer: KillAnswer) -> StyledText {
    guard let reason = answer.reason else { return "\(.id(answer.id)) \("killed", .error)\n" }
    return "\(.id(answer.id)) not killed: \(reason)\n"
  }

  func write(_ output: JobOutput, to writer: Output.Writer) throws {
    output.forEachChunk(.error) { writer.err($0) }
    try output.forEachChunk(.output) { try writer.out($0) }
  }

  func write(_ bytes: [UInt8], of stream: ChildStream, to writer: Output.Writer) throws {
    try bytes.withUnsafeBytes { bytes in
      switch stream {
      case .output: try writer.out(bytes)
      case .error: writer.err(bytes)
      }
    }
  }
}

extension Attempt {
  /// Such as `failed after 0.2s: sh: exit status 1`.
  var text: String {
    let time = Durations.text(seconds: ran)
    if end == nil { return "running for \(time)" }
    return error.map { "failed after \(time): \($0)" } ?? "finished after \(time)"
  }

  var object: JSONObject {
    var object = JSONObject()
      .adding("state", end == nil ? "running" : error == nil ? "finished" : "failed")
      .adding("ran", ran)
    switch status {
    case .exited(let number): object = object.adding("exit_status", Int(number))
    case .signalled: object = object.adding("signal", status?.shortText)
    case nil: break
    }
    return object.adding("bytes", bytesWritten).adding("error", error)
  }
}

extension FutureEnding {
  /// What is left to say of an item whose lines were shown as they came.
  var afterLive: FutureEnding {
    switch self {
    case .finished: return .finished(.nothing)
    case .failed(var error):
      error.errorOutput = nil
      return .failed(error)
    case .cancelled, .skipped: return self
    }
  }
}

extension ChildStream {
  /// Its name in objects.
  var name: String { self == .output ? "stdout" : "stderr" }
}

extension JSONRenderer {
  /// The objects of such a report; `nil` if it is another.
  func jobObjects(_ report: Report) -> [JSONObject]? {
    switch report {
    case .killed(let answers):
      answers.map {
        JSONObject().adding("command", "kill").adding("id", $0.id).adding("value", "\($0.isKilled)")
          .adding("state", $0.state.rawValue)
      }
    case .log(let id, let output):
      [
        JSONObject().adding("command", "log").adding("id", id)
          .adding("stdout", text(output.bytes(.output)))
          .adding("stderr", text(output.bytes(.error)))
      ]
    case .followed(let id, let stream, let bytes):
      [
        JSONObject().adding("command", "follow").adding("id", id).adding("stream", stream.name)
          .adding("value", text(bytes))
      ]
    case .liveLines(let output):
      output.lines.map {
        JSONObject().adding("command", "map").adding("id", output.id).adding("item", output.tag)
          .adding("stream", output.stream.name).adding("line", text($0))
      }
    default: explainObjects(report)
    }
  }

  private func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
