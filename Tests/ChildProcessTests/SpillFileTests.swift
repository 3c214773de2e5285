import Glibc
import TestSupport
import Testing

@testable import ChildProcess

@Suite struct SpillFileTests {
  @Test func extentsDoubleUpToTheLongest() throws {
    let file = SpillFile(directories: ["/tmp"])
    var extents: [SpillExtent] = []
    for _ in 0..<9 { extents.append(try file.allocate(after: extents.last)) }
    #expect(extents.map { $0.length / 65_536 } == [1, 2, 4, 8, 16, 32, 64, 64, 64])
    #expect(extents.map { $0.offset / 65_536 } == [0, 1, 3, 7, 15, 31, 63, 127, 191])
  }

  @Test func releasedExtentIsUsedAgain() throws {
    let file = SpillFile(directories: ["/tmp"])
    let first = try file.allocate(after: nil)
    let second = try file.allocate(after: nil)
    file.release([first])
    #expect(try file.allocate(after: nil) == first)
    #expect(try file.allocate(after: nil).offset > second.offset)
  }

  @Test func spaceIsGivenBackWithTheOutput() throws {
    let descriptor = try FileDescriptor(adopting: temporaryFile())
    let file = SpillFile(descriptor: descriptor)
    let block = [UInt8](repeating: 1, count: SpillFile.blockSize)
    let extent = try file.allocate(after: nil)
    try block.withUnsafeBytes { try file.write($0, at: extent.offset) }
    var output: CapturedOutput? = CapturedOutput(
      SpilledBytes(count: block.count, extents: [extent], file: file))
    #expect(output?.bytes() == block)
    fsync(descriptor.number)
    #expect(blocksInUse(descriptor) > 0)
    output = nil
    #expect(blocksInUse(descriptor) == 0)
  }

  @Test func triesTheNextDirectory() throws {
    let file = SpillFile(directories: ["/nosuch", "", "/tmp"])
    _ = try file.allocate(after: nil)
    #expect(throws: SystemError(code: ENOENT)) {
      try SpillFile(directories: ["/nosuch"]).allocate(after: nil)
    }
  }

  @Test func outputThatCannotBeReadBack() throws {
    let file = SpillFile(directories: ["/tmp"])
    let output = CapturedOutput(
      SpilledBytes(count: 100, extents: [try file.allocate(after: nil)], file: file))
    #expect(output.failure == nil)
    #expect(output.bytes() == [])
    output.forEachChunk { _ in Issue.record("there is nothing to read") }
    #expect(output.failure == "cannot read the kept output: Input/output error")
  }

  private func temporaryFile() -> Int32 {
    var path = Array("/tmp/SpillFileTests-XXXXXX".utf8CString)
    defer { unlink(path) }
    return mkstemp(&path)
  }

  private func blocksInUse(_ descriptor: FileDescriptor) -> Int {
    var status = stat()
    fstat(descriptor.number, &status)
    return Int(status.st_blocks)
  }
}
