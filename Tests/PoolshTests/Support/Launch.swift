import Glibc

/// How a program is started: poolsh, if nothing else is said.
///
/// The child opens its own streams, so nothing of this process can leak into it.
struct Launch: Sendable {
  /// What a stream of the child is.
  enum Stream: Sendable {
    case path(String)
    case closed
  }

  var program = PoolshBinary.path
  var arguments: [String]
  var input = Stream.path("/dev/null")
  /// `nil`: captured.
  var output: Stream?
  /// Beside those that every child gets.
  var environment: [String: String] = [:]
  /// Where it runs; `nil` is a folder of its own.
  var directory: String?
  /// The terminal that becomes all three streams, and the child's controlling terminal.
  var terminal: String?
  /// Which of output (1) and error (2) are captured although there is a terminal.
  var offTerminal: Set<CInt> = []

  init(_ arguments: [String], _ change: (inout Launch) -> Void = { _ in }) {
    self.arguments = arguments
    change(&self)
  }

  /// A line of shell that finds poolsh in its PATH.
  static func shell(_ line: String, _ change: (inout Launch) -> Void = { _ in }) -> Launch {
    Launch(["-c", line]) {
      $0.program = "/bin/sh"
      change(&$0)
    }
  }

  /// Starts it.
  ///
  /// - Parameters:
  ///   - folder: Where it runs, unless `directory` says otherwise.
  ///   - outputFile: Takes standard output if it is captured.
  ///   - errorFile: Takes standard error.
  /// - Returns: The process id.
  /// - Throws: `SystemCallFailed`.
  func start(in folder: String, outputFile: String, errorFile: String) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    try check(posix_spawnattr_init(&attributes))
    defer { posix_spawnattr_destroy(&attributes) }
    try set(&attributes)
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions))
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let terminal {
      for stream in 0...2 as ClosedRange<CInt> {
        let file = stream == 1 ? outputFile : errorFile
        let isElsewhere = offTerminal.contains(stream)
        try open(
          isElsewhere ? file : terminal, as: stream,
          isElsewhere ? O_WRONLY | O_CREAT | O_APPEND : O_RDWR, &actions)
      }
    } else {
      try redirect(0, input, O_RDONLY, &actions)
      try redirect(1, output ?? .path(outputFile), O_WRONLY | O_CREAT | O_APPEND, &actions)
      try redirect(2, .path(errorFile), O_WRONLY | O_CREAT | O_APPEND, &actions)
    }
    return try spawn(in: folder, &actions, &attributes)
  }

  /// `env` changes the directory and becomes the program.
  private func spawn(
    in folder: String, _ actions: inout posix_spawn_file_actions_t,
    _ attributes: inout posix_spawnattr_t
  ) throws -> pid_t {
    let words = ["env", "-C", directory ?? folder, "--", program] + arguments
    let variables = Self.commonEnvironment.merging(environment) { $1 }.map { "\($0)=\($1)" }
    let argumentList = words.map { strdup($0) } + [nil]
    let environmentList = variables.map { strdup($0) } + [nil]
    defer { for string in argumentList + environmentList { free(string) } }
    var processID: pid_t = 0
    try check(
      posix_spawn(
        &processID, "/usr/bin/env", &actions, &attributes, argumentList, environmentList))
    return processID
  }

  /// The same for every run, whatever the tests are run under; poolsh is in the PATH.
  private static let commonEnvironment: [String: String] = {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return ["PATH": "\(PoolshBinary.folder):\(path)", "LC_ALL": "C.UTF-8", "HOME": "/dev/null/home"]
  }()

  /// No signal is blocked or ignored, as in a program that a login shell starts.
  private func set(_ attributes: inout posix_spawnattr_t) throws {
    var signals = sigset_t()
    sigemptyset(&signals)
    try check(posix_spawnattr_setsigmask(&attributes, &signals))
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, signal) }
    try check(posix_spawnattr_setsigdefault(&attributes, &signals))
    var flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
    if terminal != nil { flags |= Self.newSession }
    try check(posix_spawnattr_setflags(&attributes, flags))
  }

  /// `POSIX_SPAWN_SETSID`, which the C library shows only to GNU programs.
  ///
  /// The first terminal that such a process opens becomes its own.
  private static let newSession: Int16 = 0x80

  private func redirect(
    _ number: CInt, _ stream: Stream, _ flags: CInt, _ actions: inout posix_spawn_file_actions_t
  ) throws {
    switch stream {
    case .path(let path): try open(path, as: number, flags, &actions)
    case .closed: try check(posix_spawn_file_actions_addclose(&actions, number))
    }
  }

  private func open(
    _ path: String, as number: CInt, _ flags: CInt, _ actions: inout posix_spawn_file_actions_t
  ) throws {
    try check(posix_spawn_file_actions_addopen(&actions, number, path, flags, 0o600))
  }
}

/// The `posix_spawn` functions return the error number.
private func check(_ code: CInt) throws {
  if code != 0 { throw SystemCallFailed("posix_spawn", code: code) }
}
