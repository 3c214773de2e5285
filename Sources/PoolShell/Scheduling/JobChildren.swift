import ChildProcess
import ConcurrentFutures

/// The programs that jobs run, by the id of the job's future.
final class JobChildren: Sendable {
  private let children = Monitor<[Int: [ObjectIdentifier: ChildProcess]]>([:])

  /// Runs a child, and knows of it meanwhile.
  ///
  /// - Parameters:
  ///   - command: What to run.
  ///   - job: The future whose task runs it; `nil` if it is none.
  ///   - running: Where all children are.
  /// - Returns: How it ended.
  /// - Throws: As `RunningChildren.run`.
  func run(
    _ command: ChildCommand, of job: Int?, in running: RunningChildren
  ) throws -> ChildOutcome {
    var started: ChildProcess?
    defer { if let started { remove(started, of: job) } }
    return try running.run(
      command, endedBy: nil,
      attend: { child in
        started = child
        add(child, of: job)
      })
  }

  private func add(_ child: ChildProcess, of job: Int?) {
    guard let job else { return }
    children.withLock { $0[job, default: [:]][ObjectIdentifier(child)] = child }
  }

  private func remove(_ child: ChildProcess, of job: Int?) {
    guard let job else { return }
    children.withLock { children in
      children[job]?[ObjectIdentifier(child)] = nil
      if children[job]?.isEmpty == true { children[job] = nil }
    }
  }

  func children(of job: Int) -> [ChildProcess] {
    children.withLock { $0[job].map { Array($0.values) } ?? [] }
  }
}

extension Session {
  /// Ends the programs that running jobs have started.
  ///
  /// Their futures fail for that; a job that runs no program goes on.
  func endRunning(_ records: [FutureRecord]) {
    for record in records {
      for child in jobChildren.children(of: record.id) { child.terminate() }
    }
  }
}
