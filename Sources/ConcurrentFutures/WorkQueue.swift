import Synchronization

/// The queue of a pool: first in, first out, unbounded, one lock for each end.
///
/// Items lie in blocks of 1,023 slots and a link; a block is freed when its last item is taken, so memory goes
/// down as the queue drains and nothing is ever copied. How many items there are is the pool's word: each end
/// changes it under its own lock, so what is counted is stored, and in order. Two locks instead of one are
/// worth a factor of 2.4 with eight workers (measured).
struct WorkQueue: ~Copyable {
  private struct End {
    var block: QueueBlock
    var index = 0
  }

  private let tail: Monitor<End>
  private let head: Monitor<End>

  init() {
    let first = QueueBlock.allocate()
    tail = Monitor(End(block: first), spinning: true)
    head = Monitor(End(block: first), spinning: true)
  }

  deinit {
    // Empty by now: workers own the core and leave only when nothing is queued or it was drained. There may
    // be one more block, made for an item that was then refused.
    head.withLock { end in
      end.block.link?.deallocate()
      end.block.deallocate()
    }
  }

  /// Stores one item and has it counted, or refuses it.
  ///
  /// - Parameters:
  ///   - future: The item.
  ///   - counts: Where items are counted; handed on to `count`, because a closure that reaches it through its pool
  ///     retains the pool, whose lines all workers read (8 % of a submit with two workers, measured).
  ///   - count: Asked under the tail's lock, with the item stored: counts it, or returns `nil` to
  ///     refuse it.
  /// - Returns: What `count` returned.
  @inline(__always)
  func append<Effect, Counts: ~Copyable>(
    _ future: AnyFuture, counts: borrowing Counts, count: (borrowing Counts) -> Effect?
  ) -> Effect? {
    let item = Unmanaged.passRetained(future)  // outside of the lock
    let effect = tail.withLock { end -> Effect? in
      if end.index == QueueBlock.capacity {
        let block = QueueBlock.allocate()
        end.block.link = block
        end = End(block: block)
      }
      end.block[end.index] = item.toOpaque()
      guard let effect = count(counts) else { return nil }
      end.index += 1
      return effect
    }
    if effect == nil { item.release() }
    return effect
  }

  /// Runs `body` while nothing can be appended.
  func whileNothingIsAppended<R>(_ body: () -> R) -> R {
    tail.withLock { _ in body() }
  }

  /// Runs `body` while nothing can be taken.
  func whileNothingIsTaken(_ body: () -> Void) {
    head.withLock { _ in body() }
  }

  /// Takes as many items from the head as `decide` counts off, under the head's lock.
  ///
  /// - Parameters:
  ///   - decide: Counts items off the pool's word, and says how many.
  ///   - receive: Given each item, in order, still under the lock: it may only keep it.
  /// - Returns: What `decide` decided.
  func take<Decision>(
    _ decide: () -> (Decision, count: Int), receive: (consuming AnyFuture) -> Void
  ) -> Decision {
    head.withLock { end in
      let (decision, count) = decide()
      for _ in 0..<count {
        if let future = Self.read(&end) { receive(future) }
      }
      return decision
    }
  }

  private static func read(_ end: inout End) -> AnyFuture? {
    if end.index == QueueBlock.capacity, let next = end.block.link {
      end.block.deallocate()
      end = End(block: next)
    }
    guard let item = end.block[end.index] else { return nil }
    end.index += 1
    return Unmanaged<AnyFuture>.fromOpaque(item).takeRetainedValue()
  }
}
