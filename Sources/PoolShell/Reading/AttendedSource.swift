/// Lines that somebody types: says when the prompt is up, and when it was answered.
final class AttendedSource: LineSource {
  private let source: any LineSource
  /// Whose prompt it is: a lesson has a session of its own.
  var session: Session

  init(_ source: any LineSource, _ session: Session) {
    self.source = source
    self.session = session
  }

  var name: String { source.name }

  func nextLine(continuing: Bool) throws -> [UInt8]? {
    session.promptIsUp()
    defer { session.commandBegins() }
    return try source.nextLine(continuing: continuing)
  }

  func nextLines(continuing: Bool) throws -> [UInt8]? {
    session.promptIsUp()
    defer { session.commandBegins() }
    return try source.nextLines(continuing: continuing)
  }
}
