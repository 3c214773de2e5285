/// The batches of a pool that no drainer has come to the end of: who stops the pool stops them.
final class LiveBatches: Sendable {
  private struct Entry {
    let progress: BatchProgress
    let drainers: Int
  }

  /// By identity: every drainer asks for its batch's removal, so with an array many queued maps took quadratic time
  /// (16,000 maps of three elements 3.1 s, and 5 ms with futures).
  private let entries = Monitor<[ObjectIdentifier: Entry]>([:])

  func add(_ progress: BatchProgress, drainers: Int) {
    entries.withLock {
      $0[ObjectIdentifier(progress)] = Entry(progress: progress, drainers: drainers)
    }
  }

  /// A batch of which all items have begun.
  func remove(_ progress: BatchProgress) {
    // What is removed is released outside of the lock: the deinit of an error is user code.
    _ = entries.withLock { $0.removeValue(forKey: ObjectIdentifier(progress)) }
  }

  /// Nothing of any batch is begun any more; each gets an error of its own.
  func stopAll(_ error: () -> any Error) {
    let stopped = entries.withLock { entries in
      defer { entries = [:] }
      return entries
    }
    for entry in stopped.values { entry.progress.stop(error()) }
  }

  /// How many more items wait than drainers that stand in the queue for them.
  var unbegun: Int {
    entries.withLock { $0.values.reduce(0) { $0 + $1.progress.unbegun(drainers: $1.drainers) } }
  }
}
