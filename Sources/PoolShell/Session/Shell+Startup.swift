/// The file of an interactive session's own commands.
package enum StartupFile {
  /// Where it is: `poolsh/rc.poolsh` in the user's folder for settings (XDG Base Directory Specification).
  ///
  /// `nil` if the user has no such folder.
  package static var path: String? { path { HostProcess.environment($0) } }

  /// A relative XDG_CONFIG_HOME counts for nothing, as the specification says: nothing is ever read from where the
  /// user happens to be.
  static func path(environment: (String) -> String?) -> String? {
    func absolute(_ name: String) -> String? {
      environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let folder = absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map { $0 + "/.config" }
    return folder.map { $0 + "/poolsh/rc.poolsh" }
  }
}

extension Shell {
  /// Runs the commands of a file before those of the source, in the same session, as if they had been typed; they
  /// are not in the history.
  ///
  /// Call it before `run`. An error is told with its place, and the next command runs; Ctrl-C, `return` and the end of the file
  /// lead to the prompt; `exit` ends the session as soon as `run` is called.
  ///
  /// - Parameter path: The file; nothing happens if there is none.
  package func runStartupFile(_ path: String) {
    do {
      guard FileSystem.exists(path) else { return }
      var parser = Parser(source: try DescriptorSource(path: path))
      while try runNext(of: &parser) {}
    } catch {
      tellWithPlace(error)
    }
  }

  /// Runs one command.
  ///
  /// - Returns: Whether to go on with the file.
  /// - Throws: What the file throws that cannot be read.
  private func runNext(of parser: inout Parser) throws -> Bool {
    do {
      guard let parsed = try parser.next() else { return false }
      if session.interrupt.hasHappened { throw ControlFlow.interrupted }
      try context.within(parsed.unit) { _ = try context.run(parsed.chain) }
    } catch let error as SyntaxError {
      tellWithPlace(error)
      parser.discardLine()
      return !error.isIncomplete
    } catch let flow as ControlFlow {
      leaveStartup(flow)
      return false
    } catch let error as ShellError {
      tellWithPlace(error)
    }
    return true
  }

  private func leaveStartup(_ flow: ControlFlow) {
    switch flow {
    case .return: break
    case .exit(let status): endingAtStartup = .exit(status)
    case .outputClosed: endingAtStartup = .outputClosed
    case .lesson(let request): endingAtStartup = heed(request)
    case .interrupted:
      session.interrupt.clear()
      session.complain(.notice("interrupted"))
    }
  }

  private func tellWithPlace(_ error: any Error) {
    let error = ShellError(wrapping: error)
    if let errorOutput = error.errorOutput { session.output.writeError(errorOutput) }
    var diagnostic = Diagnostic.error(error)
    diagnostic.place = error.place
    diagnostic.showsSource = true
    session.complain(diagnostic)
  }
}
