import ConcurrentFutures

/// `kill`: ends tasks that run.
struct KillCommand: Command {
  static let declaration = Declaration(
    name: "kill", group: .waiting,
    summary: "end futures whose tasks run, and the programs that these run",
    usage: "kill SEL… [--signal S] [--grace D]",
    operands: [.many(.selector(.notDone))],
    options: [
      .init("--signal", short: "-s", value: "S", "what a program is sent first; else TERM"),
      .init("--grace", value: "D", "how long it has until KILL; 2s if not given"),
    ],
    details: """
      The program that the task runs, and whatever that has started in its process group, is sent TERM, and after
      the grace KILL. A task that sleeps, waits or stands at a gate is woken. It begins nothing more, also not
      inside try, and fails with the message that it was killed; it counts as looked at, and is not retried. kill
      waits until that has happened. A task that is busy in a command of another kind ends after that command.
      What is queued is left alone: cancel takes it back. The value is true if all of them were killed.
      """,
    example: .init(
      script: "submit { open begun; sleep 60; print never }\ngate begun\nkill 1\nexception 1",
      output: "[1] { open begun; sleep 60; print never }\n[1] killed\nkilled\n"))

  private let records: [FutureRecord]
  private let killing: Job.Killing

  init(_ arguments: inout Arguments) throws {
    let signal = try Self.signal(arguments)
    let grace = try arguments.duration(of: "--grace") ?? Job.Killing.usual.grace
    killing = Job.Killing(signal: signal, grace: signal == Signals.kill ? .zero : grace)
    guard let records = try arguments.selection() else { throw arguments.error("SEL is missing") }
    self.records = records
  }

  private static func signal(_ arguments: Arguments) throws -> Int32 {
    guard let text = try arguments.text(of: "--signal") else { return Signals.terminate }
    guard let number = Signals.number(of: text) else {
      throw arguments.error("\(text) is no signal (such as TERM, INT, HUP or KILL)")
    }
    guard Signals.endsPrograms(number) else {
      throw arguments.error("\(text) does not end a program (TERM, INT, HUP and KILL do)")
    }
    return number
  }

  func run(in context: Context) throws -> Outcome {
    // What begins only now, because the others made room, was not meant.
    let states = records.map(\.state)
    let running = zip(records, states).filter { $0.1 == .running }.map { $0.0 }
    for record in running { record.progress.makeJob().kill(killing) }
    let ending = running.map { $0.future as AnyFuture }
    try context.waitFor(ending, timeout: killing.grace + .seconds(1)) { _ in true }
    let answers = zip(records, states).map(answer)
    for answer in answers where answer.isKilled {
      context.session.futures[answer.id]?.markSeen(by: .kill)
    }
    return Outcome(
      answer: answers.isEmpty ? nil : .killed(answers), value: .bool(answers.allSatisfy(\.isKilled))
    )
  }

  private func answer(_ record: FutureRecord, _ before: FutureRecord.State) -> KillAnswer {
    let state = before == .running ? record.state : before
    let isKilled =
      before == .running && state == .failed && record.progress.job?.wasKilled == true
    return KillAnswer(id: record.id, isKilled: isKilled, state: state)
  }
}
