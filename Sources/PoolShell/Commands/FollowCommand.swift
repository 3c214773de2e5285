import ChildProcess
import ConcurrentFutures

/// `follow`: shows what the programs of a job write, as it comes.
struct FollowCommand: Command {
  static let declaration = Declaration(
    name: "follow", group: .waiting,
    summary: "show what the programs of a job write, as it comes, until it ends",
    usage: "follow ID",
    operands: [.one(.future(.any))],
    details: """
      From the beginning, and as log does; one that has not begun is waited for. Ctrl-C ends the following, not the
      job.
      """,
    example: .init(
      script: "submit sh 'echo one; sleep 0.2; echo two'\nfollow 1\nstate 1",
      output: "[1] sh 'echo one; sleep 0.2; echo two'\none\ntwo\nfinished\n"))

  /// How often to look.
  ///
  /// Nobody need be told of what comes while nobody follows, and who follows does not see the difference.
  private static let interval = Duration.milliseconds(50)

  private let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  func run(in context: Context) throws -> Outcome {
    try context.waitingForAll([record], until: context.deadline(after: nil)) {
      try follow(in: context)
    }
    return .nothing
  }

  private func follow(in context: Context) throws {
    var position = JobOutput.Position()
    var lines = [LineGatherer(), LineGatherer()]
    // In virtual time there are no programs, and so nothing comes.
    let interval = context.session.clock.isVirtual ? nil : Self.interval
    while true {
      let isDone = record.future.isDone
      while let (stream, bytes) = record.progress.job?.output.next(after: &position) {
        // Where it is cut is only seen in objects, which are to hold whole lines.
        let isJSON = context.session.settings.isJSON
        show(isJSON ? lines[stream.rawValue].take(bytes) : bytes, stream, in: context)
        try context.checkOutput()
      }
      if isDone { break }
      try context.waitFor([record.future], timeout: interval) { _ in true }
    }
    for stream in ChildStream.allCases { show(lines[stream.rawValue].rest(), stream, in: context) }
  }

  private func show(_ bytes: [UInt8], _ stream: ChildStream, in context: Context) {
    if !bytes.isEmpty { context.session.show(.followed(id: record.id, stream, bytes)) }
  }
}
