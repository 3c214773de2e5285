/// `code`: the same in Swift or in Python.
struct CodeCommand: Command {
  static let declaration = Declaration(
    name: "code", group: .session,
    summary: "a command or a script as a program in Swift, or in Python",
    usage: "code [ID | FILE] [--swift | --python]",
    operands: [.one(.future(.any), .file)],
    options: [
      .init("--swift", "against ConcurrentFutures, as without it"),
      .init("--python", "against concurrent.futures; Python 3.9 or later"),
    ],
    isSessionOnly: true,
    details: """
      Without ID or FILE it is about the last command. A number is the command behind a future; any other word is a
      script. Variables that it reads are written as the values that they have, the futures that it names are
      submitted first. The program prints what the commands have printed, but for the line of submit; what only the
      shell has is a comment, and so is a job's own limit (submit --timeout, map --job-timeout), which the library cannot
      keep. What else would not be the same is an error; only the words of the library's own errors may differ.
      """,
    example: .init(
      script: "print hello\ncode --python", output: "hello\nprint(\"hello\")\n"))

  private let text: String

  init(_ arguments: inout Arguments) throws {
    if arguments.has("--swift"), arguments.has("--python") {
      throw arguments.error("--swift and --python exclude each other")
    }
    let subject = CodeSubject(context: arguments.context)
    let source: CodeSource
    if let word = try arguments.optionalWord() {
      source =
        Int(word.text) == nil
        ? try subject.file(word.text, at: word.range) : try subject.future(word)
    } else {
      source = try subject.lastCommand()
    }
    let program = try CodeTranslator(source: source).program()
    text =
      arguments.has("--python") ? PythonWriter(program).text : SwiftWriter(program).text
  }

  func run(in context: Context) throws -> Outcome {
    .answer(.page(command: "code", String(text.dropLast())))
  }
}
