import ConcurrentFutures

/// What may keep a map from running each of its jobs at once: its record, its halt, and its pace.
///
/// Used by the thread of the map.
final class MapControl {
  let record: JobRecord?
  let halt: Halt?
  let pace: MapPace?
  private let session: Session
  /// The jobs that the halt has ended, and how many it has kept from beginning.
  private(set) var terminated = IDSet()
  private(set) var notStarted = 0

  /// Takes the options; last, because a joblog is made if there is none.
  ///
  /// - Returns: `nil` if none of them is there.
  static func take(_ arguments: Arguments) throws -> MapControl? {
    guard arguments.hasOptions else { return nil }
    let policy = try haltPolicy(arguments)
    let gate = try StartGate.take(arguments)
    let record = try JobRecord.take(arguments)
    if policy == nil, gate == nil, record == nil { return nil }
    return MapControl(record, policy, gate, arguments.context.session)
  }

  private static func haltPolicy(_ arguments: Arguments) throws -> HaltPolicy? {
    guard let text = try arguments.text(of: "--halt") else { return nil }
    do {
      let policy = try HaltPolicy.parse(text)
      if case .percent? = policy?.limit, arguments.has("--buffersize") {
        throw arguments.error(
          "--halt with % must know how many jobs there are: without --buffersize")
      }
      return policy
    } catch let fault as HaltPolicy.Fault {
      throw arguments.error("--halt \(fault.message)", hint: "such as now,fail=1 or soon,done=10%")
    }
  }

  private init(
    _ record: JobRecord?, _ policy: HaltPolicy?, _ gate: StartGate?, _ session: Session
  ) {
    self.record = record
    self.session = session
    halt = policy.map { Halt($0, in: session) }
    pace = gate.map(MapPace.init)
  }

  // MARK: Jobs

  var hasHalted: Bool { halt?.hasHalted == true }

  func skips(_ task: TaskCommand) -> Bool { record?.skips(task) == true }

  func tellSkipped() { record?.tellSkipped(by: "map", in: session) }

  /// Who is told of a job's end.
  func watch(_ task: TaskCommand) -> JobWatch? {
    guard record != nil || halt != nil else { return nil }
    return JobWatch(task, log: record?.log, halt: halt, in: session)
  }

  /// A job was submitted; before it may begin.
  func add(_ job: FutureRecord, number: Int) {
    halt?.add(job, number: number)
    pace?.add(job, at: session.clock.now)
  }

  /// Whether there is nothing to show of a job, because the halt has ended it.
  func passesOver(_ job: FutureRecord) -> Bool {
    switch halt?.fate(of: job) {
    case .notStarted: notStarted += 1
    case .terminated: terminated.insert(job.id)
    case nil: return false
    }
    job.markSeen(by: .halt)
    return true
  }
}

// MARK: - The end of a map that has halted

extension MapControl {
  /// - Throws: What the end of the map is, if it is a failure.
  func finish(_ run: MapRun) throws {
    guard let policy = halt?.policy, policy.hasHalted else {
      return try run.shown.finish(of: run.submitted)
    }
    let rest = leftOut(isAtEnd: run.isAtEnd)
    if policy.why != .success, !run.shown.failed.isEmpty {
      let failures = run.shown.failures(of: run.submitted)
      throw ShellError(
        "halted by \(policy.text): \(failures)\(rest)", hint: run.shown.firstError)
    }
    let word = policy.why == .success ? "succeeded" : "done"
    let count = "\(policy.counted) of \(run.submitted) items \(word)"
    session.complain(.notice("map: halted by \(policy.text): \(count)\(rest)"))
  }

  /// What was ended, and what was not begun.
  private func leftOut(isAtEnd: Bool) -> String {
    var text = terminated.isEmpty ? "" : "; terminated: \(IdList.text(terminated))"
    if !isAtEnd {
      text += "; the rest not started"
    } else if notStarted > 0 {
      text += "; \(notStarted) not started"
    }
    return text
  }
}
