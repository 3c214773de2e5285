import FoundationEssentials
import Glibc

/// A folder of its own under `/tmp`, gone with its last reference.
final class Folder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/PoolshTests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallFailed("mkdtemp") }
    path = template.withUnsafeBytes { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes a file, and the folders above it.
  ///
  /// - Returns: Its path.
  @discardableResult
  func write(
    _ name: String, _ bytes: some Collection<UInt8>, mode: mode_t = 0o644
  ) throws -> String {
    let file = self(name)
    let parent = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: file))
    guard chmod(file, mode) == 0 else { throw SystemCallFailed("chmod") }
    return file
  }

  /// Writes a text file.
  @discardableResult
  func write(_ name: String, _ text: String, mode: mode_t = 0o644) throws -> String {
    try write(name, text.utf8, mode: mode)
  }

  /// What a file holds.
  func bytes(_ name: String) throws -> [UInt8] { try Self.bytes(of: self(name)) }

  /// What a file anywhere holds.
  static func bytes(of path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// What a file holds, as text.
  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The names of what is in a folder, sorted.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// A call of the system that failed, with the reason.
struct SystemCallFailed: Error, CustomStringConvertible {
  let description: String

  init(_ call: String, code: CInt = errno) {
    description = "\(call): \(strerror(code).map { String(cString: $0) } ?? "error \(code)")"
  }
}
