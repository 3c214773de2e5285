import ChildProcess
import Glibc

extension Output {
  /// The output of this process.
  ///
  /// - Parameters:
  ///   - isInteractive: Whether somebody types commands at the terminal; see `Streams`.
  ///   - afterWrite: See `init`.
  /// - Returns: Its two streams, as they are now.
  package static func process(
    isInteractive: Bool = false, afterWrite: @escaping @Sendable () -> Void = {}
  ) -> Output {
    Output(
      standardOutput: { try Output.writeAll($0, to: STDOUT_FILENO) },
      standardError: { try Output.writeAll($0, to: STDERR_FILENO) },
      streams: streams(isInteractive: isInteractive), afterWrite: afterWrite)
  }

  /// The output of this process while somebody else draws on the terminal.
  ///
  /// - Parameters:
  ///   - terminal: Takes what is for the terminal that standard output is.
  ///   - afterWrite: See `init`.
  /// - Returns: Its two streams, as they are now.
  package static func process(
    onTerminal terminal: @escaping Sink, afterWrite: @escaping @Sendable () -> Void
  ) -> Output {
    let streams = streams(isInteractive: true)
    let elsewhere: Sink = { try Output.writeAll($0, to: STDERR_FILENO) }
    let isErrorThere = streams.isErrorTerminal && streams.areOneTerminal
    return Output(
      standardOutput: terminal, standardError: isErrorThere ? terminal : elsewhere,
      streams: streams, afterWrite: afterWrite)
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) throws {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Glibc.write(descriptor, base, rest.count)
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else if errno == EAGAIN {
        // Somebody made the terminal or the pipe non-blocking; wait until it takes more.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        throw errno == EPIPE ? Failure.closed : Failure.cannotWrite(SystemError.last.text)
      }
    }
  }
}
