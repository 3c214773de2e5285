import ChildProcess

/// One line of a joblog: an attempt in the columns and number formats of GNU parallel.
struct JobLogLine: Equatable {
  /// The number of the job in its list, from 1.
  var seq: Int
  /// When it began, in milliseconds since 1970.
  var start: UInt64
  /// How long it took, in milliseconds.
  var runtime: UInt64
  /// How much it has written to standard output.
  var receive: Int
  var exit: JobExit
  /// The command's text in bytes: two names that only look alike are two jobs.
  var command: [UInt8]

  /// The names of the columns.
  static let header = Array(
    "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n".utf8)

  /// A command as it stands in the last column, where a newline is written as NUL, as by GNU parallel.
  static func column(_ command: String) -> [UInt8] {
    command.utf8.map { $0 == UInt8(ascii: "\n") ? 0 : $0 }
  }

  /// The line, with its newline.
  var bytes: [UInt8] {
    let runtime = Self.seconds(runtime)
    let padding = String(repeating: " ", count: max(0, 10 - runtime.utf8.count))
    let columns =
      "\(seq)\t:\t\(Self.seconds(start))\t\(padding)\(runtime)\t0\t\(receive)"
      + "\t\(exit.value)\t\(exit.signal)\t"
    return Array(columns.utf8) + command + [UInt8(ascii: "\n")]
  }

  /// With three decimals.
  private static func seconds(_ milliseconds: UInt64) -> String {
    let fraction = "\(milliseconds % 1000)"
    return "\(milliseconds / 1000)."
      + String(repeating: "0", count: 3 - fraction.utf8.count) + fraction
  }
}

/// What the columns `Exitval` and `Signal` say of an attempt.
struct JobExit: Equatable {
  var value: Int32
  var signal: Int32

  /// Why an attempt ended before its time.
  enum Cut {
    /// It took longer than it may.
    case timedOut
    /// The whole run was stopped: it says nothing about the job.
    case stopped
  }

  static let success = JobExit(value: 0, signal: 0)

  /// The run was stopped under it, so it is still to be done.
  static let stopped = JobExit(value: -1, signal: 0)

  init(value: Int32, signal: Int32) {
    self.value = value
    self.signal = signal
  }

  /// As GNU parallel has it: a signal is not an exit value, and who ran out of time has -1.
  init(_ attempt: Attempt, cut: Cut?) {
    switch (cut, attempt.error, attempt.status) {
    case (.stopped, _, _): self = .stopped
    case (.timedOut, _, .signalled(let signal)): self.init(value: -1, signal: signal)
    case (.timedOut, _, _): self.init(value: -1, signal: 15)
    case (nil, nil, _): self = .success
    case (nil, _, .signalled(let signal)): self.init(value: 0, signal: signal)
    case (nil, _, .exited(let status)) where status > 0: self.init(value: status, signal: 0)
    // It failed beside its programs.
    case (nil, _, _): self.init(value: 1, signal: 0)
    }
  }
}

extension JobLogLine {
  /// What resuming needs of a line.
  struct Ending {
    var seq: Int
    var exit: JobExit
    var command: ArraySlice<UInt8>

    /// Reads a line without its newline; `nil` if it is none of a joblog.
    init?(_ line: ArraySlice<UInt8>) {
      let columns = line.split(
        separator: UInt8(ascii: "\t"), maxSplits: 8, omittingEmptySubsequences: false)
      guard columns.count == 9, let seq = Self.number(columns[0]),
        let value = Self.number(columns[6]), let signal = Self.number(columns[7])
      else { return nil }
      self.seq = seq
      exit = JobExit(value: Int32(clamping: value), signal: Int32(clamping: signal))
      command = columns[8]
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
      Int(String(decoding: bytes, as: UTF8.self))
    }
  }
}
