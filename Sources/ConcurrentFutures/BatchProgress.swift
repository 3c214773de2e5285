import Synchronization

/// Who does what of a batch, and how far it is: everything of `MapBatch` that does not depend on types.
///
/// Workers claim one index after the other from a counter, and mark what they have done. The reader looks at the
/// marks in order. One item at a time is claimed, in order, because item 0 may wait for item 1.
///
/// ```
/// open ──await─▶ awaited ─┐
///  └──────────────────────┴─publish─▶ succeeded, failed      who publishes awaited wakes the reader
/// any ─abandon─▶ abandoned              whoever comes second, publisher or reader, releases the value
/// ```
@usableFromInline
final class BatchProgress: Sendable {
  /// How an item stands.
  @usableFromInline
  enum Mark: UInt32 {
    case open = 0
    case awaited = 1
    case succeeded = 2
    case failed = 3
    case abandoned = 4
  }

  /// What the reader finds at its place.
  @usableFromInline
  enum Step {
    /// Values are there, at all of these places.
    case succeeded(Range<Int>)
    case failure(any Error)
    /// Not there yet; look again when this future is done.
    case wait(Future<Void>)
    case end
  }

  /// What changes rarely.
  struct Rare {
    /// What items threw.
    var failures: [Int: any Error] = [:]
    /// Why nothing more was begun.
    var stopError: (any Error)?
    /// What the reader sleeps on, and for which item.
    var awaited: (index: Int, promise: Promise<Void>)?
  }

  let count: Int
  /// Freed with the batch.
  ///
  /// Everybody who comes to a mark holds that: drainers and the reader. `stop`, which may come later, touches none.
  let marks: Marks
  /// How many are claimed.
  ///
  /// Alone, because every worker changes it for every item and reads the constants above in between.
  private let claimed = LoneCounter()
  /// The reader's place; only the reader changes it.
  let place = LoneCounter()
  private let begunDrainers = Atomic(0)
  /// The first item that was not begun when the batch was stopped.
  let stopped = Atomic(Int.max)
  let rare = Monitor(Rare())
  /// Lets go of the inputs of items that will not be begun, and of the function.
  private let letGo: @Sendable (Range<Int>) -> Void

  @usableFromInline
  init(count: Int, marks: Marks, letGo: @escaping @Sendable (Range<Int>) -> Void) {
    self.count = count
    self.marks = marks
    self.letGo = letGo
  }

  deinit {
    claimed.deallocate()
    place.deallocate()
  }

  // MARK: Workers

  @usableFromInline
  func beginDraining() { begunDrainers.wrappingAdd(1, ordering: .relaxed) }

  /// The next item to run; `nil` when none is left.
  @usableFromInline
  func claim() -> Int? {
    let index = claimed.increment()
    return index < count ? index : nil
  }

  /// The item's value is at its place.
  ///
  /// - Returns: False if nobody will read it: the caller takes it back.
  @usableFromInline
  func succeed(_ index: Int) -> Bool { publish(index, .succeeded) }

  /// The item threw.
  @usableFromInline
  func fail(_ index: Int, _ error: any Error) {
    rare.withLock { $0.failures[index] = error }
    if !publish(index, .failed) { _ = takeFailure(index) }
  }

  private func publish(_ index: Int, _ mark: Mark) -> Bool {
    switch Mark(rawValue: marks.exchange(index, mark.rawValue)) {
    case .abandoned: return false
    case .awaited: tellReader { $0 == index }
    default: break
    }
    return true
  }

  private func tellReader(ifAt isMeant: (Int) -> Bool) {
    let promise = rare.withLock { rare -> Promise<Void>? in
      guard let awaited = rare.awaited, isMeant(awaited.index) else { return nil }
      rare.awaited = nil
      return awaited.promise
    }
    // Nobody else ends it; the reader may only have stopped waiting for it.
    try? promise?.setResult()
  }

  /// How many items nobody has begun, less the drainers that stand in the pool's queue for them.
  func unbegun(drainers: Int) -> Int {
    max(0, count - claimed.value)
      - max(0, drainers - begunDrainers.load(ordering: .relaxed))
  }

  // MARK: Anybody

  /// Nothing more is begun; to the reader, what was not begun has failed with `error`.
  ///
  /// - Returns: Whether there was anything that was not begun.
  @discardableResult
  func stop(_ error: any Error) -> Bool {
    let first = claimed.exchange(count)
    guard first < count else { return false }
    rare.withLock { rare in
      rare.stopError = error
      stopped.store(first, ordering: .relaxed)
    }
    tellReader { $0 >= first }
    letGo(first..<count)
    return true
  }
}
