/// The version of the product.
package enum Version {
  /// As `poolsh --version` says it.
  package static let text = "poolsh 0.1.0"
}

/// `version`: which poolsh this is.
struct VersionCommand: Command {
  static let declaration = Declaration(
    name: "version", group: .session, summary: "which poolsh this is", usage: "version",
    operands: [],
    example: .init(script: "version", output: "poolsh [..]\n"))

  init(_ arguments: inout Arguments) throws {}

  func run(in context: Context) throws -> Outcome {
    .answer(.page(command: "version", Version.text))
  }
}
