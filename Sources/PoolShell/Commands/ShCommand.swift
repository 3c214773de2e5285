/// `sh`: runs a line with the POSIX shell.
struct ShCommand: Command {
  static let declaration = Declaration(
    name: "sh", group: .tasks, summary: "run a line with /bin/sh; its output is the value",
    usage: "sh 'LINE' [WORD…]",
    operands: [.one(.shellLine), .many(.file)], optionPlaces: .nowhere,
    details: """
      For pipes, redirections and globs. Words after the line are appended to it, quoted; what replaces a
      placeholder in the line is passed as data, inside quotes too, so no item becomes code. Otherwise
      like exec.
      """,
    example: .init(script: "sh 'printf \"b\\na\\n\" | sort'", output: "a\nb\n"))

  private let line: String

  init(_ arguments: inout Arguments) throws {
    // `--` ends options; as a line it would be no command.
    if arguments.nodes.count > 1 { _ = arguments.keyword("--") }
    guard case .word(let word)? = arguments.nextNode else {
      throw arguments.error("'LINE' is missing")
    }
    arguments.dropNode()
    let rest = try arguments.words()
    let first = try ShellLine.text(
      of: word, arguments.context.expander, isContinued: !rest.isEmpty)
    line = ([first] + rest.map(ShellQuoting.quoted)).joined(separator: " ")
  }

  func run(in context: Context) throws -> Outcome {
    .value(
      .output(try context.capture("/bin/sh", ["-c", "--", line], name: "sh", title: "sh \(line)")))
  }
}
