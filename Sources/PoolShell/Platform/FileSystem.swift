import ChildProcess
import Glibc

/// Whole files, read and written byte for byte.
package enum FileSystem {
  /// The file could not be read or written; the message names it.
  package struct Failure: Error {
    package let message: String

    init(_ path: String, _ reason: String) { message = "\(path): \(reason)" }
  }

  /// Opens a file for reading.
  ///
  /// - Throws: `Failure` if it is not there, a directory, or not readable.
  package static func open(_ path: String) throws -> CInt {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(path, SystemError.last.text) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      Glibc.close(descriptor)
      throw Failure(path, SystemError(code: EISDIR).text)
    }
    return descriptor
  }

  /// Whether there is something of that name, even if it cannot be read.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }

  /// Whether it is a file with a content of its own, and no folder, pipe or device.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  package static func close(_ descriptor: CInt) { Glibc.close(descriptor) }

  /// Reads what is there, at most a buffer full.
  ///
  /// - Returns: How many bytes; 0 at the end.
  static func read(_ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw Failure("input", SystemError.last.text) }
    }
  }

  /// The content of a file.
  static func contents(of path: String) throws -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(path, SystemError.last.text) }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Creates or replaces a file with what `body` writes.
  ///
  /// A regular file is replaced as a whole or not at all: it is written beside, and renamed. What is no
  /// regular file (a device, a pipe) is written to as it is.
  static func write(
    _ path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    // `/dev/stdout` may be a file that others write to as well.
    if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") {
      return try writeInPlace(path, O_APPEND, body)
    }
    let target = resolved(path)
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG { return try writeInPlace(path, O_TRUNC, body) }
    let name = "\(target).poolsh-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    let descriptor = Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    // In a folder where nothing can be created a file may still be writable.
    guard descriptor >= 0 else { return try writeInPlace(path, O_TRUNC, body) }
    do {
      if exists { fchmod(descriptor, status.st_mode & 0o7777) }
      try finish(descriptor, path, body)
      guard rename(name, target) == 0 else { throw Failure(path, SystemError.last.text) }
    } catch {
      unlink(name)
      throw error
    }
  }

  /// Where a path leads if it is a symbolic link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeInPlace(
    _ path: String, _ flag: CInt,
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o666)
    guard descriptor >= 0 else { throw Failure(path, SystemError.last.text) }
    try finish(descriptor, path, body)
  }

  /// Writes everything and closes the file, which is the last chance of the file system to say that it kept
  /// nothing.
  private static func finish(
    _ descriptor: CInt, _ path: String,
    _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    do {
      try body { try append($0, to: descriptor, path) }
    } catch {
      Glibc.close(descriptor)
      throw error
    }
    guard Glibc.close(descriptor) == 0 else { throw Failure(path, SystemError.last.text) }
  }

  /// Whether a file could be created or replaced, without touching it.
  ///
  /// - Throws: `Failure` with the reason if not.
  static func checkWritable(_ path: String) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw Failure(path, SystemError(code: EISDIR).text)
      }
      guard access(path, W_OK) == 0 else { throw Failure(path, SystemError.last.text) }
    } else {
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard access(folder, W_OK | X_OK) == 0 else { throw Failure(path, SystemError.last.text) }
    }
  }

  /// Why nothing can start in a folder; `nil` if it can.
  static func directoryFault(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT ? "no such directory" : SystemError.last.text
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return "not a directory" }
    return access(path, X_OK) == 0 ? nil : "permission denied"
  }

  /// Why a file cannot be what programs read; `nil` if it can.
  static func inputFault(_ path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return SystemError.last.text }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return SystemError(code: EISDIR).text
    case S_IFIFO, S_IFSOCK: return "not a file that each program could read from its beginning"
    default: return access(path, R_OK) == 0 ? nil : SystemError.last.text
    }
  }

  private static func append(
    _ bytes: UnsafeRawBufferPointer, to descriptor: CInt, _ path: String
  ) throws {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let written = Glibc.write(descriptor, base, rest.count)
      if written < 0, errno != EINTR { throw Failure(path, SystemError.last.text) }
      if written > 0 { rest = UnsafeRawBufferPointer(rebasing: rest[written...]) }
    }
  }

  /// The paths that a pattern of `*`, `?` and `[…]` matches, sorted; the pattern itself if none does, as in
  /// sh.
  ///
  /// - Throws: `Failure` if a name is not UTF-8, and so cannot be a word.
  static func glob(_ pattern: String) throws -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard Glibc.glob(pattern, 0, nil, &result) == 0 else { return [pattern] }
    return try (0..<Int(result.gl_pathc)).compactMap { index in
      guard let path = result.gl_pathv[index] else { return nil }
      guard let text = String(validatingCString: path) else {
        throw Failure(String(cString: path), "the name is not UTF-8")
      }
      return text
    }
  }
}
