/// Futures in the order in which they end.
///
/// Python: `concurrent.futures.as_completed()`.
///
/// ```swift
/// for future in asCompleted(futures) {
///   print(try future.result().count)
/// }
/// ```
///
/// In a task the same sequence suspends instead of blocking:
///
/// ```swift
/// for await future in asCompleted(futures) {
///   print(try await future.value.count)
/// }
/// ```
///
/// Those that are done at the call come first, in input order. Failed and cancelled futures come like the
/// others; nothing is raised for them. Leaving the loop early leaves the rest running. The sequence can be
/// gone through once, by one consumer; it keeps no future that it has handed out.
///
/// - Parameter futures: What to wait for; a future that is given twice comes once.
/// - Returns: A sequence that can be gone through once.
@inlinable
public func asCompleted<F: AnyFuture>(_ futures: some Sequence<F>) -> CompletedFutures<F> {
  CompletedFutures(set: CompletionSet(untyped(futures)))
}

/// Futures in the order in which they end, up to a deadline.
///
/// Swift's iteration cannot throw, so each element says whether it is a future or the end of the patience:
///
/// ```swift
/// do {
///   for next in asCompleted(futures, timeout: .seconds(5)) {
///     print(try next.get().result().count)
///   }
/// } catch let error as TimeoutError {
///   print("gave up:", error)
/// }
/// ```
///
/// - Parameters:
///   - futures: What to wait for; a future that is given twice comes once.
///   - timeout: How long to wait for all of them, counted from this call (in Python from the first
///     `next`: AC-07). Whatever is done is handed out before the error, however late the consumer
///     is (AC-08); after the error the sequence ends.
/// - Returns: A sequence that can be gone through once.
@inlinable
public func asCompleted<F: AnyFuture>(
  _ futures: some Sequence<F>, timeout: Duration
) -> TimedCompletedFutures<F> {
  let deadline = Deadline(after: timeout)
  return TimedCompletedFutures(set: CompletionSet(untyped(futures)), deadline: deadline)
}

/// What `asCompleted(_:)` returns.
///
/// ```swift
/// let landing: CompletedFutures<Future<String>> = asCompleted(futures)
/// let lengths = try landing.map { try $0.result().count }
/// print(lengths.count == futures.count)  // true
/// ```
public struct CompletedFutures<F: AnyFuture>: Sequence, AsyncSequence {
  @usableFromInline let set: CompletionSet

  @inlinable
  init(set: CompletionSet) { self.set = set }

  /// The consumer's end.
  @inlinable
  @available(*, noasync, message: "blocks the thread; iterate with for await")
  public func makeIterator() -> Iterator { Iterator(set: set) }

  /// The consumer's end.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(set: set) }

  /// Hands out futures, blocking the thread until the next one is done.
  public struct Iterator: IteratorProtocol {
    @usableFromInline let set: CompletionSet

    @inlinable
    init(set: CompletionSet) { self.set = set }

    /// The next future that is done, or `nil` when all were handed out.
    @inlinable
    public mutating func next() -> F? {
      guard set.remaining > 0, let future = set.next(until: .never) else { return nil }
      return unsafeDowncast(future, to: F.self)
    }
  }

  /// Hands out futures, suspending the task until the next one is done.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let set: CompletionSet

    /// The next future that is done, or `nil` when all were handed out or the task is cancelled.
    public mutating func next() async -> F? {
      guard set.remaining > 0, let future = await set.next(until: .never) else { return nil }
      return unsafeDowncast(future, to: F.self)
    }
  }
}

/// What `asCompleted(_:timeout:)` returns.
///
/// ```swift
/// let landing: TimedCompletedFutures<Future<String>> = asCompleted(futures, timeout: .seconds(60))
/// for next in landing { print(try next.get().result().count) }
/// ```
public struct TimedCompletedFutures<F: AnyFuture>: Sequence, AsyncSequence {
  @usableFromInline let set: CompletionSet
  @usableFromInline let deadline: Deadline

  @inlinable
  init(set: CompletionSet, deadline: Deadline) {
    self.set = set
    self.deadline = deadline
  }

  /// The consumer's end.
  @inlinable
  @available(*, noasync, message: "blocks the thread; iterate with for await")
  public func makeIterator() -> Iterator { Iterator(set: set, deadline: deadline) }

  /// The consumer's end.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(set: set, deadline: deadline) }

  /// Hands out futures, blocking the thread until the next one is done or time is up.
  public struct Iterator: IteratorProtocol {
    @usableFromInline let set: CompletionSet
    @usableFromInline let deadline: Deadline
    @usableFromInline var hasEnded = false

    @inlinable
    init(set: CompletionSet, deadline: Deadline) {
      self.set = set
      self.deadline = deadline
    }

    /// The next future that is done; once, a `TimeoutError`; `nil` after it or when all were handed out.
    @inlinable
    public mutating func next() -> Result<F, TimeoutError>? {
      guard !hasEnded, set.remaining > 0 else { return nil }
      if let future = set.next(until: deadline) {
        return .success(unsafeDowncast(future, to: F.self))
      }
      hasEnded = true
      return .failure(set.timeoutError)
    }
  }

  /// Hands out futures, suspending the task until the next one is done or time is up.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let set: CompletionSet
    let deadline: Deadline
    private var hasEnded = false

    init(set: CompletionSet, deadline: Deadline) {
      self.set = set
      self.deadline = deadline
    }

    /// The next future that is done; once, a `TimeoutError`; `nil` after it, when all were handed out, or
    /// when the task is cancelled.
    public mutating func next() async -> Result<F, TimeoutError>? {
      guard !hasEnded, set.remaining > 0 else { return nil }
      if let future = await set.next(until: deadline) {
        return .success(unsafeDowncast(future, to: F.self))
      }
      hasEnded = true
      return deadline.hasPassed ? .failure(set.timeoutError) : nil
    }
  }
}

/// The futures of any one type, in an array for `CompletionSet`.
///
/// One by one, where the type is known: the conversion of an array casts each element at run time. Optional, so that
/// the set can take the array over and retains nothing once more.
@inlinable
func untyped(_ futures: some Sequence<some AnyFuture>) -> [AnyFuture?] {
  var untyped: [AnyFuture?] = []
  untyped.reserveCapacity(futures.underestimatedCount)
  for future in futures { untyped.append(future) }
  return untyped
}

extension CompletionSet {
  /// Python's words (AC-05).
  @usableFromInline
  var timeoutError: TimeoutError {
    TimeoutError("\(remaining) (of \(total)) futures unfinished")
  }
}
