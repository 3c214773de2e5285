/// What `submit` and `map` may say about a job that most do not: one reference for all of it.
final class JobOptions: Sendable {
  /// The whole environment of its programs; `nil` is that of poolsh.
  let environment: [String]?
  /// Where its programs start; `nil` is where poolsh is.
  let directory: String?
  /// What its programs read; `nil` is nothing.
  let input: String?
  /// How many times it is run again if it fails.
  let retries: Int
  /// How long after the first failure; twice as long after each further one.
  let backoff: Duration
  /// Whether its lines are shown as they come.
  let isLive: Bool

  /// Takes the options.
  ///
  /// - Returns: `nil` if none of them is there.
  static func take(_ arguments: Arguments) throws -> JobOptions? {
    guard arguments.hasOptions else { return nil }
    let names = (Declaration.Option.job + [.live]).map(\.name)
    return names.contains(where: arguments.has) ? try JobOptions(arguments) : nil
  }

  private init(_ arguments: Arguments) throws {
    environment = try Self.environment(arguments)
    directory = try arguments.text(of: "--cwd")
    input = try arguments.text(of: "--input")
    retries = try arguments.count(of: "--retries", atLeast: 0) ?? 0
    backoff = try arguments.duration(of: "--backoff") ?? .zero
    isLive = arguments.has("--live")
    if arguments.has("--backoff"), !arguments.has("--retries") {
      throw arguments.error("--backoff needs --retries N")
    }
    if let directory, let fault = FileSystem.directoryFault(directory) {
      throw arguments.error("--cwd \(directory): \(fault)")
    }
    if let input, let fault = FileSystem.inputFault(input) {
      throw arguments.error("--input \(input): \(fault)")
    }
  }

  /// The variables of poolsh and those that are given, the last one of a name.
  private static func environment(_ arguments: Arguments) throws -> [String]? {
    let given = try arguments.texts(of: "--env")
    if given.isEmpty { return nil }
    var variables = HostProcess.environmentVariables
    for text in given {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw arguments.error("--env must be NAME=VALUE, not \(text)")
      }
      let name = text[...equals]
      variables.removeAll { $0.hasPrefix(name) }
      variables.append(text)
    }
    return variables
  }
}

extension Declaration.Option {
  /// How the programs of a job are run, and how often.
  static let job = [
    Declaration.Option(
      "--env", value: "K=V", isRepeatable: true,
      "a variable of the environment of its programs; may be given again"),
    Declaration.Option("--cwd", value: "DIR", takes: .file, "where its programs start"),
    Declaration.Option(
      "--input", value: "FILE", takes: .file, "what each of its programs reads; else nothing"),
    Declaration.Option(
      "--retries", value: "N",
      "if it fails, run it again, up to N times; each run has the whole timeout"),
    Declaration.Option(
      "--backoff", value: "D", "wait D before it is run again, then 2D, 4D, …"),
  ]

  static let live = Declaration.Option(
    "--live", "show the lines of its programs as they come, each after its item")
}
