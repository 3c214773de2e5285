import CPlatform
import ConcurrentFutures
import Glibc

/// A range of the temporary file that belongs to one output.
struct SpillExtent: Equatable {
  let offset: Int

  /// A multiple of `SpillFile.blockSize`.
  let length: Int
}

/// The one temporary file that holds all large outputs of this process.
///
/// One file, not one per output: ten thousand large outputs then cost one descriptor. It is created
/// when it is first needed, in TMPDIR or else /tmp, and has no name, so that it is gone with the
/// process however that ends. Each output owns extents of it, the first of 64 KiB and each next
/// twice as long, up to 4 MiB; an extent that is given back becomes a hole in the file, and is used
/// again.
final class SpillFile: Sendable {
  /// Outputs are written and read in blocks of this many bytes.
  static let blockSize = 64 * 1024

  static let longestExtent = 4 * 1024 * 1024

  /// The file of this process.
  static let shared = SpillFile()

  private struct State {
    var descriptor: FileDescriptor?

    /// Where the file ends, as far as extents have been handed out.
    var end = 0

    /// Offsets of the extents that were given back, by length.
    var free: [Int: [Int]] = [:]
  }

  private let state: Monitor<State>
  private let directories: [String]

  /// Prepares the file; it is created in the first directory where that is possible.
  init(directories: [String] = [environmentVariable("TMPDIR"), "/tmp"].compactMap { $0 }) {
    state = Monitor(State())
    self.directories = directories.filter { !$0.isEmpty }
  }

  /// Uses a file that is open.
  init(descriptor: FileDescriptor) {
    state = Monitor(State(descriptor: descriptor))
    directories = []
  }

  /// Hands out the extent that follows `previous` in an output.
  ///
  /// - Throws: `SystemError` if the file cannot be created.
  func allocate(after previous: SpillExtent?) throws(SystemError) -> SpillExtent {
    let length = min(previous.map { $0.length * 2 } ?? Self.blockSize, Self.longestExtent)
    _ = try descriptor()
    return state.withLock { state in
      if let offset = state.free[length]?.popLast() {
        return SpillExtent(offset: offset, length: length)
      }
      defer { state.end += length }
      return SpillExtent(offset: state.end, length: length)
    }
  }

  /// Takes extents back.
  ///
  /// What they hold is lost.
  ///
  /// Where the file system cannot make holes, the space is only used again.
  func release(_ extents: [SpillExtent]) {
    guard !extents.isEmpty, let descriptor = try? descriptor() else { return }
    for extent in extents {
      _ = cplatform_punch_hole(descriptor.number, extent.offset, extent.length)
    }
    state.withLock { state in
      for extent in extents { state.free[extent.length, default: []].append(extent.offset) }
    }
  }

  /// Writes all bytes.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemError) {
    let descriptor = try descriptor()
    var done = 0
    while done < bytes.count {
      let size = pwrite(
        descriptor.number, bytes.baseAddress?.advanced(by: done), bytes.count - done,
        offset + done)
      if size > 0 { done += size } else if size == 0 || errno != EINTR { throw SystemError.last }
    }
  }

  /// Fills the buffer.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) {
    let descriptor = try descriptor()
    var done = 0
    while done < buffer.count {
      let size = pread(
        descriptor.number, buffer.baseAddress?.advanced(by: done), buffer.count - done,
        offset + done)
      if size == 0 { throw SystemError(code: EIO) }
      if size > 0 { done += size } else if errno != EINTR { throw SystemError.last }
    }
  }

  private func descriptor() throws(SystemError) -> FileDescriptor {
    try state.withLock { (state) throws(SystemError) in
      if let descriptor = state.descriptor { return descriptor }
      let created = try create()
      state.descriptor = created
      return created
    }
  }

  /// A file that grows beyond `ulimit -f` is to be an error, not the SIGXFSZ that ends the process.
  private func create() throws(SystemError) -> FileDescriptor {
    _ = cplatform_ignore_if_default(SIGXFSZ)
    var failure = SystemError(code: ENOENT)
    for directory in directories {
      do throws(SystemError) {
        return try Self.create(in: directory)
      } catch {
        failure = error
      }
    }
    throw failure
  }

  /// Not all file systems can open a file without a name (`O_TMPFILE`); there the name is removed
  /// at once.
  private static func create(in directory: String) throws(SystemError) -> FileDescriptor {
    let unnamed = cplatform_open_unnamed(directory)
    if unnamed >= 0 { return try FileDescriptor(adopting: unnamed) }
    var path = Array((directory + "/poolsh-XXXXXX").utf8CString)
    let descriptor = try FileDescriptor(adopting: cplatform_open_unique(&path))
    unlink(path)
    return descriptor
  }
}
