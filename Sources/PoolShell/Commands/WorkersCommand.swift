import ConcurrentFutures

/// `workers`: the threads.
struct WorkersCommand: Command {
  static let declaration = Declaration(
    name: "workers", group: .pools, summary: "the names of all living threads",
    usage: "workers",
    operands: [],
    details: "Python: threading.enumerate(). Threads are started when they are needed, and reused.",
    example: .init(
      script: "submit print x\nwait\nworkers",
      output: "[1] print x\nx\ndone: 1\nnot done: none\nMainThread\nThreadPoolExecutor-0_0\n"))

  init(_ arguments: inout Arguments) throws {}

  func run(in context: Context) throws -> Outcome {
    let session = context.session
    let names = session.pools.all.flatMap { pool in
      session.clock.virtual?.livingWorkers(of: pool) ?? pool.executor.workerNames
    }
    return .answer(.workers(["MainThread"] + names))
  }
}
