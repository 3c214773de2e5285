import ConcurrentFutures
import Glibc

/// A regular file, open for reading and appending, which no other `LockedFile` has open: in no thread and no
/// process.
final class LockedFile {
  /// A call of the system that failed, or the file is of a kind that is not touched.
  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    static func system(_ code: CInt = errno) -> Failure {
      Failure(strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }
  }

  /// What it is opened for.
  enum Purpose {
    /// Also for writing it anew, if that is allowed.
    case reading
    /// The file, and the folders above it, are made if there is none; for the user alone.
    case adding
  }

  private let descriptor: CInt
  /// Where it is, with symbolic links followed.
  private let path: String

  /// Opens a file, and waits until nobody else has it; `nil` if there is none, and none is to be made.
  ///
  /// - Parameters:
  ///   - path: A symbolic link is followed.
  ///   - purpose: Says whether the file is made.
  /// - Throws: `Failure`, also if another process keeps it locked.
  init?(_ path: String, for purpose: Purpose) throws {
    if purpose == .adding { try Self.makeFolder(above: path) }
    self.path = try Self.resolved(path)
    // Who waited for the lock may have one on a file that was replaced meanwhile.
    while true {
      guard let descriptor = try Self.open(self.path, for: purpose) else { return nil }
      do {
        try Self.lock(descriptor)
        if try Self.isAt(self.path, descriptor) {
          self.descriptor = descriptor
          return
        }
      } catch {
        close(descriptor)
        throw error
      }
      close(descriptor)
    }
  }

  deinit { close(descriptor) }

  // MARK: Opening

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func makeFolder(above path: String) throws {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw Failure.system() }
    try makeFolder(above: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Failure.system() }
  }

  private static func resolved(_ path: String) throws -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let real = realpath(path, nil) else { throw Failure.system() }
    defer { free(real) }
    return String(cString: real)
  }

  private static func open(_ path: String, for purpose: Purpose) throws -> CInt? {
    // A pipe is opened without waiting for its other end, a terminal without becoming ours.
    let flags = O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
    let creating = purpose == .adding ? O_CREAT : 0
    var descriptor = Glibc.open(path, O_RDWR | flags | creating, 0o600)
    if descriptor < 0, purpose == .reading {
      if errno == ENOENT { return nil }
      if errno == EACCES || errno == EROFS { descriptor = Glibc.open(path, O_RDONLY | flags) }
    }
    guard descriptor >= 0 else { throw Failure.system() }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Failure("not a regular file")
    }
    return descriptor
  }

  /// Nobody has the lock for long; a prompt does not wait for one who was stopped with it.
  private static let longestWait: Duration = .seconds(2)

  private static func lock(_ descriptor: CInt) throws {
    let deadline = Deadline(after: longestWait)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw Failure.system() }
      guard !deadline.hasPassed else { throw Failure("another process keeps it locked") }
      usleep(1000)
    }
  }

  private static func isAt(_ path: String, _ descriptor: CInt) throws -> Bool {
    var (named, opened) = (stat(), stat())
    guard fstat(descriptor, &opened) == 0 else { throw Failure.system() }
    guard lstat(path, &named) == 0 else { return false }
    return named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  // MARK: Using

  /// In bytes.
  var size: Int {
    get throws {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw Failure.system() }
      return Int(status.st_size)
    }
  }

  /// All of it.
  func contents() throws -> [UInt8] { try bytes(size, at: 0) }

  /// A part of it; less at its end.
  func bytes(_ count: Int, at offset: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress.map { $0 + filled }, count - filled, offset + filled)
      }
      if read == 0 { break }
      if read < 0, errno != EINTR { throw Failure.system() }
      filled += max(0, read)
    }
    return Array(bytes[..<filled])
  }

  /// Adds bytes with one write.
  func append(_ bytes: [UInt8]) throws {
    let count = write(descriptor, bytes, bytes.count)
    if count < 0 { throw Failure.system() }
    if count < bytes.count { throw Failure.system(ENOSPC) }
  }

  /// Puts another file into its place, as a whole or not at all; this one is then of no more use.
  ///
  /// Those who wait for this file's lock find that out.
  func replace(with bytes: [UInt8]) throws {
    guard try Self.isAt(path, descriptor) else { return }
    let name = "\(path).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    let new = Glibc.open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard new >= 0 else { throw Failure.system() }
    defer { close(new) }
    do {
      try Self.writeAll(bytes, to: new)
      guard fsync(new) == 0, rename(name, path) == 0 else { throw Failure.system() }
    } catch {
      unlink(name)
      throw error
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw Failure.system() }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
