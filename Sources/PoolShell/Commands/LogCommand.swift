import ChildProcess
import ConcurrentFutures

/// `log`: what the programs of a job have written.
struct LogCommand: Command {
  static let declaration = Declaration(
    name: "log", group: .waiting, summary: "what the programs of a job have written so far",
    usage: "log ID",
    operands: [.one(.future(.any))],
    details: """
      While it runs and afterwards, whether it failed or not, of all its attempts: their standard output to standard
      output, their standard error to standard error. At most the last 100 programs of a job are kept. What a task
      prints itself is not in it. The value is the standard output.
      """,
    example: .init(
      script: "submit sh 'echo one; exit 1'\nexception 1\nlog 1",
      output: "[1] sh 'echo one; exit 1'\none\nsh: exit status 1\none\n"))

  private let record: FutureRecord

  init(_ arguments: inout Arguments) throws { record = try arguments.oneFuture() }

  func run(in context: Context) throws -> Outcome {
    let output = record.progress.job?.output ?? JobOutput()
    if output.isEmpty {
      context.session.complain(.notice("[\(record.id)] has run no program"))
    }
    // All of it in memory only where it is asked for.
    let value = context.isAnswering ? Value.nothing : .bytes(output.bytes(.output))
    return Outcome(answer: .log(id: record.id, output), value: value)
  }
}
