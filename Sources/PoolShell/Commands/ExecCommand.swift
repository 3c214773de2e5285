/// `exec`: runs a program, without a shell.
struct ExecCommand: Command {
  static let declaration = Declaration(
    name: "exec", group: .tasks, summary: "run a program; its output is the value",
    usage: "exec PROG [ARG…]",
    operands: [.one(.program), .many(.file)], optionPlaces: .first,
    details: """
      The arguments are passed as they are; there is no shell in between. The value is the program's standard
      output, byte for byte; its standard error is shown with it. Another exit status than 0 is a failure. The
      program has /dev/null as its input and a process group of its own.
      """,
    example: .init(script: "exec basename /usr/share/doc", output: "doc\n"))

  private let program: String
  private let words: [String]

  init(_ arguments: inout Arguments) throws {
    program = try arguments.word("PROG")
    words = try arguments.words()
  }

  func run(in context: Context) throws -> Outcome {
    .value(
      .output(
        try context.capture(
          program, words, name: program, title: (["exec", program] + words).joined(separator: " ")))
    )
  }
}
