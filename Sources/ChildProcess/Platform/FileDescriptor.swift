import CPlatform
import ConcurrentFutures
import Glibc

/// An open file of this process, closed when the last reference is dropped.
///
/// Never inherited by a child but where `SpawnRequest` says so: children are started by many
/// threads at once, and a pipe that another thread's child holds open would never come to its end.
final class FileDescriptor: Sendable {
  /// The number the kernel knows it by, at least 3.
  let number: Int32

  /// Takes over what a system call returned: a descriptor, or -1 and `errno`.
  ///
  /// If this process was started without standard streams, the kernel hands out their numbers 0 to
  /// 2. Such a descriptor would be overwritten while a child's streams are set up, so it is moved
  /// out of the way.
  init(adopting result: Int32) throws(SystemError) {
    guard result >= 0 else { throw SystemError.last }
    guard result <= STDERR_FILENO else {
      number = result
      return
    }
    let moved = cplatform_duplicate_from(result, STDERR_FILENO + 1)
    let error = SystemError.last
    close(result)
    guard moved >= 0 else { throw error }
    number = moved
  }

  deinit {
    close(number)
  }

  /// `/dev/null` for reading, opened once: a child's standard input costs no open and no close
  /// then.
  static func nullDevice() throws(SystemError) -> FileDescriptor {
    try sharedNullDevice.withLock { (shared: inout FileDescriptor?) throws(SystemError) in
      if let shared { return shared }
      let opened = try FileDescriptor(reading: "/dev/null")
      shared = opened
      return opened
    }
  }

  private static let sharedNullDevice = Monitor<FileDescriptor?>(nil)

  /// Opens a file for reading.
  convenience init(reading path: String) throws(SystemError) {
    var result = cplatform_open(path, O_RDONLY | O_NOCTTY)
    while result < 0 && errno == EINTR { result = cplatform_open(path, O_RDONLY | O_NOCTTY) }
    try self.init(adopting: result)
  }

  /// Creates a counter that is not readable until `increment` was called.
  static func eventCounter() throws(SystemError) -> FileDescriptor {
    try FileDescriptor(adopting: cplatform_eventfd())
  }

  /// Creates a descriptor that is readable once the child has exited; `nil` if there is none to be
  /// had.
  static func exit(of child: Int32) -> FileDescriptor? {
    try? FileDescriptor(adopting: cplatform_pidfd_open(child))
  }

  /// Makes an event counter readable.
  func increment() {
    var one: UInt64 = 1
    _ = write(number, &one, MemoryLayout<UInt64>.size)
  }

  /// Makes an event counter unreadable again.
  func reset() {
    var count: UInt64 = 0
    _ = Glibc.read(number, &count, MemoryLayout<UInt64>.size)
  }

  /// Reads what is there, and sleeps until something is if nothing is.
  ///
  /// - Returns: How many bytes were read; 0 at the end, and if the file cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let size = Glibc.read(number, buffer.baseAddress, buffer.count)
      if size >= 0 { return size }
      if errno != EINTR { return 0 }
    }
  }

  /// Makes this pipe take 256 KiB, not 64, until its writer has to wait.
  ///
  /// Nothing happens if the system allows no more: it limits what the pipes of a user may take
  /// together. 1 MiB would save no more time.
  func enlargePipe() {
    _ = cplatform_set_pipe_capacity(number, 256 * 1024)
  }

  /// Gives the processor to whoever wants it, which may be the program that fills this pipe.
  func letWriterGoOn() {
    sched_yield()
  }
}

/// Both ends of a pipe.
struct Pipe {
  let reading: FileDescriptor
  let writing: FileDescriptor

  init() throws(SystemError) {
    var ends: (Int32, Int32) = (-1, -1)
    let result = withUnsafeMutableBytes(of: &ends) { bytes in
      cplatform_pipe(bytes.bindMemory(to: Int32.self).baseAddress)
    }
    guard result == 0 else { throw SystemError.last }
    // The second end must not be lost if the first cannot be moved.
    let second = Result { () throws(SystemError) in try FileDescriptor(adopting: ends.1) }
    reading = try FileDescriptor(adopting: ends.0)
    writing = try second.get()
  }
}
