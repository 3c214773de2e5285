import ConcurrentFutures
import Synchronization

/// Tells who sits at the prompt which futures have ended: each once, and none that was shown to be done anyway.
///
/// What ends while the prompt is up is told at once, from a thread of its own; what ends during a command, before the
/// next prompt. Where nobody is prompted (a script that says `set notify on`) everything is told at once.
///
/// Futures are followed by a callback, and only while notices are on.
final class Notices: Sendable {
  private struct State {
    /// Ended and not told, in order of their end.
    var ended: [FutureRecord] = []
    var isWaitingForPrompt = false
    /// Whether the thread that tells is under way.
    var isTelling = false
  }

  private let state = Monitor(State())
  private let isSwitchedOn = Atomic(false)
  /// Has no thread until something is to be told.
  private let teller = try? ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "notices")

  /// What ends together is told together: so long after the first one.
  private static let gathering = Duration.milliseconds(30)
  /// And then not again before this is over.
  private static let pause = Duration.milliseconds(170)

  /// Whether futures are followed: asked for each submit, without the lock.
  var isOn: Bool { isSwitchedOn.load(ordering: .relaxed) }

  /// Switches notices on or off, for futures that are not done yet too.
  func set(on isOn: Bool, in session: Session) {
    isSwitchedOn.store(isOn, ordering: .relaxed)
    guard isOn else { return state.withLock { $0.ended = [] } }
    for record in session.futures.all where !record.future.isDone { follow(record, in: session) }
  }

  /// Has the end of a future told.
  func follow(_ record: FutureRecord, in session: Session) {
    guard isOn, record.progress.becomes(.followed) else { return }
    record.future.addDoneCallback { [weak session] _ in
      if let session { self.ended(record, in: session) }
    }
  }

  private func ended(_ record: FutureRecord, in session: Session) {
    guard isOn, !record.future.isCancelled else { return }
    let isToBegin = state.withLock { state in
      state.ended.append(record)
      return Self.begins(&state)
    }
    if isToBegin { tellSoon(in: session) }
  }

  // MARK: The prompt

  /// A prompt is about to be shown: tells what has ended before.
  func promptIsUp(in session: Session) {
    guard isOn else { return }
    tell(state.withLock { Self.take(&$0) }, in: session)
    let isToBegin = state.withLock { state in
      state.isWaitingForPrompt = false
      return Self.begins(&state)
    }
    if isToBegin { tellSoon(in: session) }
  }

  /// A command runs: what ends is told after it.
  func commandBegins() { state.withLock { $0.isWaitingForPrompt = true } }

  // MARK: Telling

  private static func begins(_ state: inout State) -> Bool {
    guard !state.isTelling, !state.isWaitingForPrompt, !state.ended.isEmpty else { return false }
    state.isTelling = true
    return true
  }

  private static func take(_ state: inout State) -> [FutureRecord] {
    defer { state.ended = [] }
    return state.ended
  }

  private func tellSoon(in session: Session) {
    if session.clock.isVirtual {
      while tellNext(in: session) {}
      return
    }
    let isUnderWay = try? teller?.submit { [weak session] in
      HostProcess.pause(Self.gathering)
      while let session, self.tellNext(in: session) { HostProcess.pause(Self.pause) }
    }
    if isUnderWay == nil { while tellNext(in: session) {} }  // no thread to be had
  }

  /// Tells what has ended, if somebody is to be told now.
  ///
  /// - Returns: False if there is nothing; then the thread is no longer under way.
  private func tellNext(in session: Session) -> Bool {
    let records = state.withLock { state in
      let records = state.isWaitingForPrompt ? [] : Self.take(&state)
      state.isTelling = !records.isEmpty
      return records
    }
    tell(records, in: session)
    return !records.isEmpty
  }

  /// Tells what is left, at the end of a script.
  func tellRest(in session: Session) {
    guard isOn else { return }
    tell(state.withLock { Self.take(&$0) }, in: session)
  }

  private func tell(_ records: [FutureRecord], in session: Session) {
    let untold = records.filter { !$0.isSeen && $0.progress.becomes(.told) }
    guard !untold.isEmpty else { return }
    session.complain(NoticeLines.lines(untold.map(NoticeLines.End.init)))
  }

  // MARK: What is no news

  /// A command has shown that futures are done.
  func wasShown(_ report: Report, in session: Session) {
    switch report {
    case .jobs(let jobs): for job in jobs { wasShown(job.id, job.state, in: session) }
    case .state(let id, let state): wasShown(id, state, in: session)
    case .explained(let futures): for one in futures { wasShown(one.id, one.state, in: session) }
    case .cancelled(let answers): for one in answers { wasShown(one.id, one.state, in: session) }
    case .killed(let answers): for one in answers { wasShown(one.id, one.state, in: session) }
    case .predicate(let command, let id, true) where command != "running":
      wasShown(id, .finished, in: session)
    case .waited(let done, _): wasListed(done, in: session)
    default: break
    }
  }

  private func wasShown(_ id: Int, _ state: FutureRecord.State, in session: Session) {
    if state.isDone, let record = session.futures[id] { _ = record.progress.becomes(.told) }
  }

  /// The line of `wait` does not say which of them have failed.
  private func wasListed(_ ids: IDSet, in session: Session) {
    session.futures.forEach(ids) { record in
      if record.state == .finished { _ = record.progress.becomes(.told) }
    }
  }
}
