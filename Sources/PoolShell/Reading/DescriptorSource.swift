/// Lines from a file or a pipe, read as they come.
package final class DescriptorSource: LineSource {
  package let name: String
  private let descriptor: CInt
  private let closesAtEnd: Bool
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// What of the buffer is read and not handed out.
  private var unread = 0..<0
  private var isAtEnd = false

  /// - Parameters:
  ///   - descriptor: Open for reading.
  ///   - name: How messages call it.
  ///   - closesAtEnd: Whether to close the descriptor when the source goes.
  package init(descriptor: CInt, name: String, closesAtEnd: Bool = false) {
    self.descriptor = descriptor
    self.name = name
    self.closesAtEnd = closesAtEnd
  }

  deinit {
    if closesAtEnd { FileSystem.close(descriptor) }
    buffer.deallocate()
  }

  package func nextLine(continuing: Bool) throws -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if unread.isEmpty, try !fill() { return line.isEmpty ? nil : line }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[unread])
      guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
        line.append(contentsOf: bytes)
        unread = unread.upperBound..<unread.upperBound
        continue
      }
      line.reserveCapacity(line.count + newline + 1)  // the reader adds the newline again
      line.append(contentsOf: bytes[..<newline])
      unread = (unread.lowerBound + newline + 1)..<unread.upperBound
      return line
    }
  }

  package func nextLines(continuing: Bool) throws -> [UInt8]? {
    if unread.isEmpty, try !fill() { return nil }
    if let lines = LineChunk.prefix(of: UnsafeRawBufferPointer(rebasing: buffer[unread])) {
      unread = (unread.lowerBound + lines.count)..<unread.upperBound
      return Array(lines)
    }
    guard var line = try nextLine(continuing: continuing) else { return nil }
    line.append(UInt8(ascii: "\n"))
    return line
  }

  /// Reads what is there; waits only if nothing is.
  private func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    let count = try FileSystem.read(descriptor, into: buffer)
    unread = 0..<count
    isAtEnd = count == 0
    return !isAtEnd
  }
}

extension DescriptorSource {
  /// A script file.
  ///
  /// - Throws: `FileSystem.Failure` if it is not there, a directory, or not readable.
  package convenience init(path: String) throws {
    self.init(descriptor: try FileSystem.open(path), name: path, closesAtEnd: true)
  }
}
