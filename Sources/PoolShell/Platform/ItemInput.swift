import ChildProcess
import ConcurrentFutures
import Glibc

/// A file or standard input whose bytes come as they are asked for, without ever blocking who asks.
///
/// What is a file is read at once. Of a pipe or a terminal that has nothing to read yet a thread says when it has; that
/// thread only looks and never reads, so not a byte is taken that nobody has asked for.
///
/// Belongs to one thread.
final class ItemInput {
  /// What there is now.
  enum Chunk {
    case bytes([UInt8])
    case end
    /// Nothing yet; to be asked again when this is done.
    case later(AnyFuture)
  }

  /// Closes itself when nobody looks at it any more.
  private final class Descriptor: Sendable {
    let number: CInt

    init(_ number: CInt) { self.number = number }

    deinit { if number > 2 { Glibc.close(number) } }
  }

  private let path: String
  private let isRegular: Bool
  private var descriptor: Descriptor?
  private var opening: Future<Descriptor>?
  private var looking: Future<Void>?
  private lazy var wake = WakePipe()
  private lazy var thread = try? ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "input")
  private static let chunkSize = 1 << 16

  /// The name under which standard input is asked for.
  static let standardInput = "-"

  /// - Parameter path: `-` is standard input. It is opened when the first byte is asked for.
  /// - Throws: `FileSystem.Failure` if it is not there, a directory, or not readable.
  init(_ path: String) throws {
    self.path = path
    if path == Self.standardInput {
      descriptor = Descriptor(0)
      isRegular = Self.isRegular(0)
    } else {
      isRegular = try FileSystem.checkReadable(path)
    }
  }

  /// Whoever looks whether there is something stops looking.
  deinit { if looking?.isDone == false { wake?.wake() } }

  private static func isRegular(_ descriptor: CInt) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The next bytes, at most a buffer full.
  ///
  /// - Throws: `FileSystem.Failure` if they cannot be read.
  func next() throws -> Chunk {
    if descriptor == nil, let later = try open() { return .later(later) }
    guard let descriptor else { return .end }
    if !isRegular, !Self.isReadable(descriptor), let later = look(at: descriptor) {
      return .later(later)
    }
    looking = nil
    let bytes = try read(descriptor)
    return bytes.isEmpty ? .end : .bytes(bytes)
  }

  /// A named pipe is opened when somebody opens its other end, which is waited for like its content.
  private func open() throws -> AnyFuture? {
    if let opening {
      guard opening.isDone else { return opening }
      descriptor = try opening.result(timeout: .zero)
      return nil
    }
    let path = path
    if !isRegular, let future = try? thread?.submit({ Descriptor(try FileSystem.open(path)) }) {
      opening = future
      return future
    }
    descriptor = Descriptor(try FileSystem.open(path))
    return nil
  }

  /// What cannot be asked is read, which then says what is wrong.
  private static func isReadable(_ descriptor: Descriptor) -> Bool {
    var asked = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    return poll(&asked, 1, 0) != 0
  }

  /// - Returns: What is done when there is something to read; `nil` if no thread can be had that looks.
  private func look(at descriptor: Descriptor) -> AnyFuture? {
    if let looking, !looking.isDone { return looking }
    guard let wake else { return nil }
    looking = try? thread?.submit { wake.wait(for: descriptor.number) }
    return looking
  }

  private func read(_ descriptor: Descriptor) throws -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, count in
      var result = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
      while result < 0, errno == EINTR {
        result = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
      }
      if result < 0 { failure = errno }
      count = max(0, result)
    }
    guard failure == 0 else {
      let name = path == Self.standardInput ? "standard input" : path
      throw FileSystem.Failure(name, SystemError(code: failure).text)
    }
    return bytes
  }
}

/// A pipe that ends a wait for something else.
private final class WakePipe: Sendable {
  private let readEnd: CInt
  private let writeEnd: CInt

  init?() {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (readEnd, writeEnd) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func wake() {
    var byte: UInt8 = 0
    Glibc.write(writeEnd, &byte, 1)
  }

  /// Returns when there is something to read, or after `wake`.
  func wait(for descriptor: CInt) {
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&descriptors, 2, -1) < 0, errno == EINTR {}
  }
}

extension FileSystem {
  /// Whether a file can be read, without opening it: a named pipe would notice.
  ///
  /// - Returns: Whether it is a regular file.
  /// - Throws: `Failure` with the reason if it cannot be read.
  static func checkReadable(_ path: String) throws -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, access(path, R_OK) == 0 else {
      throw Failure(path, SystemError.last.text)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw Failure(path, SystemError(code: EISDIR).text)
    }
    return status.st_mode & S_IFMT == S_IFREG
  }
}
