import Glibc
import TestSupport
import Testing

@testable import ChildProcess

@Suite struct CapturedOutputTests {
  /// Around the block's 64 KiB, the first extents' ends and the longest extent.
  @Test(arguments: [
    0, 1, 65_535, 65_536, 65_537, 131_072, 196_608, 196_609, 458_752, 1_000_000, 20_000_001,
  ])
  func bytesAreExact(size: Int) async throws {
    let outcome = try await sh("head -c \(size) /dev/zero | tr '\\0' x; printf '\\0\\377\\n\\r'")
    let expected = Array(repeating: UInt8(ascii: "x"), count: size) + [0, 255, 10, 13]
    #expect(outcome.output.count == expected.count)
    #expect(outcome.output.bytes() == expected)
    #expect(chunks(of: outcome.output) == expected)
    for length in [0, 3, 4, 70_000, size, size + 4, size + 5] {
      #expect(outcome.output.tail(length) == expected.suffix(length))
    }
  }

  @Test func binaryBytesAreExact() async throws {
    let directory = try TemporaryDirectory()
    let file = directory("random")
    _ = try await sh("head -c 3000001 /dev/urandom > '\(file)'")
    let outcome = try await run("cat", [file])
    let sum = try await run("cksum") { $0.input = .file(file) }.output.text
    let copy = directory("copy")
    try await onThread {
      let target = fopen(copy, "we")
      outcome.output.forEachChunk { fwrite($0.baseAddress, 1, $0.count, target) }
      fclose(target)
    }
    #expect(try await run("cksum") { $0.input = .file(copy) }.output.text == sum)
  }

  @Test func bothStreamsAtOnce() async throws {
    let outcome = try await sh("head -c 5000000 /dev/zero & head -c 7000000 /dev/zero >&2; wait")
    #expect(outcome.output.count == 5_000_000)
    #expect(outcome.errorOutput.count == 7_000_000)
  }

  @Test func errorOfTheConsumerIsPassedOn() async throws {
    let outcome = try await sh("head -c 200000 /dev/zero")
    var calls = 0
    #expect(throws: CancellationError.self) {
      try outcome.output.forEachChunk { _ in
        calls += 1
        throw CancellationError()
      }
    }
    #expect(calls == 1)
  }

  @Test func fullDiskEndsTheChild() async throws {
    try await onThread {
      let full = SpillFile(descriptor: try FileDescriptor(adopting: open("/dev/full", O_RDWR)))
      let command = ChildCommand(program: "cat", arguments: ["/dev/zero"])
      let outcome = try ChildProcess.start(command, spillingTo: full).wait()
      #expect(outcome.ending == .failed("cannot keep the output: No space left on device"))
      #expect(outcome.status == .signalled(SIGTERM))
    }
  }

  @Test func temporaryFileThatCannotBeCreated() async throws {
    try await onThread {
      let file = SpillFile(directories: ["/nosuch"])
      let command = shell("head -c 100000 /dev/zero; echo small >&2")
      let outcome = try ChildProcess.start(command, spillingTo: file).wait()
      #expect(outcome.ending == .failed("cannot keep the output: No such file or directory"))
    }
  }

  private func chunks(of output: CapturedOutput) -> [UInt8] {
    var bytes = [UInt8]()
    output.forEachChunk { chunk in
      #expect((1...65_536).contains(chunk.count))
      bytes.append(contentsOf: chunk)
    }
    return bytes
  }
}
