import FoundationEssentials
import Glibc

/// What the threads of a process do, as the system tells it.
struct ThreadActivity: Equatable {
  /// How often each thread has begun to sleep.
  private var sleeps: [String: String] = [:]
  /// Whether all of them sleep.
  private(set) var areAllAsleep = true

  /// Looks at a process; one that is gone sleeps.
  init(of processID: pid_t) {
    let folder = "/proc/\(processID)/task"
    for thread in (try? Folder.names(in: folder)) ?? [] {
      guard let bytes = try? Folder.bytes(of: "\(folder)/\(thread)/status") else { continue }
      let lines = String(decoding: bytes, as: UTF8.self).lines
      sleeps[thread] = lines.first { $0.hasPrefix("voluntary_ctxt_switches:") } ?? ""
      let state = lines.first { $0.hasPrefix("State:") } ?? ""
      if state.contains("R (") || state.contains("D (") { areAllAsleep = false }
    }
  }
}
