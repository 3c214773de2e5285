import CPlatform
import Glibc

/// One start of a program.
///
/// Done on the caller's thread, not by a package for processes: it costs about 1 ms of processor time per
/// child where those take 1.5 to 1.9. The child begins on the caller's memory (`CLONE_VFORK`), so the cost does
/// not grow with this process, and an error of `exec` is returned here.
struct SpawnRequest {
  /// The program's file.
  var path: String

  /// With the program's name as the first.
  var arguments: [String]

  /// `nil` inherits.
  var environment: [String]?
  var directory: String?

  /// The child's streams 0 to 2; `nil` inherits.
  ///
  /// All others of ours are closed in the child.
  var streams: [FileDescriptor?]
  var newProcessGroup: Bool
  var takesTerminal = false

  /// Whether it ends with the thread that starts it.
  var diesWithThread = false

  /// Where the guardian finds the child's process group; `nil` if it need not.
  var place: Guardian.Place?

  /// What this process itself may have set to be ignored; it must not be so in the child.
  ///
  /// What this process was told to ignore when it was started (by `nohup`, say) stays ignored.
  /// SIGXFSZ: see `SpillFile`.
  private static let defaultSignals = [SIGPIPE, SIGCHLD, SIGXFSZ]

  /// What somebody at the terminal sends, or the terminal itself.
  private static let terminalSignals = [SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU]

  /// Starts the program.
  ///
  /// - Returns: The child's process id.
  func spawn() throws(SystemError) -> Int32 {
    let argumentList = CStringArray(arguments)
    guard let environment else {
      return try spawn(argumentList, environment: cplatform_environment())
    }
    let environmentList = CStringArray(environment)
    return try spawn(argumentList, environment: environmentList.pointers)
  }

  private func spawn(
    _ arguments: borrowing CStringArray,
    environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  ) throws(SystemError) -> Int32 {
    var program = cplatform_program()
    program.arguments = UnsafePointer(arguments.pointers)
    program.environment = environment.map { UnsafePointer($0) }
    // No number here is 0 to 2 (`FileDescriptor`), so none is overwritten before its turn.
    let numbers = streams.map { $0?.number ?? -1 } + [-1, -1, -1]
    program.streams = (numbers[0], numbers[1], numbers[2])
    program.leads_group = newProcessGroup
    program.takes_terminal = takesTerminal
    program.dies_with_thread = diesWithThread
    program.record = place?.address
    setDefaults(&program.defaults)
    var processID: pid_t = 0
    let code = withExtendedLifetime(streams) { start(&program, &processID) }
    if code != 0 { throw SystemError(code: code) }
    return processID
  }

  private func setDefaults(_ signals: inout sigset_t) {
    sigemptyset(&signals)
    for signal in Self.defaultSignals { sigaddset(&signals, signal) }
    if takesTerminal { for signal in Self.terminalSignals { sigaddset(&signals, signal) } }
  }

  private func start(_ program: inout cplatform_program, _ processID: inout pid_t) -> CInt {
    path.withCString { path in
      program.path = path
      guard let directory else { return cplatform_spawn(&program, &processID) }
      return directory.withCString { directory in
        program.directory = directory
        return cplatform_spawn(&program, &processID)
      }
    }
  }
}
