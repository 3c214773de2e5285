import CPlatform
import ConcurrentFutures
import Glibc

/// Turns signals into calls of a function on a thread of its own.
///
/// Nothing is done in a signal handler, so the function may lock, allocate and print.
package enum SignalWatcher {
  /// What the shell is told of.
  package enum Signal: Sendable {
    /// Ctrl-C.
    case interrupt
    /// `kill`.
    case terminate
    /// The terminal was closed.
    case hangUp
    /// Ctrl-\\, for those who have lost their patience.
    case quit
    /// Ctrl-Z.
    case suspend
    /// The process was stopped, and goes on.
    case resume
    /// The terminal has another size.
    case resize
  }

  /// The signals that end the process.
  private static let ending = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  /// What a terminal tells beside.
  private static let ofTerminal = [SIGTSTP, SIGCONT, SIGWINCH]

  /// Without those that it was told to ignore when it was started: `nohup` and `&` in a script rely on that.
  private static func watched(isInteractive: Bool) -> [CInt] {
    (ending + (isInteractive ? ofTerminal : [])).filter { number in
      var action = sigaction()
      sigaction(number, nil, &action)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1  // SIG_IGN
    }
  }

  /// Blocks the signals in the calling thread, and so in all threads that it starts afterwards, and
  /// calls `handler` whenever one comes.
  ///
  /// Call it before any other thread is started. Children are started with an empty mask.
  ///
  /// - Parameters:
  ///   - isInteractive: Whether to watch for what concerns only who sits at a terminal, too: a script is stopped and
  ///     continued as if this were not there.
  ///   - handler: Told of each signal.
  /// - Throws: If there is no thread to be had.
  package static func start(
    isInteractive: Bool = false, _ handler: @escaping @Sendable (Signal) -> Void
  ) throws {
    var set = sigset_t()
    sigemptyset(&set)
    for number in watched(isInteractive: isInteractive) { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let signals = set
    // The pool is never shut down: its one task ends with the process.
    let pool = try ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "signals")
    _ = try pool.submit { watch(signals, handler) }
  }

  private static func watch(_ signals: sigset_t, _ handler: (Signal) -> Void) {
    var set = signals
    while true {
      switch cplatform_wait_signal(&set) {
      case SIGINT: handler(.interrupt)
      case SIGTERM: handler(.terminate)
      case SIGQUIT: handler(.quit)
      case SIGHUP: handler(.hangUp)
      case SIGTSTP: handler(.suspend)
      case SIGCONT: handler(.resume)
      case SIGWINCH: handler(.resize)
      default: break  // our own, or nothing
      }
    }
  }
}
