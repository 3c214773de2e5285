/// Maps that run as a batch: they stand in the queue as a few drainers.
extension ThreadPoolCore {
  /// Queues the drainers of a batch, as many as there may be workers.
  ///
  /// - Throws: What `submit` throws, if that leaves anything that has not begun; it never will then.
  @usableFromInline
  func queueDrainers(
    of progress: BatchProgress, _ drain: @escaping @Sendable () -> Void
  ) throws {
    guard progress.count > 0 else { return }
    let drainers = min(limit, progress.count)
    batches.add(progress, drainers: drainers)
    do {
      for _ in 0..<drainers {
        try enqueue(
          Future<Void> {
            drain()
            self.batches.remove(progress)
          })
      }
    } catch {
      batches.remove(progress)
      // Otherwise the first drainers have begun everything, and an element has closed the pool.
      if progress.stop(CancelledError()) { throw error }
    }
  }

  /// What waits for a worker, where each element of a batch counts instead of its drainers.
  func queuedCount(_ counts: ThreadPoolState) -> Int { max(0, counts.queued + batches.unbegun) }
}
