import ConcurrentFutures
import Synchronization

/// `pause`: has a pool start nothing for a while.
struct PauseCommand: Command {
  static let declaration = Declaration(
    name: "pause", group: .pools, summary: "start no more of a pool's queued jobs until resume",
    usage: "pause [POOL]",
    operands: [.one(.poolMade)],
    details: """
      What runs goes on, and what is submitted is queued. Shutting the pool down, and so the end of the session,
      resumes it. Whoever waits for what it holds gets an error if nothing that runs could resume it.
      """,
    example: .init(
      script: "pause\nsubmit print later\nstate 1\nresume\nresult 1",
      output: "pool main: paused\n[1] print later\npending\npool main: resumed\nlater\n"))

  private let pool: PoolRecord

  init(_ arguments: inout Arguments) throws {
    pool = try arguments.pool()
  }

  func run(in context: Context) throws -> Outcome {
    context.session.mayBeHeldUp.store(true, ordering: .releasing)
    _ = try pool.jobs.pause()
    return .answer(.paused(command: "pause", pool: pool.name))
  }
}

/// `resume`: has a paused pool go on.
struct ResumeCommand: Command {
  static let declaration = Declaration(
    name: "resume", group: .pools, summary: "have a paused pool start its queued jobs again",
    usage: "resume [POOL]",
    operands: [.one(.poolMade)],
    details: "A pool that is not paused stays as it is.",
    example: .init(
      script: "pause\nsubmit print x\nresume\nwait",
      output: "pool main: paused\n[1] print x\npool main: resumed\nx\ndone: 1\nnot done: none\n"))

  private let pool: PoolRecord

  init(_ arguments: inout Arguments) throws {
    pool = try arguments.pool()
  }

  func run(in context: Context) throws -> Outcome {
    let answer = Report.paused(command: "resume", pool: pool.name)
    // Before anything that its jobs print.
    if context.isAnswering { context.session.show(answer) }
    pool.jobs.resume()
    context.session.breakDeadlocks()
    return Outcome(answer: nil, value: .text(answer.text))
  }
}
