import ChildProcess

extension Context {
  /// Runs a line with /bin/sh where there is no terminal, and shows what it has written.
  func runCaptured(_ line: String) throws {
    // Both streams are one, as on a terminal.
    let command = ChildCommand(program: "/bin/sh", arguments: ["-c", "--", "exec 2>&1; " + line])
    let outcome = try session.children.run(command, endedBy: session.interrupt)
    session.output.writeError(outcome.errorOutput)
    session.output.write { writer in try outcome.output.forEachChunk { try writer.out($0) } }
    if session.interrupt.hasHappened { throw ControlFlow.interrupted }
    guard case .exited(0) = outcome.status else { throw ShellError("! \(outcome.status)") }
  }
}
