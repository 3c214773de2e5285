import Glibc

/// What `poll` says about one descriptor.
enum Readiness {
  case notReady

  /// A read returns at once, with bytes or at the end.
  case readable

  /// Nothing is left to read and nothing will come. Knowing it from `poll` saves the last read.
  case ended

  /// Sleeps until one of the descriptors is ready, or a moment has come, or a signal has arrived.
  ///
  /// - Parameters:
  ///   - descriptors: What to look at; `nil` is never ready.
  ///   - deadline: When to return at the latest; `nil` is never.
  /// - Returns: For each of the descriptors how it is. May be `notReady` for all before the
  ///   deadline.
  static func wait(
    for descriptors: [FileDescriptor?], until deadline: MonotonicTime?
  ) -> [Readiness] {
    var entries = descriptors.map { descriptor in
      pollfd(fd: descriptor?.number ?? -1, events: Int16(POLLIN), revents: 0)
    }
    let timeout = deadline?.pollTimeout(from: .now()) ?? -1
    guard poll(&entries, nfds_t(entries.count), timeout) > 0 else {
      return entries.map { _ in .notReady }
    }
    return entries.map { Readiness(events: Int32($0.revents)) }
  }

  private init(events: Int32) {
    if events & Int32(POLLIN) != 0 {
      self = .readable
    } else {
      self = events == 0 ? .notReady : .ended
    }
  }
}
