extension Output {
  /// One of the two streams.
  package enum Stream: Int, Sendable, CaseIterable {
    case output
    case error
  }

  /// What standard output and standard error lead to.
  package struct Streams: Sendable {
    /// Whether standard output is a terminal.
    package var isOutputTerminal = false
    /// Whether standard error is a terminal.
    package var isErrorTerminal = false
    /// Whether both, if they are terminals, are the same, and so share the cursor.
    package var areOneTerminal = true
    /// Whether standard output is a pipe, whose reader may write to the same terminal a moment later.
    package var isOutputPipe = false
    /// How long such a moment is.
    package var pipeDelay = Duration.milliseconds(20)
    /// Whether somebody types commands at the terminal.
    ///
    /// What is written to it is then cleaned of control characters, and ends with a newline.
    package var isInteractive = false
    /// Whether the terminal understands escape sequences: TERM is neither empty nor `dumb`.
    package var understandsEscapes = true
    /// Whether the user wants no colour: NO_COLOR is set and not empty.
    package var avoidsColor = false
    /// How wide the terminal is now; called under the lock.
    package var columns: @Sendable () -> Int = { 80 }
    /// Whether the terminal is ours now: not while this process is in the background.
    package var isForeground: @Sendable () -> Bool = { true }

    package init() {}

    func isTerminal(_ stream: Stream) -> Bool {
      switch stream {
      case .output: isOutputTerminal
      case .error: isErrorTerminal
      }
    }

    /// Whether what is written to a stream is cleaned.
    func isCleaned(_ stream: Stream) -> Bool { isInteractive && isTerminal(stream) }

    /// Whether there is a place for a status line.
    var hasStatusLine: Bool { isErrorTerminal && understandsEscapes }
  }

  /// What the streams of this process are.
  ///
  /// - Parameter isInteractive: See `Streams.isInteractive`.
  /// - Returns: What they are now; the width is asked for when it is needed.
  package static func streams(isInteractive: Bool) -> Streams {
    var streams = Streams()
    streams.isOutputTerminal = HostProcess.isTerminal(1)
    streams.isErrorTerminal = HostProcess.isTerminal(2)
    streams.isOutputPipe = TerminalSize.isPipe(1)
    streams.areOneTerminal = TerminalSize.areSame(1, 2)
    streams.isInteractive = isInteractive
    let terminal = HostProcess.environment("TERM") ?? ""
    streams.understandsEscapes = !terminal.isEmpty && terminal != "dumb"
    streams.avoidsColor = HostProcess.environment("NO_COLOR")?.isEmpty == false
    streams.isForeground = { JobControl.isInForeground(of: 2) }
    let descriptor: CInt = streams.isErrorTerminal ? 2 : 1
    streams.columns = { TerminalSize.columns(of: descriptor) }
    return streams
  }
}
