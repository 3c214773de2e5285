/// `fetch`: downloads.
struct FetchCommand: Command {
  static let declaration = Declaration(
    name: "fetch", group: .tasks, summary: "download a URL, with curl",
    usage: "fetch URL [--output FILE] [--timeout D]",
    operands: [.one()],
    options: [
      .init(
        "--output", short: "-o", value: "FILE", takes: .file,
        "write it to a file; then there is no value"),
      .init("--timeout", short: "-t", value: "D", "for the whole download"),
    ],
    details: """
      Redirections are followed; an HTTP status of 400 or more is a failure, in curl's words. FILE is
      written when the download is complete; after a failure it is as it was.
      """,
    example: .init(
      script:
        "sh 'printf hello > /tmp/poolsh-fetch-example'\nfetch file:///tmp/poolsh-fetch-example",
      output: "hello"))

  private let url: String
  private let output: String?
  private let timeout: Duration?

  init(_ arguments: inout Arguments) throws {
    output = try arguments.text(of: "--output")
    timeout = try arguments.duration(of: "--timeout")
    url = try arguments.word("URL")
  }

  func run(in context: Context) throws -> Outcome {
    var words = ["--fail", "--silent", "--show-error", "--location"]
    if let timeout {
      words += ["--max-time", Durations.decimal(timeout / .seconds(1), digits: 3)]
    }
    if let output { try FileSystem.checkWritable(output) }
    do {
      let value = try context.capture(
        "curl", words + ["--url", url], name: "curl", title: "fetch \(url)",
        isPrintedWhenDropped: false)
      guard let output else { return .value(.output(value)) }
      // Written by us once it is complete: curl would begin with emptying FILE.
      try FileSystem.write(output) { try value.forEachChunk($0) }
      return .nothing
    } catch var error as ShellError {
      error.message = Self.curlsOwn(error.message)
      throw error
    }
  }

  /// curl's message without the exit status, which it names itself.
  private static func curlsOwn(_ message: String) -> String {
    guard message.hasPrefix("curl: exit status"), let range = message.firstRange(of: ": curl: ")
    else { return message }
    return "curl: " + message[range.upperBound...]
  }
}
