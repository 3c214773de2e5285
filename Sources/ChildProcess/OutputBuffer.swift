/// Takes one output stream of a child, and turns it into a `CapturedOutput`.
///
/// The stream is read into one block of memory. Whenever the block is full and more comes, it is
/// written to the temporary file and filled anew, so memory does not grow with the output, and a
/// small output never touches the file. Used by one thread, the one in `ChildProcess.wait`.
///
/// Larger blocks are slower (256 KiB: 7 % more processor time for jobs of 1 MB): they no longer
/// stay in the processor's cache between the read and the write.
final class OutputBuffer {
  /// The least that standard libraries gather before they write to a pipe: more may follow at once.
  private static let writersBlockSize = 4096

  private let file: SpillFile

  /// Allocated when the first byte is there: many children write nothing to standard error.
  private var block: UnsafeMutableRawBufferPointer?

  /// How much of the block is filled.
  private var filled = 0

  /// Where the blocks written so far are, and how many bytes they hold.
  private var extents: [SpillExtent] = []
  private var spilledCount = 0

  /// The lengths of the extents in sum.
  private var extentsLength = 0

  /// Why the output could not be kept.
  ///
  /// What still comes is read, for the child must not block, and dropped.
  private(set) var failure: SystemError?

  init(spillingTo file: SpillFile) {
    self.file = file
  }

  deinit {
    block?.deallocate()
    file.release(extents)
  }

  /// Reads once from a pipe that is ready.
  ///
  /// Most programs write 4 or 8 KiB at a time. A reader that runs after each of these writes costs
  /// two context switches and two system calls for it: jobs of 1 MB took 9 % more processor time,
  /// and three times as many switches. So where much comes, the writer is let ahead. (Sleeping for
  /// 50 µs instead takes more than it saves, and `splice` into the file saves 2 %.)
  ///
  /// - Returns: Whether there may be more; `false` at the end of the stream.
  func read(from source: FileDescriptor) -> Bool {
    let block = self.block ?? allocateBlock()
    if filled == block.count {
      if extents.isEmpty { source.enlargePipe() }
      spill()
    }
    let size = source.read(into: UnsafeMutableRawBufferPointer(rebasing: block[filled...]))
    if failure == nil { filled += size }
    if filled >= Self.writersBlockSize && filled < block.count { source.letWriterGoOn() }
    return size > 0
  }

  /// Ends the stream.
  ///
  /// The buffer is of no use afterwards.
  func finish() -> CapturedOutput {
    guard !extents.isEmpty else {
      return CapturedOutput(block.map { [UInt8]($0[..<filled]) } ?? [])
    }
    if filled > 0 { spill() }
    defer { extents = [] }
    return CapturedOutput(SpilledBytes(count: spilledCount, extents: extents, file: file))
  }

  private func allocateBlock() -> UnsafeMutableRawBufferPointer {
    let new = UnsafeMutableRawBufferPointer.allocate(byteCount: SpillFile.blockSize, alignment: 16)
    block = new
    return new
  }

  /// Moves the block's bytes to the file.
  private func spill() {
    guard let block else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: block[..<filled])
    filled = 0
    do throws(SystemError) {
      try file.write(bytes, at: placeOfNextBlock())
      spilledCount += bytes.count
    } catch {
      failure = error
    }
  }

  /// Where the next block goes.
  ///
  /// All blocks but the last are whole, so none lies across two extents.
  private func placeOfNextBlock() throws(SystemError) -> Int {
    if spilledCount == extentsLength {
      let new = try file.allocate(after: extents.last)
      extents.append(new)
      extentsLength += new.length
    }
    let last = extents[extents.count - 1]
    return last.offset + last.length - (extentsLength - spilledCount)
  }
}
