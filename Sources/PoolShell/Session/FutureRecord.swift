import ConcurrentFutures
import Synchronization

/// What the shell remembers of one future: its id, its command, its times, who has looked at it.
package final class FutureRecord: Sendable {
  /// The states that users see.
  package enum State: String, Sendable, CaseIterable {
    case pending, running, finished, failed, cancelled, skipped

    var isDone: Bool { self != .pending && self != .running }
  }

  let id: Int
  /// The command as it was written.
  let task: String
  /// What stood behind `:::` for this future.
  let item: String?
  let label: String?
  let pool: PoolRecord
  let future: Future<Value>
  let progress: Progress
  /// What it waits for and overtakes; `nil` is nothing.
  let schedule: Schedule?
  /// The groups that it belongs to beside its pool's: all futures, and the submissions of a task.
  private let all: FutureGroup
  private let submissions: FutureGroup?

  init(
    id: Int, task: String, item: String?, label: String?, pool: PoolRecord, future: Future<Value>,
    progress: Progress, all: FutureGroup, submissions: FutureGroup?, schedule: Schedule? = nil
  ) {
    self.id = id
    self.task = task
    self.item = item
    self.label = label
    self.pool = pool
    self.future = future
    self.progress = progress
    self.all = all
    self.submissions = submissions
    self.schedule = schedule
  }

  deinit { progress.origin.drop() }

  func forEachGroup(_ body: (FutureGroup) -> Void) {
    body(all)
    forEachNarrowGroup(body)
  }

  /// The groups but that of all futures.
  func forEachNarrowGroup(_ body: (FutureGroup) -> Void) {
    body(pool.group)
    if let submissions { body(submissions) }
  }

  /// Whether it is done.
  ///
  /// Whoever hears so must find it done in the next bare `wait` too, though the thread that ends the future
  /// may still be on its way to tell the `Backlog`: so it is noted by the first who asks.
  var isDone: Bool {
    guard future.isDone else { return false }
    note(progress.foundDone)
    return true
  }

  private func note(_ flag: borrowing Atomic<Bool>) {
    if flag.load(ordering: .relaxed) { return }
    flag.store(true, ordering: .sequentiallyConsistent)
    forEachGroup { $0.note(id) }
  }

  var state: State {
    // The end first: what is done stays as it is, so the looks after that agree.
    guard isDone else { return future.isRunning ? .running : .pending }
    if future.isCancelled { return .cancelled }
    guard let failure else { return .finished }
    return failure is Skip ? .skipped : .failed
  }

  /// The value or the error of a future that is done.
  var outcome: Outcome {
    if future.isCancelled { return .cancelled }
    do {
      let value = try future.result(timeout: .zero)
      // That of a stand-in: it has ended well, but its value is gone.
      if case .failure(let error) = value { return .failed(error) }
      return .finished(value)
    } catch let skip as Skip {
      return .skipped(skip.reason)
    } catch {
      return .failed(ShellError(wrapping: error))
    }
  }

  /// How a future ended.
  enum Outcome {
    case finished(Value)
    case failed(ShellError)
    case cancelled
    /// With the reason.
    case skipped(String)
  }

  private var failure: (any Error)? { try? future.exception(timeout: .zero) }

  /// Whether its outcome has been shown.
  var isSeen: Bool { progress.seen.load(ordering: .sequentiallyConsistent) != 0 }

  /// Who was the first to show it; `nil` if nobody has.
  var seenBy: Looker? { Looker(rawValue: progress.seen.load(ordering: .sequentiallyConsistent)) }

  func markSeen(by looker: Looker) {
    if progress.seen.load(ordering: .relaxed) != 0 { return }
    _ = progress.seen.compareExchange(
      expected: 0, desired: looker.rawValue, ordering: .sequentiallyConsistent)
    forEachGroup { $0.note(id) }
  }

  /// Whether a `wait` has listed it as done.
  var wasListed: Bool { progress.listed.load(ordering: .sequentiallyConsistent) }

  func markListed() { note(progress.listed) }

  /// The same without a note to its groups, which whoever marks many gives them all at once.
  ///
  /// - Returns: Whether it was not marked before.
  func becomesListed() -> Bool {
    if wasListed { return false }
    progress.listed.store(true, ordering: .sequentiallyConsistent)
    return true
  }
}

/// What a task writes down about itself while it runs; made before its future is.
final class Progress: Sendable {
  /// Who runs it, and since when.
  final class Start: Sendable {
    let worker: String
    let time: UInt64

    init(worker: String, time: UInt64) {
      self.worker = worker
      self.time = time
    }
  }

  /// Nanoseconds on the session's clock, as all moments here.
  let submitted: UInt64
  /// Set once, by `begin`.
  ///
  /// Not an `AtomicLazyReference`, which is not compiled for its type: 600 instructions a task.
  private let startReference = Atomic<Unmanaged<Start>?>(nil)
  /// 0 until the task has ended.
  private let ended = Atomic<UInt64>(0)
  /// The `Looker` who has shown it; 0 is nobody.
  fileprivate let seen = Atomic<UInt8>(0)
  fileprivate let listed = Atomic(false)
  fileprivate let foundDone = Atomic(false)
  /// Whether `Notices` waits for its end, and whether that was told or shown.
  fileprivate let followed = Atomic(false)
  fileprivate let told = Atomic(false)
  /// Whether the line that tells the future's id is written; the task waits for it.
  let announced = Atomic(false)
  var isAnnounced: Bool { announced.load(ordering: .acquiring) }
  /// Who wants to know of its end; mostly nobody.
  let watch: JobWatch?

  /// What it was submitted as.
  let origin = Origin()

  init(watch: JobWatch? = nil, at now: UInt64 = Deadline.now()) {
    self.watch = watch
    submitted = now
  }

  /// Set at most once, by `makeJob`.
  private let jobReference = Atomic<Unmanaged<Job>?>(nil)

  deinit {
    startReference.load(ordering: .acquiring)?.release()
    jobReference.load(ordering: .acquiring)?.release()
  }

  /// What only some tasks need; `nil` as long as nobody has needed it.
  var job: Job? { jobReference.load(ordering: .acquiring)?.takeUnretainedValue() }

  func makeJob() -> Job {
    if let job { return job }
    let new = Unmanaged.passRetained(Job())
    let (isFirst, there) = jobReference.compareExchange(
      expected: nil, desired: new, ordering: .acquiringAndReleasing)
    if isFirst { return new.takeUnretainedValue() }
    new.release()
    return (there ?? new).takeUnretainedValue()
  }

  var start: Start? { startReference.load(ordering: .acquiring)?.takeUnretainedValue() }

  func begin(worker: String, at now: UInt64 = Deadline.now()) {
    let start = Start(worker: worker, time: now)
    startReference.store(.passRetained(start), ordering: .releasing)
  }

  func end(at now: UInt64 = Deadline.now()) { ended.store(now, ordering: .releasing) }

  /// When the task ended, in nanoseconds; `nil` if it has not, or never began.
  var endTime: UInt64? {
    let time = ended.load(ordering: .acquiring)
    return time == 0 ? nil : time
  }

  /// Seconds from the submission to the start, or until now.
  func waited(at now: UInt64) -> Double { Self.seconds(from: submitted, to: start?.time ?? now) }

  /// Seconds from the start to the end, or until now; 0 before the start.
  func ran(at now: UInt64) -> Double {
    guard let start else { return 0 }
    return Self.seconds(from: start.time, to: endTime ?? now)
  }

  private static func seconds(from start: UInt64, to end: UInt64) -> Double {
    end > start ? Double(end - start) / 1_000_000_000 : 0
  }
}

extension Progress {
  /// What `Notices` writes down.
  enum Mark {
    /// Its end is waited for.
    case followed
    /// Its end was told, or shown by a command.
    case told
  }

  /// - Returns: False if it was so marked before.
  func becomes(_ mark: Mark) -> Bool {
    switch mark {
    case .followed: !followed.exchange(true, ordering: .acquiringAndReleasing)
    case .told: !told.exchange(true, ordering: .acquiringAndReleasing)
    }
  }
}
