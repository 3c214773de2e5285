/// `with pool … { … }`: a pool for a block.
struct WithCommand: Command {
  static let declaration = Declaration(
    name: "with", group: .pools, summary: "run a block with a pool of its own",
    usage: "with pool [NAME] [-w N] [--thread-name-prefix P] [--initializer { … }] "
      + "[--queue-limit N] [--when-full block|fail] { … }",
    operands: [.one(.keyword("pool", "a pool for a block")), .many(.block(.plain))],
    options: Declaration.Option.pool, optionsAfter: "pool",
    details: """
      Python: with ThreadPoolExecutor(…) as pool. At the end of the block the pool is shut down, and with waits
      for its work. If the block fails, what is queued is cancelled. Inside, bare wait and as_completed are
      about this pool's futures.
      """,
    example: .init(
      script: "with pool -w 10 { map fibonacci ::: 1..5 }", output: "1\n1\n2\n3\n5\n"))

  private let request: PoolRequest
  private let block: Block

  init(_ arguments: inout Arguments) throws {
    guard arguments.keyword("pool") else { throw arguments.error("the word pool is missing") }
    try arguments.checkBlockIsOne()
    request = try PoolRequest(&arguments)
    block = try arguments.block()
  }

  func run(in context: Context) throws -> Outcome {
    let former = context.pool
    let pool = try request.make(in: context)
    context.pool = pool
    context.enclosingBacklogs.append(context.backlog(of: pool.group))
    defer {
      context.enclosingBacklogs.removeLast()
      context.pool = former
    }
    do {
      let value = try context.run(block)
      _ = context.close(pool, cancelFutures: false)
      try context.waitForEnd(of: pool)
      return Outcome(answer: nil, value: value)
    } catch {
      try leave(pool, after: error, in: context)
      throw error
    }
  }

  private func leave(_ pool: PoolRecord, after error: any Error, in context: Context) throws {
    if case ControlFlow.exit = error {
      _ = context.close(pool, cancelFutures: false)
      return
    }
    if case ControlFlow.interrupted = error {
      _ = context.close(pool, cancelFutures: false)
      return
    }
    if error is ControlFlow {
      _ = context.close(pool, cancelFutures: false)
      return try context.waitForEnd(of: pool)
    }
    // A script that stops tells its error first, and then cancels, ends children and waits, everywhere.
    if context.wouldStopAtError { return }
    _ = context.close(pool, cancelFutures: true)
    try context.waitForEnd(of: pool)
  }
}
