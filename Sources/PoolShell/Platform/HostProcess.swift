import CPlatform
import ConcurrentFutures
import Glibc

/// This process: its environment, its terminal, its pauses.
package enum HostProcess {
  /// A variable of the environment.
  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The names of all variables of the environment.
  static var environmentNames: [String] {
    environmentVariables.prefix(10_000).map { String($0.prefix { $0 != "=" }) }
  }

  /// All variables of the environment, as `NAME=VALUE`.
  static var environmentVariables: [String] {
    guard let pointers = cplatform_environment() else { return [] }
    var variables: [String] = []
    while let variable = pointers[variables.count] {
      variables.append(String(cString: variable))
    }
    return variables
  }

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: CInt) -> Bool { isatty(descriptor) == 1 }

  /// Whether a message would go out without waiting for a reader.
  static var canWriteToStandardError: Bool {
    var descriptor = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    return poll(&descriptor, 1, 0) == 1 && descriptor.revents & Int16(POLLOUT) != 0
  }

  /// A number that tells the calling thread from all others that live.
  static var threadNumber: UInt { UInt(pthread_self()) }

  /// The time of day, in nanoseconds since 1970.
  static var wallClock: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return UInt64(max(0, time.tv_sec)) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// How many processes were running or about to, on average over the last minute; 0 if that is not known.
  static var loadAverage: Double {
    var load = 0.0
    return getloadavg(&load, 1) == 1 ? load : 0
  }

  /// Sleeps until a moment on the monotonic clock, in nanoseconds.
  static func sleep(until nanoseconds: UInt64) {
    var moment = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nil) == EINTR {}
  }

  /// Sleeps for a time.
  static func pause(_ duration: Duration) {
    if let end = Deadline(after: duration).nanoseconds { sleep(until: end) }
  }

  /// What puts the terminal back when the process ends.
  private static let farewell = Monitor<(@Sendable () -> Void)?>(nil)

  /// Has a function called once by `leaveTerminal`, on the thread that ends the process.
  package static func beforeExit(_ body: @escaping @Sendable () -> Void) {
    farewell.withLock { $0 = body }
  }

  /// The process is about to end: the terminal is left as it was found.
  static func leaveTerminal() {
    farewell.withLock { farewell in
      defer { farewell = nil }
      return farewell
    }?()
  }

  /// Ends the process at once: no destructors, no waiting.
  package static func exit(_ code: Int32) -> Never {
    leaveTerminal()
    _exit(code)
  }

  /// Another thread is ending the process.
  package static func waitForTheEnd() -> Never {
    while true { pause(.seconds(1)) }
  }

  /// Makes room for the pipes of many children: three descriptors for each of up to 2,047 workers.
  ///
  /// No more than that, because children inherit the limit, and some programs close every descriptor that
  /// they might have.
  package static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, 8192)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// Opens what is closed of standard input, output and error, in a way in which it cannot be used.
  ///
  /// Otherwise the next file to be opened would become, say, standard error, and messages would go into it.
  package static func reserveStandardDescriptors() {
    for descriptor in 0...2 as ClosedRange<CInt> where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is taken: this one. Reading from 0 and writing to 1 and 2 still fail.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// A write to a pipe that nobody reads is an error, not the end of the process.
  package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
