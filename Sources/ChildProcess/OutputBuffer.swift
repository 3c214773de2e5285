import ConcurrentFutures

/// Takes one output stream of a child, and turns it into a `CapturedOutput`.
///
/// The stream is read into one block of memory. Whenever the block is full and more comes, it is
/// written to the temporary file and filled anew, so memory does not grow with the output, and a
/// small output never touches the file. Filled by one thread, the one in `ChildProcess.wait`; any thread may look at
/// what has come so far.
///
/// Larger blocks are slower (256 KiB: 7 % more processor time for jobs of 1 MB): they no longer
/// stay in the processor's cache between the read and the write.
final class OutputBuffer: Sendable {
  /// The least that standard libraries gather before they write to a pipe: more may follow at once.
  private static let writersBlockSize = 4096

  private struct State {
    /// Allocated when the first byte is there: many children write nothing to standard error.
    var block: UnsafeMutableRawBufferPointer?

    /// How much of the block is filled.
    var filled = 0

    /// Where the blocks written so far are, and how many bytes they hold.
    var extents: [SpillExtent] = []
    var spilledCount = 0

    /// The lengths of the extents in sum.
    var extentsLength = 0

    /// Why the output could not be kept.
    ///
    /// What still comes is read, for the child must not block, and dropped.
    var failure: SystemError?

    /// All of it, once the stream has ended.
    var finished: CapturedOutput?
  }

  private let file: SpillFile
  private let state = Monitor(State())

  init(spillingTo file: SpillFile) {
    self.file = file
  }

  deinit {
    let (block, extents) = state.withLock { ($0.block, $0.extents) }
    block?.deallocate()
    file.release(extents)
  }

  var failure: SystemError? { state.withLock { $0.failure } }

  /// Reads once from a pipe that is ready.
  ///
  /// Most programs write 4 or 8 KiB at a time. A reader that runs after each of these writes costs
  /// two context switches and two system calls for it: jobs of 1 MB took 9 % more processor time,
  /// and three times as many switches. So where much comes, the writer is let ahead. (Sleeping for
  /// 50 µs instead takes more than it saves, and `splice` into the file saves 2 %.)
  ///
  /// - Returns: What has come, which stays where it is until the next call; `nil` at the end of the stream.
  func read(from source: FileDescriptor) -> UnsafeRawBufferPointer? {
    let room = makeRoom { source.enlargePipe() }
    let size = source.read(into: room)
    let isFull = state.withLock { state in
      if state.failure == nil { state.filled += size }
      return size == room.count || state.filled < Self.writersBlockSize
    }
    if !isFull { source.letWriterGoOn() }
    return size > 0 ? UnsafeRawBufferPointer(rebasing: room[..<size]) : nil
  }

  /// Ends the stream.
  ///
  /// The buffer is only looked at afterwards.
  func finish() -> CapturedOutput {
    state.withLock { state in
      if !state.extents.isEmpty, state.filled > 0 { spill(&state) }
      let output: CapturedOutput
      if state.extents.isEmpty {
        output = CapturedOutput(state.block.map { [UInt8]($0[..<state.filled]) } ?? [])
      } else {
        output = CapturedOutput(
          SpilledBytes(count: state.spilledCount, extents: state.extents, file: file))
      }
      state.block?.deallocate()
      (state.block, state.extents, state.finished) = (nil, [], output)
      return output
    }
  }

  /// A part of what has come so far.
  ///
  /// - Parameters:
  ///   - position: How much was taken before.
  ///   - most: At most so many bytes.
  /// - Returns: What comes next; empty if nothing has come since, or it cannot be read.
  func bytes(from position: Int, atMost most: Int) -> [UInt8] {
    state.withLock { state in
      if let finished = state.finished { return finished.bytes(from: position, atMost: most) }
      if position < state.spilledCount { return spilled(state, from: position, atMost: most) }
      guard let block = state.block, position - state.spilledCount < state.filled else { return [] }
      return [UInt8](block[(position - state.spilledCount)..<state.filled].prefix(most))
    }
  }

  /// How much has come so far.
  var count: Int {
    state.withLock { $0.finished?.count ?? $0.spilledCount + $0.filled }
  }

  private func spilled(_ state: State, from position: Int, atMost most: Int) -> [UInt8] {
    var offset = position
    for extent in state.extents {
      guard offset >= extent.length else {
        let count = min(most, extent.length - offset, state.spilledCount - position)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
        defer { buffer.deallocate() }
        do throws(SystemError) {
          try file.read(into: buffer, at: extent.offset + offset)
          return [UInt8](buffer)
        } catch {
          return []
        }
      }
      offset -= extent.length
    }
    return []
  }

  /// The part of the block that is to be filled next.
  private func makeRoom(beforeFirstSpill: () -> Void) -> UnsafeMutableRawBufferPointer {
    state.withLock { state in
      let block = state.block ?? .allocate(byteCount: SpillFile.blockSize, alignment: 16)
      state.block = block
      if state.filled == block.count {
        if state.extents.isEmpty { beforeFirstSpill() }
        spill(&state)
      }
      return UnsafeMutableRawBufferPointer(rebasing: block[state.filled...])
    }
  }

  /// Moves the block's bytes to the file.
  private func spill(_ state: inout State) {
    guard let block = state.block else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: block[..<state.filled])
    state.filled = 0
    do throws(SystemError) {
      try file.write(bytes, at: placeOfNextBlock(&state))
      state.spilledCount += bytes.count
    } catch {
      state.failure = error
    }
  }

  /// Where the next block goes.
  ///
  /// All blocks but the last are whole, so none lies across two extents.
  private func placeOfNextBlock(_ state: inout State) throws(SystemError) -> Int {
    if state.spilledCount == state.extentsLength {
      let new = try file.allocate(after: state.extents.last)
      state.extents.append(new)
      state.extentsLength += new.length
    }
    let last = state.extents[state.extents.count - 1]
    return last.offset + last.length - (state.extentsLength - state.spilledCount)
  }
}
