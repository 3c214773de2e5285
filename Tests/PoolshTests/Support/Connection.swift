import Glibc

/// A TCP socket on the loopback interface.
final class Connection: Sendable {
  private let descriptor: CInt

  private init(_ descriptor: CInt) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  /// A socket that takes connections, on any free port.
  static func listening() throws -> Connection {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw SystemCallFailed("socket") }
    let connection = Connection(descriptor)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withGeneric(&address) { bind(descriptor, $0, $1) }
    guard code == 0, listen(descriptor, 64) == 0 else { throw SystemCallFailed("listen") }
    return connection
  }

  var port: Int {
    get throws {
      var address = sockaddr_in()
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let code = Self.withGeneric(&address) { pointer, _ in
        getsockname(descriptor, pointer, &size)
      }
      guard code == 0 else { throw SystemCallFailed("getsockname") }
      return Int(UInt16(bigEndian: address.sin_port))
    }
  }

  private static func withGeneric<R>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> R
  ) -> R {
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
    }
  }

  /// The next client; `nil` once the socket is shut down.
  func accept() -> Connection? {
    let client = Glibc.accept(descriptor, nil, nil)
    guard client >= 0 else { return nil }
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    return Connection(client)
  }

  /// Reads the head of a request, of at most 8 kB.
  ///
  /// - Returns: The path it asks for.
  func readRequest() -> String? {
    var head = ""
    var buffer = [UInt8](repeating: 0, count: 1024)
    while !head.contains("\r\n\r\n"), head.utf8.count < 8192 {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      head += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let words = head.split(separator: " ", maxSplits: 2)
    return words.first == "GET" && words.count == 3 ? String(words[1]) : nil
  }

  /// Writes everything, or as much as the client takes.
  func write(_ bytes: some Collection<UInt8>) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Blocks until the client goes away.
  func waitForClose() {
    var byte: UInt8 = 0
    while recv(descriptor, &byte, 1, 0) > 0 {}
  }

  /// Whether the client has gone away.
  var isClosedByClient: Bool {
    var byte: UInt8 = 0
    let flags = CInt(MSG_PEEK | MSG_DONTWAIT)
    return recv(descriptor, &byte, 1, flags) == 0
  }

  /// Ends both directions; whoever waits for this socket goes on.
  func shutDown() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}
