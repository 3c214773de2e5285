/// `pools`: every pool of the session.
struct PoolsCommand: Command {
  static let declaration = Declaration(
    name: "pools", group: .pools, summary: "every pool: workers, idle ones, what is queued",
    usage: "pools",
    operands: [], details: "The current pool has a star.",
    example: .init(
      script: "pool new a -w 2\npools",
      output: "pool a: 2 workers\n* a: 2 workers, 0 started, 0 idle, 0 queued\n"))

  init(_ arguments: inout Arguments) throws {}

  func run(in context: Context) throws -> Outcome {
    let pools = context.session.pools.all
    return .answer(.pools(pools.map { PoolSummary($0, isCurrent: $0 === context.pool) }))
  }
}
