import ChildProcess

/// Answers for programs: one object a line, the same facts as the text.
///
/// Names are stable, what has no value is left out, and what tasks produce is always a string.
struct JSONRenderer: Renderer {
  func write(_ report: Report, to writer: Output.Writer) throws {
    guard case .tagged(let tag, let report) = report else {
      return try write(report, tag: nil, to: writer)
    }
    // The answer is an object as always, with the tag in it.
    try writer.tagged(tag, errorsOnly: true) { try write(report, tag: tag, to: $0) }
  }

  private func write(_ report: Report, tag: String?, to writer: Output.Writer) throws {
    if case .dropped(let output) = report { return try writeDropped(output, tag: tag, to: writer) }
    report.standardError?.forEachChunk { writer.err($0) }
    for object in objects(report) { try writer.out(object.adding("tag", tag).text + "\n") }
  }

  func withBytes(of report: Report, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    switch report {
    case .submitted, .submittedAll, .printed:
      let bytes = objects(report).reduce(into: []) { $0 += ($1.text + "\n").utf8 }
      bytes.withUnsafeBytes(body)
      return true
    default: return false
    }
  }

  private func writeDropped(
    _ output: ProgramOutput, tag: String?, to writer: Output.Writer
  ) throws {
    output.standardError?.forEachChunk { writer.err($0) }
    guard !output.standardOutput.isEmpty else { return }
    let object = command("print").adding("value", text(.output(output)))
    try writer.out(object.adding("tag", tag).text + "\n")
  }

  private func objects(_ report: Report) -> [JSONObject] {
    switch report {
    case .submitted(let future): [object(future)]
    case .submittedAll(let futures): futures.map(object)
    case .mapped(let ids): [command("map").adding("ids", ids)]
    case .mapItem(let id, let index, let ending):
      [adding(ending, to: command("map").adding("id", id).adding("index", index))]
    case .waited(let done, let notDone):
      [command("wait").adding("done", done).adding("not_done", notDone)]
    case .completed(let id, let ending):
      [adding(ending, to: command("as_completed").adding("id", id))]
    case .result(let id, let value):
      [adding(.finished(value), to: command("result").adding("id", id))]
    case .won(let id, let value):
      [adding(.finished(value), to: command("race").adding("id", id))]
    case .paused(let name, let pool): [command(name).adding("pool", pool)]
    case .exception(let id, let message):
      [
        command("exception").adding("id", id).adding(
          "state", message == nil ? "finished" : "failed"
        )
        .adding("error", message)
      ]
    case .predicate(let name, let id, let answer):
      [command(name).adding("id", id).adding("value", "\(answer)")]
    case .state(let id, let state):
      [command("state").adding("id", id).adding("state", state.rawValue)]
    case .cancelled(let answers): answers.map(object)
    case .shutDown(let pool, let cancelled):
      [command("shutdown").adding("pool", pool).adding("cancelled", cancelled)]
    case .pool(let name, let pool):
      [command(name).adding("pool", pool.name).adding("workers", pool.workers)]
    default: pageObjects(report)
    }
  }

  private func object(_ future: SubmittedFuture) -> JSONObject {
    command("submit").adding("ids", [future.id]).adding("task", future.task)
  }

  private func pageObjects(_ report: Report) -> [JSONObject] {
    switch report {
    case .pools(let pools): [command("pools").adding("pools", pools.map(object))]
    case .workers(let names): [command("workers").adding("workers", names)]
    case .jobs(let jobs):
      [command("jobs").adding("futures", jobs.map { adding($0, to: JSONObject()) })]
    case .info(let details): [object(details)]
    case .printed(let line): [command("print").adding("value", line)]
    case .value(let name, let value): [command(name).adding("value", text(value))]
    case .settings(let settings):
      [settings.reduce(command("set")) { $0.adding($1.name, $1.value) }]
    case .history(let lines):
      lines.map { command("history").adding("number", $0.number).adding("line", $0.line) }
    case .page(let name, let text): [command(name).adding("text", text)]
    case .echo(let line): [command("echo").adding("line", line)]
    case .lesson(let report): objects(report)
    default: jobObjects(report) ?? []
    }
  }

  private func command(_ name: String) -> JSONObject { JSONObject().adding("command", name) }

  private func adding(_ ending: FutureEnding, to object: JSONObject) -> JSONObject {
    let object = object.adding("state", ending.state.rawValue)
    switch ending {
    case .finished(.nothing), .cancelled: return object
    case .finished(let value): return object.adding("value", text(value))
    case .failed(let error): return object.adding("error", error.message)
    case .skipped(let reason): return object.adding("error", reason)
    }
  }

  private func adding(_ job: JobSummary, to object: JSONObject) -> JSONObject {
    object.adding("id", job.id).adding("state", job.state.rawValue).adding("task", job.task)
      .adding("worker", job.worker).adding("waited", job.waited).adding("ran", job.ran)
  }

  private func object(_ details: JobDetails) -> JSONObject {
    var object = adding(details.job, to: command("info")).adding("pool", details.pool)
      .adding("label", details.label).adding("item", details.item)
      .adding("attempts", details.attempts.isEmpty ? nil : details.attempts.map(\.object))
      .adding("priority", details.priority)
    if !details.after.isEmpty { object = object.adding("after", details.after) }
    if !details.waitsFor.isEmpty { object = object.adding("waits_for", details.waitsFor) }
    switch details.ending {
    case .finished(let value) where !value.isEmpty: return object.adding("value", text(value))
    case .failed(let error): return object.adding("error", error.message)
    case .skipped(let reason): return object.adding("error", reason)
    default: return object
    }
  }

  private func object(_ answer: CancelAnswer) -> JSONObject {
    command("cancel").adding("id", answer.id).adding("value", "\(answer.isCancelled)")
      .adding("state", answer.state.rawValue).adding("worker", answer.worker)
  }

  private func object(_ pool: PoolSummary) -> JSONObject {
    JSONObject().adding("name", pool.name).adding("workers", pool.workers)
      .adding("started", pool.started).adding("idle", pool.idle).adding("queued", pool.queued)
      .adding("state", pool.stateName)
  }

  /// Bytes that are no UTF-8 become U+FFFD: JSON has no other way.
  ///
  /// They are saved exactly with `save`.
  private func text(_ value: Value) -> String {
    switch value {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .output(let output): String(decoding: output.standardOutput.bytes(), as: UTF8.self)
    default: (try? value.text()) ?? ""
    }
  }

  func text(of diagnostic: Diagnostic) -> StyledText {
    let kind = diagnostic.kind == .error ? "error" : "notice"
    var object = JSONObject().adding(kind, diagnostic.message).adding("hint", diagnostic.hint)
      .adding("id", diagnostic.id)
    if let ids = diagnostic.ids { object = object.adding("ids", ids) }
    if let place = diagnostic.place {
      object = object.adding("file", place.file).adding("line", place.line)
        .adding("column", place.column)
    }
    return StyledText(object.text + "\n")
  }
}

extension Report {
  /// What a program wrote to standard error, shown together with the answer about it.
  fileprivate var standardError: CapturedOutput? {
    switch self {
    case .result(_, .output(let output)), .won(_, .output(let output)),
      .value(_, .output(let output)),
      .mapItem(_, _, .finished(.output(let output))), .completed(_, .finished(.output(let output))):
      output.standardError
    case .mapItem(_, _, .failed(let error)), .completed(_, .failed(let error)): error.errorOutput
    default: nil
    }
  }
}
