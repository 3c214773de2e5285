import CPlatform
import Glibc

/// What a path leads to, as far as starting it is concerned.
enum FileKind {
  /// Nothing, or something that cannot be looked at.
  case missing
  case directory

  /// A file that this process may execute.
  case executable
  case notExecutable

  init(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      self = .missing
      return
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      self = .directory
    } else {
      self = access(path, X_OK) == 0 ? .executable : .notExecutable
    }
  }

  /// Whether the file's first line contains a null byte: no text, hence no script.
  static func isBinary(_ path: String) -> Bool {
    guard let file = try? FileDescriptor(reading: path) else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { buffer in
      let size = file.read(into: buffer)
      let newline = UInt8(ascii: "\n")
      return buffer[..<size].first { $0 == 0 || $0 == newline } == 0
    }
  }
}
