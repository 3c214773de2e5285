import Glibc
import TestSupport

/// A task that prints what the test wants, when the test wants it.
///
/// It reads one pipe after the other, each with a name of its own.
final class Announcer {
  private let folder: Folder
  private var number = 1

  /// Starts the task in a session that is at its prompt; what starts it is not in the history.
  init(in terminal: ScreenTerminal) throws {
    folder = try Folder()
    try makePipe()
    let pipe = folder("$i")
    try terminal.run(" submit { for i in 1..100000 { print \"$(read \(pipe))\" } }")
  }

  private func makePipe() throws {
    guard mkfifo(folder("\(number)"), 0o600) == 0 else { throw SystemCallFailed("mkfifo") }
  }

  /// Has the task print a text, which may have several lines.
  func announce(_ text: String) throws {
    let path = folder("\(number)")
    number += 1
    try makePipe()  // the task goes on to it at once
    var pipe: CInt = -1
    try eventually("the task to listen") {
      pipe = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      return pipe >= 0
    }
    defer { close(pipe) }
    let bytes = Array(text.utf8)
    guard write(pipe, bytes, bytes.count) == bytes.count else { throw SystemCallFailed("write") }
  }
}
