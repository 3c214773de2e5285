/// What a child wrote to one of its output streams, byte for byte.
///
/// Up to 64 KiB are in memory, more than that in the process's temporary file; its space there is
/// given back when the last reference is dropped. Any thread may read it, many at a time.
package final class CapturedOutput: Sendable {
  private enum Storage {
    case memory([UInt8])
    case spilled(SpilledBytes)
  }

  private let storage: Storage

  /// Keeps bytes in memory.
  init(_ bytes: [UInt8]) {
    storage = .memory(bytes)
  }

  /// Keeps bytes that are in the temporary file.
  init(_ bytes: SpilledBytes) {
    storage = .spilled(bytes)
  }

  /// How many bytes there are.
  package var count: Int {
    switch storage {
    case .memory(let bytes): bytes.count
    case .spilled(let bytes): bytes.count
    }
  }

  /// Whether the child wrote nothing.
  package var isEmpty: Bool { count == 0 }

  /// Why a part of the output could not be read back, in one line; `nil` if nothing of that kind has
  /// happened so far.
  ///
  /// The disk failed, or TMPDIR is on a network mount that went away. Whoever passes output on as a
  /// result asks for this afterwards: the output then ended early.
  package var failure: String? {
    guard case .spilled(let bytes) = storage, let error = bytes.failure else { return nil }
    return "cannot read the kept output: \(error.text)"
  }

  /// All bytes at once, in memory.
  ///
  /// For output of unknown size `forEachChunk` is kinder. See `failure`.
  package func bytes() -> [UInt8] {
    switch storage {
    case .memory(let bytes): bytes
    case .spilled(let bytes): bytes.read(0..<bytes.count)
    }
  }

  /// The last `maxBytes` bytes, or all if there are fewer: the end of an error output, for a message.
  ///
  /// See `failure`.
  package func tail(_ maxBytes: Int) -> [UInt8] {
    switch storage {
    case .memory(let bytes): bytes.suffix(maxBytes)
    case .spilled(let bytes): bytes.read(max(0, bytes.count - maxBytes)..<bytes.count)
    }
  }

  /// At most so many bytes from a position on; fewer at the end.
  ///
  /// See `failure`.
  package func bytes(from position: Int, atMost most: Int) -> [UInt8] {
    guard position < count else { return [] }
    switch storage {
    case .memory(let bytes): return [UInt8](bytes[position...].prefix(most))
    case .spilled(let bytes): return bytes.read(position..<min(bytes.count, position + most))
    }
  }

  /// Passes all bytes to `body`, in order and at most 64 KiB at a time; no call if there are none.
  ///
  /// The buffer is valid only during the call. See `failure`.
  ///
  /// - Throws: What `body` throws.
  package func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
    switch storage {
    case .memory(let bytes):
      if !bytes.isEmpty { try bytes.withUnsafeBytes(body) }
    case .spilled(let bytes): try bytes.forEachChunk(body)
    }
  }
}
