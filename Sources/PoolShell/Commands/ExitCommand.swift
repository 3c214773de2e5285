/// `exit`: ends the session.
struct ExitCommand: Command {
  static let declaration = Declaration(
    name: "exit", group: .session, summary: "end the session; what is queued still runs",
    usage: "exit [STATUS]",
    operands: [.one()], isSessionOnly: true,
    details: """
      Every pool is shut down, and the session waits for its work. STATUS is the exit status; without it, 0, or
      1 if a task failed and nobody looked.
      """,
    example: .init(
      script: "submit print last\nexit\nprint never", output: "[1] print last\nlast\n"))

  private let status: Int32?

  init(_ arguments: inout Arguments) throws {
    status = arguments.isEmpty ? nil : Int32(try arguments.count("STATUS", in: 0...255))
  }

  func run(in context: Context) throws -> Outcome { throw ControlFlow.exit(status) }
}
