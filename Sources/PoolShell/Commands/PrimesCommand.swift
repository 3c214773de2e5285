import ConcurrentFutures

/// `primes`: work for the processor.
struct PrimesCommand: Command {
  static let declaration = Declaration(
    name: "primes", group: .tasks, summary: "count the primes up to N, by trial division",
    usage: "primes N",
    operands: [.one()],
    details: "Work for the processor, to see that tasks really run at the same time.",
    example: .init(script: "primes 100", output: "25\n"))

  private let bound: Int

  init(_ arguments: inout Arguments) throws {
    bound = try arguments.count("N", in: 0...1_000_000_000)
  }

  func run(in context: Context) throws -> Outcome {
    var primes: [Int] = []
    var count = 0
    var candidate = 2
    while candidate <= bound {
      if candidate % 4096 == 0 { try context.checkPatience() }
      let isPrime = primes.lazy.prefix { $0 * $0 <= candidate }.allSatisfy { candidate % $0 != 0 }
      if isPrime {
        count += 1
        if candidate * candidate <= bound { primes.append(candidate) }
      }
      candidate += 1
    }
    return .text("\(count)")
  }
}

extension Context {
  /// For loops that wait for nothing: ends the job at its limit, and the session's own at Ctrl-C.
  func checkPatience() throws {
    if let limit, session.clock.hasPassed(limit.deadline) { throw limit.error }
    try checkKilled()
    if isOnSessionThread, session.interrupt.hasHappened { throw ControlFlow.interrupted }
  }
}
