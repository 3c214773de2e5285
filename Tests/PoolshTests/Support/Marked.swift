import FoundationEssentials
import Glibc
import TestSupport

/// A variable of the environment by which a program, and all that it has started, can be told from all others.
struct Marked: Sendable {
  let value = "mark-\(UInt64.random(in: 1...UInt64.max))"

  var environment: [String: String] { ["POOLSH_TEST_MARK": value] }

  /// The processes that have it, but for those that have exited and are not reaped.
  var processes: [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter(isOne)
  }

  private func isOne(_ processID: pid_t) -> Bool {
    guard let bytes = try? Folder.bytes(of: "/proc/\(processID)/environ") else { return false }
    let entry = Array("POOLSH_TEST_MARK=\(value)".utf8)
    return bytes.split(separator: 0).contains { $0.elementsEqual(entry) }
  }

  /// Blocks until none is left.
  ///
  /// - Throws: `OutOfPatience`, after ending what is left.
  func waitUntilGone() throws {
    do {
      try eventually("all that was started to be gone") { processes.isEmpty }
    } catch {
      for processID in processes { kill(processID, SIGKILL) }
      throw error
    }
  }
}
