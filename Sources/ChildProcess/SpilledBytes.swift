import ConcurrentFutures

/// Bytes of one output in the temporary file, whose space is given back with the last reference.
final class SpilledBytes: Sendable {
  let count: Int
  private let extents: [SpillExtent]
  private let file: SpillFile
  private let lastFailure = Monitor<SystemError?>(nil)

  /// Takes over the extents.
  ///
  /// The bytes fill them in order; the last may be filled in part.
  init(count: Int, extents: [SpillExtent], file: SpillFile) {
    self.count = count
    self.extents = extents
    self.file = file
  }

  deinit {
    file.release(extents)
  }

  /// Why the last read that failed has failed; `nil` if none has.
  var failure: SystemError? { lastFailure.withLock { $0 } }

  /// The bytes of a range of positions, fewer if they cannot be read (`failure`).
  func read(_ range: Range<Int>) -> [UInt8] {
    // Making an empty array this way writes to the one that all empty arrays share: a race, if harmless.
    if range.isEmpty { return [] }
    return [UInt8](unsafeUninitializedCapacity: range.count) { array, filled in
      let buffer = UnsafeMutableRawBufferPointer(array)
      while filled < range.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<range.count])
        let size = read(into: rest, from: range.lowerBound + filled)
        if size == 0 { return }
        filled += size
      }
    }
  }

  /// Passes all bytes to `body`, a block at a time; ends early if they cannot be read (`failure`).
  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    let block = UnsafeMutableRawBufferPointer.allocate(
      byteCount: SpillFile.blockSize, alignment: 16)
    defer { block.deallocate() }
    var position = 0
    while position < count {
      let size = read(into: block, from: position)
      if size == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: block[..<size]))
      position += size
    }
  }

  /// Reads from a position to the end of its extent at most.
  ///
  /// - Returns: How many bytes were read; 0 if they cannot be.
  private func read(into buffer: UnsafeMutableRawBufferPointer, from position: Int) -> Int {
    let (extent, offset) = place(of: position)
    let size = min(buffer.count, extent.length - offset, count - position)
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<size])
    do throws(SystemError) {
      try file.read(into: part, at: extent.offset + offset)
      return size
    } catch {
      lastFailure.withLock { $0 = error }
      return 0
    }
  }

  /// The extent a position is in, and how far from the extent's begin.
  private func place(of position: Int) -> (SpillExtent, offset: Int) {
    var offset = position
    for extent in extents {
      if offset < extent.length { return (extent, offset) }
      offset -= extent.length
    }
    preconditionFailure("position \(position) is behind the output's \(count) bytes")
  }
}
