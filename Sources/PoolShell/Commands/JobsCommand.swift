/// `jobs`: futures as a table.
struct JobsCommand: Command {
  static let declaration = Declaration(
    name: "jobs", group: .waiting, summary: "a table of futures: state, worker, times, task",
    usage: "jobs [SEL…]",
    operands: [.many(.selector(.any))],
    details:
      "waited is the time in the queue, ran the time on the worker. Without SEL: all futures.",
    example: .init(
      script: "submit print x\nwait\njobs",
      output: """
        [1] print x
        x
        done: 1
        not done: none
        id  state     worker                  waited    ran  task
         1  finished  ThreadPoolExecutor-0_0   [..]s  [..]s  print x

        """))

  private let records: [FutureRecord]

  init(_ arguments: inout Arguments) throws {
    records = try arguments.selection() ?? arguments.context.session.futures.everyOne
  }

  func run(in context: Context) throws -> Outcome {
    let now = context.session.clock.now
    return .answer(.jobs(records.map { JobSummary($0, at: now) }))
  }
}
