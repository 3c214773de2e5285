import ChildProcess
import Glibc

/// A file of lines that several may append to, each line whole or not at all.
///
/// Whoever has it open holds a shared lock; only who is alone may repair what a crash has left.
final class AppendedFile: Sendable {
  private let path: String
  private let descriptor: CInt
  /// Something of which parts can be looked at and taken back: no pipe, no device.
  let isRegular: Bool

  /// Opens a file, or makes it.
  ///
  /// - Throws: `FileSystem.Failure` if it is a directory or cannot be written.
  init(_ path: String) throws {
    self.path = path
    let flags = O_APPEND | O_CREAT | O_CLOEXEC
    var descriptor = Glibc.open(path, O_RDWR | flags, 0o666)
    // A device that can only be written is as good.
    if descriptor < 0 { descriptor = Glibc.open(path, O_WRONLY | flags, 0o666) }
    guard descriptor >= 0 else { throw FileSystem.Failure(path, SystemError.last.text) }
    var status = stat()
    isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    self.descriptor = descriptor
  }

  deinit { Glibc.close(descriptor) }

  /// Does something to the file if nobody else has it open, and lets others open it after that.
  func ifAlone(_ body: () throws -> Void) throws {
    // Where there are no locks, nobody can be asked.
    let isAlone = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
    defer { lockShared() }
    if isAlone { try body() }
  }

  /// Waits for who repairs it, but not for ever: somebody might hold its lock for reasons of his own.
  private func lockShared() {
    for _ in 0..<200 where flock(descriptor, LOCK_SH | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK else { return }
      HostProcess.pause(.milliseconds(5))
    }
  }

  /// How long it is.
  var size: Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Up to so many bytes from a place.
  func bytes(at offset: Int, upTo count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, count, offset) }
    guard read >= 0 else { throw FileSystem.Failure(path, SystemError.last.text) }
    return Array(bytes.prefix(read))
  }

  /// Cuts it off.
  func truncate(to size: Int) throws {
    guard ftruncate(descriptor, size) == 0 else {
      throw FileSystem.Failure(path, SystemError.last.text)
    }
  }

  /// Appends with one write, so that lines of others never come in between.
  ///
  /// What was written of a line that does not fit on the disk is taken back.
  func append(_ line: [UInt8]) throws {
    var written = write(line)
    while written < 0, errno == EINTR { written = write(line) }
    if written == line.count { return }
    var error = SystemError.last
    if written > 0 {
      let end = lseek(descriptor, 0, SEEK_CUR)
      let rest = write(Array(line[written...]))
      if rest == line.count - written { return }
      error = rest < 0 ? SystemError.last : SystemError(code: ENOSPC)
      if isRegular, end == size { _ = ftruncate(descriptor, end - written) }
    }
    throw FileSystem.Failure(path, error.text)
  }

  private func write(_ bytes: [UInt8]) -> Int {
    bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
