import CPlatform
import ConcurrentFutures
import Glibc

/// Bytes that are kept in order until somebody wants them: in a file without a name, so that memory does not grow with
/// them.
///
/// What the file does not take, because the disk is full or there is none, stays in memory.
///
/// Belongs to whoever holds the lock of its owner.
package final class HeldBytes {
  private static let mostRead = 1 << 16
  private static let watcher = Monitor<(@Sendable (CInt, Int) -> Void)?>(nil)

  /// Has a function told of the file and of the place from which on it is still wanted, for a crash; -1 is no file.
  package static func watch(_ body: @escaping @Sendable (CInt, Int) -> Void) {
    watcher.withLock { $0 = body }
  }

  private func tellWatcher(_ descriptor: CInt) {
    Self.watcher.withLock { $0 }?(descriptor, taken)
  }

  private let descriptor: CInt
  /// How many bytes the file has been given, and how many of them were taken back.
  private var written = 0
  private var taken = 0
  /// What comes behind those in the file.
  private var rest: [UInt8] = []

  /// - Parameter directories: Where the file may be; the first that takes it has it.
  init(
    directories: [String] = [HostProcess.environment("TMPDIR"), "/tmp"].compactMap { $0 }
  ) {
    // A file that grows beyond `ulimit -f` is to be an error, not the end of the process.
    _ = cplatform_ignore_if_default(SIGXFSZ)
    descriptor = directories.lazy.map(Self.open).first { $0 >= 0 } ?? -1
    tellWatcher(descriptor)
  }

  deinit {
    tellWatcher(-1)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Not all file systems can open a file without a name; there the name is removed at once.
  private static func open(in directory: String) -> CInt {
    guard !directory.isEmpty else { return -1 }
    let unnamed = cplatform_open_unnamed(directory)
    if unnamed >= 0 { return unnamed }
    var path = Array((directory + "/poolsh-XXXXXX").utf8CString)
    let named = cplatform_open_unique(&path)
    if named >= 0 { unlink(path) }
    return named
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes
    while descriptor >= 0, rest.isEmpty, !bytes.isEmpty {
      let size = pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(written))
      if size > 0 {
        written += size
        bytes = UnsafeRawBufferPointer(rebasing: bytes[size...])
      } else if size == 0 || errno != EINTR {
        break
      }
    }
    rest.append(contentsOf: bytes)
  }

  /// Takes what came first, not all of it if there is much.
  ///
  /// - Returns: Nothing if nothing is left.
  func takeNext() -> [UInt8] {
    if taken < written {
      let bytes = read(min(Self.mostRead, written - taken))
      taken = bytes.isEmpty ? written : taken + bytes.count
      tellWatcher(descriptor)
      if !bytes.isEmpty { return bytes }
    }
    defer { rest = [] }
    return rest
  }

  private func read(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while true {
        let size = pread(descriptor, buffer.baseAddress, count, off_t(taken))
        if size < 0, errno == EINTR { continue }
        filled = max(0, size)
        return
      }
    }
  }
}
