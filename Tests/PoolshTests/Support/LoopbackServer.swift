import Glibc
import TestSupport

/// A small web server on the loopback interface, whose log says what it did at the same time.
///
/// Every connection gets a thread and one answer. Half of a page is sent at once; the rest when as many
/// requests have come as the server is told to bring together.
final class LoopbackServer: Sendable {
  /// What a path leads to; any other path is answered with 404.
  enum Page: Sendable {
    case bytes([UInt8])
    /// Nothing is ever sent.
    case silence
  }

  private static let mostConnections = 100

  let address: String
  let log = ServerLog()
  private let pages: [String: Page]
  private let together: Rendezvous
  private let listener: Connection

  /// Starts the server.
  ///
  /// - Parameters:
  ///   - pages: By path.
  ///   - together: No answer is finished before so many requests have come.
  /// - Throws: `SystemCallFailed`.
  init(_ pages: [String: Page], together: Int) throws {
    self.pages = pages
    self.together = Rendezvous(of: together)
    listener = try Connection.listening()
    address = "http://127.0.0.1:\(try listener.port)"
    startThread { [self] in
      for number in 1...Self.mostConnections {
        guard let connection = listener.accept() else { return }
        startThread { self.serve(connection, number) }
      }
    }
  }

  /// Takes no more connections, and drops those that are open.
  func stop() {
    listener.shutDown()
    log.dropAll()
  }

  private func serve(_ connection: Connection, _ number: Int) {
    guard let path = connection.readRequest() else { return connection.shutDown() }
    log.begin(number, path, connection)
    switch pages[path] {
    case .bytes(let bytes):
      let half = bytes.count / 2
      connection.write(Self.head("200 OK", bytes.count) + bytes[..<half])
      finish(connection, number, with: bytes[half...])
    case .silence:
      try? together.meet()
      connection.waitForClose()
    case nil:
      finish(connection, number, with: Self.head("404 Not Found", 0)[...])
    }
    log.end(number)
    connection.shutDown()
  }

  /// The end is in the log before the client can know of it: what the client does next comes after it.
  private func finish(_ connection: Connection, _ number: Int, with bytes: ArraySlice<UInt8>) {
    try? together.meet()
    log.end(number)
    connection.write(bytes)
  }

  private static func head(_ status: String, _ length: Int) -> [UInt8] {
    Array("HTTP/1.1 \(status)\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n".utf8)
  }
}
