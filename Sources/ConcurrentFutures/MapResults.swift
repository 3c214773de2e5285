/// The results of `Executor.map`, in input order.
///
/// It can be gone through once, by one consumer, on a thread or in a task. Nothing that was handed out is
/// kept. Dropping it changes nothing: what was submitted runs (MA-15); `cancel()` cancels it.
///
/// ```swift
/// for result in try pool.map(["1", "2", "x"], { Int($0) }) {
///   print(try result.get() ?? -1)
/// }
/// ```
///
/// ```output
/// 1
/// 2
/// -1
/// ```
public final class MapResults<Output: Sendable>: Sequence, IteratorProtocol {
  @usableFromInline
  enum Step {
    case result(Result<Output, any Error>)
    case wait(AnyFuture)
    case end
  }

  /// One of the two.
  @usableFromInline let batch: MapBatch<Output>?
  @usableFromInline let window: MapWindow<Output>?
  /// The values of the batch, here as well: to reach them through it is to retain it for each, whose count lies
  /// where the workers read (a third of the reader's time, measured).
  @usableFromInline let slots: MarkedSlots<Output>?
  /// The places of the batch whose values were found there, and are still to be handed out.
  @usableFromInline @exclusivity(unchecked) var found = 0..<0
  @usableFromInline let deadline: Deadline
  @usableFromInline @exclusivity(unchecked) var isCancelled = false

  @usableFromInline
  init(batch: MapBatch<Output>, deadline: Deadline) {
    self.batch = batch
    slots = batch.values
    window = nil
    self.deadline = deadline
  }

  @usableFromInline
  init(window: MapWindow<Output>, deadline: Deadline) {
    batch = nil
    slots = nil
    self.window = window
    self.deadline = deadline
  }

  deinit {
    batch?.abandon(found)
  }

  /// The next result, waiting for it if need be; `nil` at the end.
  ///
  /// ```swift
  /// let squares = try pool.map(1...2) { $0 * $0 }
  /// if let first = squares.next() { print(try first.get()) }  // 1
  /// ```
  @inlinable
  @available(*, noasync, message: "blocks the thread; iterate with for await over results.async")
  public func next() -> Result<Output, any Error>? {
    while true {
      switch step() {
      case .result(let result): return result
      case .end: return nil
      case .wait(let future):
        if future.isDone(by: deadline) { continue }
        return giveUp(TimeoutError())
      }
    }
  }

  /// Cancels everything that has not begun, and ends the sequence.
  ///
  /// Python: `close()` on the iterator.
  ///
  /// Results that are there already are not handed out any more.
  ///
  /// ```swift
  /// let pages = try pool.map(urls) { try download($0) }
  /// for page in pages {
  ///   if try page.get().contains("needle") { pages.cancel() }
  /// }
  /// ```
  public func cancel() {
    isCancelled = true
    // Forgotten first: what is released below may call this again.
    let unread = found
    found = 0..<0
    batch?.progress.stop(CancelledError())
    batch?.abandon(unread)
    window?.cancel()
  }

  @inlinable
  func step() -> Step {
    if let slots, !found.isEmpty { return .result(.success(takeFound(slots))) }
    if isCancelled { return .end }
    guard let batch, let slots else { return windowStep() }
    switch batch.progress.step() {
    case .succeeded(let places):
      found = places
      return .result(.success(takeFound(slots)))
    case .failure(let error): return .result(.failure(error))
    case .wait(let future): return .wait(future)
    case .end: return .end
    }
  }

  @inlinable
  func takeFound(_ slots: MarkedSlots<Output>) -> Output {
    let index = found.lowerBound
    found = index + 1..<found.upperBound
    return slots.take(index)
  }

  @usableFromInline
  func windowStep() -> Step {
    guard let window else { return .end }
    if let future = window.awaited { return .wait(future) }
    return window.take().map { .result($0) } ?? .end
  }

  /// The next element is not there in time: it becomes `error`, unless it came after all.
  @usableFromInline
  func giveUp(_ error: any Error) -> Result<Output, any Error> {
    if case .result(let result) = step() { return result }
    cancel()
    return .failure(error)
  }
}

extension MapResults {
  /// All results at once, waiting for each in turn.
  ///
  /// ```swift
  /// print(try pool.map(["one", "two", "three"]) { $0.count }.values())  // [3, 3, 5]
  /// ```
  ///
  /// - Throws: The first failure in input order; then what has not begun is cancelled.
  @inlinable
  @available(*, noasync, message: "blocks the thread; iterate with for await over results.async")
  public func values() throws -> [Output] {
    var values: [Output] = []
    while let result = next() {
      do {
        values.append(try result.get())
      } catch {
        cancel()
        throw error
      }
    }
    return values
  }

  /// The same results for `for await`, which suspends the task where iteration would block the thread.
  ///
  /// If the task is cancelled, the first result that would have to be waited for becomes a `CancelledError`,
  /// what has not begun is cancelled, and the sequence ends.
  ///
  /// ```swift
  /// for await page in try pool.map(urls, { try download($0) }).async {
  ///   print(try page.get().count)
  /// }
  /// ```
  public var async: Async { Async(results: self) }

  /// The results of a map as an `AsyncSequence`.
  ///
  /// ```swift
  /// var total = 0
  /// for await square in try pool.map(1...3, { $0 * $0 }).async { total += try square.get() }
  /// print(total)  // 14
  /// ```
  public struct Async: AsyncSequence, AsyncIteratorProtocol {
    let results: MapResults<Output>

    /// The sequence itself.
    public func makeAsyncIterator() -> Async { self }

    /// The next result; `nil` at the end.
    public mutating func next() async -> Result<Output, any Error>? {
      await results.nextAsync()
    }
  }

  fileprivate func nextAsync() async -> Result<Output, any Error>? {
    while true {
      switch step() {
      case .result(let result): return result
      case .end: return nil
      case .wait(let future):
        if await CompletionSet([future]).next(until: deadline) != nil { continue }
        return giveUp(Task.isCancelled ? CancelledError() : TimeoutError())
      }
    }
  }
}
