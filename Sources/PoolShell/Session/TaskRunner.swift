import ConcurrentFutures
import Synchronization

/// A command to be run on a worker, with everything that it needs.
struct TaskCommand: Sendable {
  /// The command with its items in the place of its placeholders.
  var node: CommandNode
  var unit: SourceUnit
  /// What users see as the task.
  var text: String
  /// What stood behind `:::`; empty without.
  var items: [String] = []
  /// The number of the job, from 1.
  var number = 1
  /// Whether a block reads the items one by one, too: `$item1`, `$item2`.
  var numbersItems = false

  /// The item as text: several joined by spaces.
  var item: String? { items.isEmpty ? nil : items.joined(separator: " ") }
}

/// How a task is submitted.
struct Submission {
  var pool: PoolRecord
  var label: String?
  /// The longest that the job may take once it runs.
  var limit: Duration?
  /// Takes what the task prints; `nil` writes it at once.
  var collector: Collector?
  /// What only some jobs have; `nil` if this one has nothing of it.
  var options: JobOptions?
  /// Told of the job's attempts and its end, if somebody wants to know.
  var watch: JobWatch?
  /// What it waits for and overtakes; `nil` is nothing.
  var schedule: Schedule?
}

extension Context {
  /// Submits one task.
  ///
  /// Its line is still to be written; until `announce` the task does not begin.
  ///
  /// - Parameters:
  ///   - task: What is to be run.
  ///   - submission: Where and how.
  ///   - scope: The variables that it sees; `nil` is those of now.
  /// - Returns: What is remembered of it.
  /// - Throws: What the pool says if it accepts nothing; what waiting for room throws.
  func submit(
    _ task: consuming TaskCommand, _ submission: Submission, in scope: Scope? = nil
  ) throws -> FutureRecord {
    let place = try takePlace(in: submission.pool)
    let progress = Progress(watch: submission.watch, at: session.clock.now)
    let id = session.futures.reserve()
    let (text, item) = (task.text, task.item)
    let runner = TaskRunner(
      session: session, task: consume task, submission: submission, scope: scope ?? self.scope,
      id: id,
      progress: progress, place: place
    )
    let future: Future<Value>
    do {
      future = try submission.accept(runner)
    } catch {
      place?.leave()
      session.futures.giveBack(id)
      throw error
    }
    progress.origin.keep(runner)
    let record = FutureRecord(
      id: id, task: text, item: item, label: submission.label, pool: submission.pool,
      future: future, progress: progress, all: session.futures.group,
      submissions: isSession ? nil : submissions, schedule: submission.schedule)
    session.futures.insert(record)
    session.clock.virtual?.follow(future, id: id)
    if let place { future.addDoneCallback { _ in place.leave() } }
    submission.begin(record, in: session)
    if let watch = progress.watch { future.addDoneCallback { _ in watch.letGo() } }
    if submission.collector == nil { session.notices.follow(record, in: session) }
    return record
  }
}

/// Runs one task on its worker.
///
/// A class, so that the pool's closure only holds a reference: copying the fields into a closure and destroying them
/// there took 800 instructions a task.
final class TaskRunner: Sendable {
  let session: Session
  let task: TaskCommand
  let pool: PoolRecord
  let limit: Duration?
  let collector: Collector?
  let options: JobOptions?
  let place: QueuePlace?
  let scope: Scope
  let id: Int
  let progress: Progress

  init(
    session: Session, task: consuming TaskCommand, submission: Submission, scope: consuming Scope,
    id: Int, progress: Progress, place: QueuePlace? = nil
  ) {
    self.session = session
    self.task = task
    pool = submission.pool
    limit = submission.limit
    collector = submission.collector
    options = submission.options
    self.place = place
    self.scope = scope
    self.id = id
    self.progress = progress
  }

  func run() throws -> Value {
    let turn = session.clock.virtual?.begin(.task, id: id) { [progress] in !progress.isAnnounced }
    defer { turn?.end() }
    session.waitUntilAnnounced(progress)
    place?.leave()
    progress.begin(worker: session.workerName, at: session.clock.now)
    defer { progress.end(at: session.clock.now) }
    let activity = session.activity.begin(in: pool, future: id)
    defer { session.activity.end(activity) }
    do {
      let value = try unlessKilled {
        if let options, options.retries > 0 {
          try runAttempts(options, activity)
        } else {
          try runOnce(activity)
        }
      }
      progress.origin.drop()
      progress.watch?.end(isFailure: false)
      return value
    } catch {
      var error = ShellError(wrapping: error)
      progress.watch?.end(isFailure: true)
      session.futures.noteFailure(of: id)
      error.place = nil  // a future's failure is a message; where it is read is a place of its own
      throw error
    }
  }

  func runOnce(_ activity: Activity.Token) throws -> Value {
    let context = makeContext()
    context.activity = activity
    guard let watch = progress.watch else { return try runOnce(in: context) }
    return try watch.attempting(context.limit) {
      let value = try runOnce(in: context)
      // From here on nobody can kill it: what the joblog says is what has become of it.
      if let error = progress.makeJob().end() { throw error }
      return value
    }
  }

  private func runOnce(in context: Context) throws -> Value {
    let value = try context.returning { try context.run(task.node) }
    context.live?.end(with: value)
    return value
  }

  /// Whoever was killed has failed, whatever it has come to.
  private func unlessKilled(_ body: () throws -> Value) throws -> Value {
    let result = Result { try body() }
    if let error = progress.job?.end() { throw error }
    return try result.get()
  }

  private func makeContext() -> Context {
    var scope = scope
    for (name, value) in pool.workerVariables[session.workerName] { scope.set(name, value) }
    if let item = task.item { scope.set("item", .text(item)) }
    if task.numbersItems {
      for (index, item) in task.items.enumerated() { scope.set("item\(index + 1)", .text(item)) }
    }
    let context = Context(
      session: session, role: .task, scope: scope, unit: task.unit, pool: pool)
    context.limit = limit.map {
      JobLimit(deadline: session.clock.deadline(after: $0), duration: $0)
    }
    context.collector = collector
    context.progress = progress
    context.draws = Draws(.task, number: id)
    if let options {
      context.draws.attempt = progress.job?.attempts.count ?? 0
      context.options = options
      if options.isLive { context.live = LiveLines(id: id, tag: task.item ?? "", session) }
    }
    return context
  }
}

/// What callbacks and initializers have in common: a block with a scope of its own, run on any thread.
struct Hook: Sendable {
  let session: Session
  let block: Block
  let unit: SourceUnit
  let scope: Scope

  init(_ block: Block, in context: Context) {
    session = context.session
    self.block = block
    unit = context.unit
    scope = context.scope
  }

  /// Runs the block.
  ///
  /// - Parameters:
  ///   - role: Whose commands these are.
  ///   - pool: The one that they belong to.
  ///   - id: Of the future whose end they follow; 0 is none.
  ///   - variables: What they see beside their scope.
  ///   - keep: Given the variables that it has left in its innermost frame; in virtual time before anybody else moves.
  /// - Throws: Its failure.
  func run(
    _ role: Context.Role, pool: PoolRecord?, id: Int = 0, variables: [String: Value] = [:],
    keep: ([String: Value]) -> Void = { _ in }
  ) throws {
    let turn = session.clock.virtual?.begin(
      role == .initializer ? .initializer : .callback, id: id)
    do {
      keep(try runInTurn(role, pool: pool, id: id, variables: variables))
      turn?.end()
    } catch {
      turn?.end(hasFailed: true)
      throw error
    }
  }

  private func runInTurn(
    _ role: Context.Role, pool: PoolRecord?, id: Int, variables: [String: Value]
  ) throws -> [String: Value] {
    // A signal ends the process, and cancels on its way: callbacks would run on the thread that does.
    if session.isAborting.isSet { throw ShellError("the session is ending") }
    var scope = scope
    if role == .initializer { scope.push([:]) }
    for (name, value) in variables { scope.set(name, value) }
    let context = Context(session: session, role: role, scope: scope, unit: unit, pool: pool)
    context.draws = Draws(role, number: id, worker: session.workerName)
    if let pool, !context.isOnSessionThread {
      context.activity = session.activity.begin(
        in: context.home ?? pool, isInitializer: role == .initializer)
    }
    defer { context.activity.map(session.activity.end) }
    let value = try context.returning { try context.run(block) }
    context.drop(value)
    return context.scope.innermost
  }
}
