import FoundationEssentials

/// A folder of its own, gone with its last reference.
final class TemporaryFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/LineEditingTests-\(UUID().uuidString)"

  init() {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
