import TestSupport

/// The folders of a person: nobody's real history or settings are touched.
final class Home: Sendable {
  let folder: Folder

  init() throws {
    folder = try Folder()
    try folder.write("home/.keep", "")
  }

  var path: String { folder("home") }

  /// Where the history is if nothing else is said.
  var historyPath: String { folder("home/.local/state/poolsh/history") }

  /// What the history file holds; empty if there is none.
  var history: String { (try? Folder.bytes(of: historyPath)).map(Self.text) ?? "" }

  /// Writes `~/.config/poolsh/rc.poolsh`.
  func writeSettings(_ text: String) throws {
    try folder.write("home/.config/poolsh/rc.poolsh", text)
  }

  /// Writes a history file, in bytes as they are.
  func writeHistory(_ text: String) throws {
    try folder.write("home/.local/state/poolsh/history", text, mode: 0o600)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
