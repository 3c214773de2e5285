extension Explanation {
  /// It in one or two sentences.
  var text: String { sentences.map { $0 + "." }.joined(separator: " ") }

  private var name: String { "[\(id)]" }

  private var sentences: [String] {
    switch state {
    case .pending: pending
    case .running: running
    case .finished: ended("finished")
    case .failed: wasKilled ? ended("was ended by kill") : ended("failed")
    case .cancelled:
      ["\(name) was cancelled before it began, so it never ran", looks("nobody has looked at it")]
    case .skipped:
      [
        "\(name) was skipped: it was to begin only after others had finished, and \(error ?? "")",
        looks("nobody has looked at it"),
      ]
    }
  }

  // MARK: Before it runs

  private var pending: [String] {
    switch hold {
    case .after: [after]
    case .paused: ["\(name) waits because pool \(pool) is paused; resume \(pool) lets it begin"]
    case .queued, nil: [queued, workersText]
    }
  }

  private var after: String {
    let others = DeadlockText.names(Array(waitsFor))
    let verb = waitsFor.count == 1 ? "is" : "are"
    let begins = "\(name) begins after \(others), which \(verb) not done"
    if needed.isEmpty { return begins }
    let which =
      needed != waitsFor
      ? DeadlockText.names(Array(needed)) + (needed.count == 1 ? " does" : " do")
      : needed.count == 1 ? "it does" : "one of them does"
    return "\(begins); if \(which) not finish, \(name) is skipped"
  }

  private var queued: String {
    let place =
      switch (ahead, beside) {
      case (0, 0): "is the next one in the queue of pool \(pool)"
      case (_, 0): "is in the queue of pool \(pool), behind \(Counted.text(ahead, "other"))"
      case (0, _): "is in the queue of pool \(pool), together with \(Counted.text(beside, "other"))"
      default:
        "is in the queue of pool \(pool), behind \(Counted.text(ahead, "other")) and together with "
          + "\(beside) more"
      }
    return "\(name) \(place)" + (priority == 0 ? "" : ", with priority \(priority)")
  }

  private var workersText: String {
    let owner = workers == 1 ? "the pool's only worker" : "the pool's \(workers) workers"
    if runningInPool.count + callbacks < workers { return "It begins as soon as a worker is ready" }
    let tasks = runningInPool.isEmpty ? [] : [DeadlockText.names(Array(runningInPool))]
    let others = callbacks == 0 ? [] : [callbacks == 1 ? "a callback" : "callbacks"]
    return "It waits because \(owner) \(verb) " + (tasks + others).joined(separator: " and ")
  }

  private var verb: String { workers == 1 ? "runs" : "run" }

  // MARK: While it runs

  private var running: [String] {
    guard let worker, let ran else { return ["\(name) is about to run in pool \(pool)"] }
    var first = "\(name) has been running on \(worker) for \(Durations.text(seconds: ran))"
    if attempts.count > 1 { first += ", \(attemptsText)" }
    if !waitsFor.isEmpty {
      first += ", and waits for \(DeadlockText.names(Array(waitsFor)))"
    } else if let gate {
      first += ", and waits at gate \(gate)"
    }
    return [first, "cancel cannot take back what has begun; kill \(id) ends it"]
  }

  /// The last one goes on, or has ended the job.
  private var attemptsText: String {
    let failed = attempts.dropLast().last?.error ?? ""
    return "in attempt \(attempts.count) (the one before failed: \(failed))"
  }

  // MARK: After it has run

  private func ended(_ how: String) -> [String] {
    if isForgotten {
      return ["\(name) finished, and map has shown it; no more of it is kept"]
    }
    guard let worker, let waited, let ran else {
      let reason = isPoolBroken ? ", because the initializer of pool \(pool) has failed" : ""
      return ["\(name) failed without having run\(reason)", errorLook]
    }
    let times =
      "after \(Durations.text(seconds: waited)) in the queue and "
      + "\(Durations.text(seconds: ran)) on \(worker)"
    let again = attempts.count > 1 ? ", \(attemptsText)" : ""
    return [
      "\(name) \(how) \(times)\(again), so it can no longer be cancelled",
      state == .finished
        ? looks("nobody has looked at its value; result \(id) shows it") : errorLook,
    ]
  }

  private var errorLook: String {
    let unseen = "nobody has looked at its error; exception \(id) shows it"
    guard let error else { return looks(unseen) }
    return looks(unseen) + ": " + error.prefix { !$0.isNewline }
  }

  private func looks(_ otherwise: String) -> String {
    if let seenBy { return seenBy.sentence }
    return otherwise.prefix(1).uppercased() + otherwise.dropFirst()
  }
}

extension Explanation {
  /// Why it is pending, as a word.
  private var holdName: String? { hold.map { "\($0)" } }

  var object: JSONObject {
    var object = JSONObject().adding("command", "explain").adding("id", id)
      .adding("state", state.rawValue).adding("text", text).adding("pool", pool)
      .adding("reason", holdName)
    if hold == .queued || hold == .paused {
      object = object.adding("ahead", ahead).adding("running", runningInPool)
    }
    if !waitsFor.isEmpty { object = object.adding("waits_for", waitsFor) }
    return object.adding("gate", gate).adding("worker", worker).adding("waited", waited)
      .adding("ran", ran).adding("attempts", attempts.isEmpty ? nil : attempts.map(\.object))
      .adding("error", error).adding("seen_by", seenBy?.command)
  }
}

extension JSONRenderer {
  /// The objects of `explain`; `nil` if it is another report.
  func explainObjects(_ report: Report) -> [JSONObject]? {
    if case .explained(let explanations) = report { explanations.map(\.object) } else { nil }
  }
}
