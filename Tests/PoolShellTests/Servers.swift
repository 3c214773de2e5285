import Glibc
import TestSupport

/// A TCP port of this host that is taken: nobody listens, or somebody listens and never answers.
final class ReservedPort: Sendable {
  let number: UInt16
  let descriptor: CInt

  init(isListening: Bool = false) throws {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
      }
    }
    self.descriptor = descriptor
    number = UInt16(bigEndian: address.sin_port)
    guard code == 0, !isListening || listen(descriptor, 16) == 0 else {
      throw OutOfPatience("a port to be free")
    }
  }

  deinit { close(descriptor) }
}

/// Answers one request after the other, until it is dropped.
final class HTTPServer: Sendable {
  private let reserved: ReservedPort
  private let pages: [String: String]

  var port: UInt16 { reserved.number }

  /// - Parameter pages: By path: the body, `-> PATH` to redirect, or a status (`404 Not Found`).
  /// - Throws: `OutOfPatience` if there is no port.
  init(_ pages: [String: String]) throws {
    reserved = try ReservedPort(isListening: true)
    self.pages = pages
    startThread { [reserved, pages] in
      while true {
        let connection = accept(reserved.descriptor, nil, nil)
        guard connection >= 0 else { return }
        Self.answer(connection, pages)
        close(connection)
      }
    }
  }

  deinit { shutdown(reserved.descriptor, CInt(SHUT_RDWR)) }

  private static func answer(_ connection: CInt, _ pages: [String: String]) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(connection, &buffer, buffer.count)
    let request = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
    let path = request.split(separator: " ").dropFirst().first.map(String.init) ?? "/"
    let reply = Array(reply(to: pages[path] ?? "404 Not Found").utf8)
    _ = send(connection, reply, reply.count, CInt(MSG_NOSIGNAL))
  }

  private static func reply(to page: String) -> String {
    if page.hasPrefix("-> ") {
      return "HTTP/1.0 302 Found\r\nLocation: \(page.dropFirst(3))\r\nContent-Length: 0\r\n\r\n"
    }
    if page.first?.isNumber == true { return "HTTP/1.0 \(page)\r\nContent-Length: 0\r\n\r\n" }
    return "HTTP/1.0 200 OK\r\nContent-Length: \(page.utf8.count)\r\n\r\n\(page)"
  }
}
