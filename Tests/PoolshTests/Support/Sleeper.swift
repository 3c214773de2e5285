import FoundationEssentials
import Glibc
import TestSupport

/// A child that sleeps until it is ended, and that can be told from all others in the list of processes.
struct Sleeper: Sendable {
  /// Its argument: a length of about an hour that nobody else sleeps.
  let length = "3600.\(UInt64.random(in: 1_000_000_000...9_999_999_999))"

  /// The program and its argument, as `exec` takes them.
  var command: String { "sleep \(length)" }

  /// The ids of the processes that sleep so long.
  var processIDs: [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter(isOne)
  }

  private func isOne(_ processID: pid_t) -> Bool {
    guard let bytes = try? Folder.bytes(of: "/proc/\(processID)/cmdline") else { return false }
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      == ["sleep", length]
  }

  /// Blocks until so many of them run.
  func waitUntilRunning(_ count: Int) throws {
    try eventually("\(count) times \(command) to run") { processIDs.count == count }
  }

  /// Ends those that a failed test has left behind.
  func endAll() {
    for processID in processIDs { kill(processID, SIGKILL) }
  }
}
