/// `map` over a pool without a future for each item.
///
/// The items lie in one block, a few futures (*drainers*, one for each worker) go into the pool's queue, and each
/// runs item after item until none is left. So other submissions keep their place: a drainer holds its worker
/// until all items are begun, as queued items would. With a future for each item, which is three allocations, two
/// locks and a trip through the queue, a map over 1,000,000 integers takes ten times as long (measured).
@usableFromInline
final class MapBatch<Output: Sendable>: Sendable {
  @usableFromInline let progress: BatchProgress
  /// Runs an item; let go as soon as none is left to begin, because queued drainers and the results live on (GC-02,
  /// SU-13).
  @usableFromInline let run: Monitor<Body?>
  @usableFromInline let values: MarkedSlots<Output>

  @inlinable
  init<Input: Sendable>(
    _ elements: some Sequence<Input>, _ transform: @escaping @Sendable (Input) throws -> Output
  ) {
    let (inputs, count) = Slots.filled(with: elements)
    let run = Monitor<Body?>(Body { try transform(inputs.take($0)) })
    self.run = run
    values = MarkedSlots(count: count)
    progress = BatchProgress(
      count: count, marks: values.marks,
      letGo: {
        inputs.drop($0)
        _ = run.withLock { $0.take() }
      })
  }

  /// The function that runs an item, in a structure of its own.
  ///
  /// A function that a generic type keeps is called through conversions, and one more for each hand it went through:
  /// bare in the monitor they were a seventh of an item of a map over integers.
  @usableFromInline
  struct Body: Sendable {
    @usableFromInline let call: @Sendable (Int) throws -> Output

    @inlinable
    init(_ call: @escaping @Sendable (Int) throws -> Output) { self.call = call }
  }

  // Every value was read or abandoned by now: the reader and the drainers hold the batch.
  @inlinable
  deinit { values.marks.deallocate() }

  /// Runs items until none is left; on a worker.
  @inlinable
  func drain() {
    progress.beginDraining()
    // The function, not the structure: calling it as a member retains it for each item.
    guard let body = run.withLock({ $0 })?.call else { return }
    while let index = progress.claim() {
      do {
        values.put(try body(index), at: index)
        if !progress.succeed(index) { _ = values.take(index) }
      } catch {
        progress.fail(index, error)
      }
    }
    _ = run.withLock { $0.take() }
  }

  /// Nobody will read any more; what was not begun still runs.
  ///
  /// - Parameter found: The places whose values the reader has found and not taken.
  @inlinable
  func abandon(_ found: Range<Int> = 0..<0) {
    for index in found { _ = values.take(index) }
    progress.abandon { _ = values.take($0) }
  }
}
