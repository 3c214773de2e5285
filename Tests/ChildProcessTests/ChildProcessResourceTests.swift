import Glibc
import TestSupport
import Testing

@testable import ChildProcess

/// What is left behind: each test in a process of its own, where nobody else opens files or starts
/// children.
@Suite(.fewAtOnce) struct ChildProcessResourceTests {
  @Test func noDescriptorIsLeft() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        try startAllSorts()
        let before = try openDescriptors()
        for _ in 0..<TestEnvironment.rounds(40, sanitized: 5) { try startAllSorts() }
        #expect(try openDescriptors() == before)
      }
    }
  }

  @Test func noZombieIsLeft() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        try startAllSorts()
        #expect(!hasChildren())
      }
    }
  }

  @Test func droppedChildIsKilledAndReaped() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        var child: ChildProcess? = try .start(shell("trap '' TERM; sleep 60"))
        #expect(hasChildren())
        #expect(child != nil)
        child = nil
        #expect(!hasChildren())
      }
    }
  }

  @Test func memoryDoesNotGrowWithTheOutput() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        let size = TestEnvironment.rounds(300_000_000, sanitized: 30_000_000)
        let command = ChildCommand(program: "head", arguments: ["-c", "\(size)", "/dev/zero"])
        let before = try residentKilobytes()
        let outcome = try ChildProcess.start(command).wait()
        #expect(outcome.output.count == size)
        var sum = 0
        outcome.output.forEachChunk { sum += $0.count }
        #expect(sum == size)
        #expect(try residentKilobytes() - before < 10_000)
      }
    }
  }

  /// What was ignored from the start (`nohup`) stays ignored, as POSIX has it; SIGPIPE is ours to reset.
  @Test func maskAndPipeSignalAreReset() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        for number in [SIGPIPE, SIGHUP, SIGINT] { signal(number, SIG_IGN) }
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        let command = ChildCommand(program: "grep", arguments: ["^Sig", "/proc/self/status"])
        let status = try ChildProcess.start(command).wait().output.text
        #expect(try signals("SigBlk", in: status) == 0)
        let ignored = try signals("SigIgn", in: status)
        let isIgnored = { (number: CInt) in ignored >> UInt64(number - 1) & 1 == 1 }
        #expect(!isIgnored(SIGPIPE))
        #expect(isIgnored(SIGHUP) && isIgnored(SIGINT))
      }
    }
  }

  /// The kernel throws away the status of children whose parent ignores SIGCHLD.
  @Test func statusIsKnownThoughSIGCHLDWasIgnored() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        signal(SIGCHLD, SIG_IGN)
        let outcome = try ChildProcess.start(shell("exit 4")).wait()
        #expect(outcome.status == .exited(4))
        #expect(outcome.ending == .byItself)
      }
    }
  }

  @Test func statusThatWasLost() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        let child = try ChildProcess.start(ChildCommand(program: "true"))
        var status: Int32 = 0
        #expect(waitpid(child.processID, &status, 0) == child.processID)
        let outcome = child.wait()
        #expect(outcome.status == .exited(-1))
        #expect(outcome.ending == .failed("cannot learn the exit status: No child processes"))
      }
    }
  }

  @Test func worksWithoutStandardStreams() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        close(STDIN_FILENO)
        let outcome = try ChildProcess.start(shell("echo out; echo err >&2; cat")).wait()
        #expect(outcome.output.text == "out\n")
        #expect(outcome.errorOutput.text == "err\n")
        #expect(outcome.status == .exited(0))
      }
    }
  }

  @Test func limitOfFileSizeIsAnErrorNotASignal() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        try setLimit(RLIMIT_FSIZE, 1_000_000)
        let outcome = try ChildProcess.start(
          ChildCommand(program: "cat", arguments: ["/dev/zero"])
        ).wait()
        #expect(outcome.ending == .failed("cannot keep the output: File too large"))
      }
    }
  }

  @Test func noDescriptorToBeHad() async {
    await #expect(processExitsWith: .success) {
      try await onThread {
        _ = try ChildProcess.start(ChildCommand(program: "true")).wait()
        let error = try withDescriptorsLeft(2) {
          #expect(throws: SpawnError.self) {
            try ChildProcess.start(ChildCommand(program: "true"))
          }
        }
        #expect(error?.message == "true: cannot start: too many open files")
        #expect(error?.code == EMFILE)
      }
    }
  }

  @Test func manyThreads() async throws {
    let children = TestEnvironment.rounds(20, sanitized: 5)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<64 {
        group.addTask {
          try await onThread {
            for child in 0..<children {
              let outcome = try ChildProcess.start(shell("echo \(thread) \(child) $$")).wait()
              #expect(outcome.output.text.hasPrefix("\(thread) \(child) "))
              #expect(outcome.status == .exited(0))
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Children that other threads are starting hold the script open for writing until their `exec`.
  @Test func scriptWrittenAMomentAgoCanBeStarted() async throws {
    let directory = try TemporaryDirectory()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for thread in 0..<8 {
        group.addTask {
          try await onThread {
            for round in 0..<20 {
              let script = try directory.write(
                "script-\(thread)-\(round)", "#!/bin/sh\necho \(round)\n", mode: 0o755)
              let outcome = try ChildProcess.start(ChildCommand(program: script)).wait()
              #expect(outcome.output.text == "\(round)\n")
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}

/// Five jobs: short, failing, with a large output, overdue, not to be started.
private func startAllSorts() throws {
  _ = try ChildProcess.start(shell("echo a; echo b >&2")).wait()
  _ = try ChildProcess.start(shell("exit 3")).wait()
  let large = try ChildProcess.start(shell("head -c 200000 /dev/zero; exec >&- 2>&-; sleep 0.01"))
  #expect(large.wait().output.count == 200_000)
  _ = try ChildProcess.start(shell("sleep 60", timeout: .milliseconds(1))).wait()
  #expect(throws: SpawnError.self) { try ChildProcess.start(ChildCommand(program: "/nosuch")) }
}

private func openDescriptors() throws -> Int {
  guard let directory = opendir("/proc/self/fd") else { throw SystemCallFailed() }
  defer { closedir(directory) }
  var count = 0
  while readdir(directory) != nil { count += 1 }
  // Without `.`, `..` and the descriptor of the listing.
  return count - 3
}

/// Runs `body` while only so many descriptors can be opened.
private func withDescriptorsLeft<R>(_ count: Int32, _ body: () -> R) throws -> R {
  let lowestFree = dup(STDOUT_FILENO)
  close(lowestFree)
  let before = try setLimit(RLIMIT_NOFILE, rlim_t(lowestFree + count))
  let result = body()
  try setLimit(RLIMIT_NOFILE, before)
  return result
}

/// Sets what this process may use of a resource.
///
/// - Returns: What it was before.
@discardableResult
private func setLimit(_ resource: __rlimit_resource, _ value: rlim_t) throws -> rlim_t {
  let resource = __rlimit_resource_t(resource.rawValue)
  var limit = rlimit()
  guard getrlimit(resource, &limit) == 0 else { throw SystemCallFailed() }
  let before = limit.rlim_cur
  limit.rlim_cur = value
  guard setrlimit(resource, &limit) == 0 else { throw SystemCallFailed() }
  return before
}

/// Whether this process has children, exited or not.
private func hasChildren() -> Bool {
  var info = siginfo_t()
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0
}

private func residentKilobytes() throws -> Int {
  let line = try text(of: "/proc/self/status").split(separator: "\n")
    .first { $0.hasPrefix("VmRSS:") }
  return try #require(
    line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
}

/// A set of signals from a `/proc/PID/status`, bit 0 for signal 1.
private func signals(_ name: String, in status: String) throws -> UInt64 {
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name) })
  return try #require(
    line.split(whereSeparator: \.isWhitespace).last.flatMap { UInt64($0, radix: 16) })
}
