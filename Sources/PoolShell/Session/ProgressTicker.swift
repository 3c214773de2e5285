import ConcurrentFutures
import Synchronization

/// Shows how far the wait is that the session's thread is in.
///
/// There is no thread behind it: who waits looks up now and then, and draws. So it costs nothing while nobody waits, the
/// reading of a clock in a wait of less than a second, and the line is gone when the wait is.
///
/// Belongs to one `Context`, and to its thread.
final class ProgressTicker {
  /// What the outermost wait is about; made at the first drawing.
  enum Subject {
    case futures(ProgressCount)
    case time(String, Duration)
    case plain(String)
  }

  private struct Wait {
    let begun: UInt64
    let makeSubject: () -> Subject
    var subject: Subject?
  }

  private let session: Session
  private var wait: Wait?
  private var isShown = false
  /// When to look up next.
  private(set) var nextLook = Deadline.never

  /// What lasts less shows nothing.
  static let patience = Duration.seconds(1)
  static let interval = Duration.milliseconds(100)
  /// Counting may take this part of the time: 1 is all of it.
  private static let share = 0.02

  init(_ session: Session) { self.session = session }

  var isActive: Bool { wait != nil }

  /// Runs a wait; one inside another is part of that.
  func during<R>(_ subject: () -> Subject, _ body: () throws -> R) rethrows -> R {
    guard !isActive else { return try body() }
    return try withoutActuallyEscaping(subject) { subject in
      wait = Wait(begun: Deadline.now(), makeSubject: subject)
      nextLook = Deadline(after: Self.patience)
      defer { end() }
      return try body()
    }
  }

  private func end() {
    wait = nil
    nextLook = .never
    hide()
  }

  /// Waits with a function that can wait until a moment, and draws meanwhile.
  ///
  /// - Returns: What the function gave; `nil` if the time was up first.
  func sleep<R>(until deadline: Deadline, _ body: (Deadline) -> R?) -> R? {
    while true {
      if let result = body(.earlier(deadline, nextLook)) { return result }
      if deadline.hasPassed { return nil }
      tick()
    }
  }

  /// Draws if it is time to.
  func tick() {
    guard nextLook.hasPassed, var wait else { return }
    let before = Deadline.now()
    draw(&wait)
    self.wait = wait
    let cost = Duration.nanoseconds(Int64(clamping: Deadline.now() &- before))
    nextLook = Deadline(after: max(Self.interval, cost / Self.share))
  }

  /// The same for who waits otherwise than with `sleep`.
  ///
  /// - Returns: After which time to call it again; `nil` is never.
  func alarm() -> Duration? {
    tick()
    return nextLook.remaining
  }

  private func draw(_ wait: inout Wait) {
    let (settings, streams) = (session.settings, session.output.streams)
    let isWanted = !settings.isQuiet && !settings.isJSON && streams.isForeground()
    guard isWanted, !session.isAborting.isSet else { return hide() }
    let subject = wait.subject ?? wait.makeSubject()
    wait.subject = subject
    let elapsed = Duration.nanoseconds(Int64(clamping: Deadline.now() &- wait.begun))
    let line = ProgressLine(subject: subject.line(since: wait.begun), elapsed: elapsed)
    // The last column stays free.
    session.output.showStatus(line.text(columns: streams.columns() - 1))
    isShown = true
  }

  private func hide() {
    if isShown { session.output.showStatus(nil) }
    isShown = false
  }
}

extension ProgressTicker.Subject {
  fileprivate func line(since begun: UInt64) -> ProgressLine.Subject {
    switch self {
    case .futures(let count):
      let futures = count.look(since: begun)
      return futures.total == 0 ? .plain("callbacks") : .futures(futures)
    case .time(let name, let length): return .time(name, length)
    case .plain(let name): return .plain(name)
    }
  }
}
