import CPlatform
import Glibc

/// One call of `posix_spawn`.
///
/// Raw `posix_spawn`, not a package for processes: it costs about 1 ms of processor time per child
/// where those take 1.5 to 1.9. glibc starts the child on the caller's memory (`CLONE_VFORK`), so
/// the cost does not grow with this process, and an error of `exec` is returned here.
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
    var attributes = posix_spawnattr_t()
    try check(posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    try set(&attributes)
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    try add(to: &actions)
    var processID: pid_t = 0
    try check(posix_spawn(&processID, path, &actions, &attributes, arguments.pointers, environment))
    return processID
  }

  private func set(_ attributes: inout posix_spawnattr_t) throws(SystemError) {
    var signals = sigset_t()
    sigemptyset(&signals)
    try check(posix_spawnattr_setsigmask(&attributes, &signals))
    for signal in Self.defaultSignals { sigaddset(&signals, signal) }
    if takesTerminal { for signal in Self.terminalSignals { sigaddset(&signals, signal) } }
    try check(posix_spawnattr_setsigdefault(&attributes, &signals))
    var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    if newProcessGroup { flags |= POSIX_SPAWN_SETPGROUP }
    try check(posix_spawnattr_setflags(&attributes, Int16(flags)))
  }

  /// `adddup2` clears close-on-exec on the copy.
  ///
  /// No number here is 0 to 2 (`FileDescriptor`), so none is overwritten before its turn.
  private func add(to actions: inout posix_spawn_file_actions_t) throws(SystemError) {
    for (number, stream) in streams.enumerated() {
      guard let stream else { continue }
      try check(posix_spawn_file_actions_adddup2(&actions, stream.number, Int32(number)))
    }
    // In the child, before its program runs: done by us afterwards, some children had been stopped for reading
    // from a terminal that was not theirs yet.
    if takesTerminal { try check(cplatform_spawn_take_terminal(&actions, STDIN_FILENO)) }
    if let directory { try check(cplatform_spawn_chdir(&actions, directory)) }
  }
}

/// The `posix_spawn` functions return the error number; they leave `errno` alone.
private func check(_ code: CInt) throws(SystemError) {
  if code != 0 { throw SystemError(code: code) }
}
