/// When `wait(for:until:timeout:)` returns.
///
/// Python: `return_when`.
///
/// ```swift
/// for condition in WaitCondition.allCases { print(condition) }
/// ```
///
/// ```output
/// firstCompleted
/// firstException
/// allCompleted
/// ```
public enum WaitCondition: Sendable, CaseIterable {
  /// When any future is done, cancelled included.
  ///
  /// Python: `FIRST_COMPLETED`.
  ///
  /// ```swift
  /// let (done, notDone) = wait(for: futures, until: .firstCompleted)
  /// for future in notDone { future.cancel() }
  /// print(try done[0].result())
  /// ```
  case firstCompleted
  /// When any future has failed; if none fails, when all are done.
  ///
  /// Being cancelled is no failure. Python: `FIRST_EXCEPTION`.
  ///
  /// ```swift
  /// let (done, _) = wait(for: futures, until: .firstException)
  /// for future in done where !future.isCancelled {
  ///   if let error = try future.exception() { print(error) }
  /// }
  /// ```
  case firstException
  /// When all futures are done.
  ///
  /// Python: `ALL_COMPLETED`.
  ///
  /// ```swift
  /// wait(for: futures, until: .allCompleted)
  /// print(futures.allSatisfy(\.isDone))  // true
  /// ```
  case allCompleted
}

/// Waits for futures, of one executor or of many.
///
/// Python: `concurrent.futures.wait()`.
///
/// ```swift
/// let (done, notDone) = wait(for: futures, timeout: .seconds(5))
/// print("\(done.count) of \(done.count + notDone.count) pages are there")
/// ```
///
/// A cancelled future is done (Python waits for a worker to notice: WA-09, WA-10). Nothing is started,
/// raised or consumed.
///
/// - Parameters:
///   - futures: What to wait for; a future that is given twice counts once.
///   - condition: When to return.
///   - timeout: How long to wait at most; `nil` is for ever, zero or less only looks. Passing it is no
///     error.
/// - Returns: The futures that are done and those that are not, both in input order. `done` may hold more
///   than the condition asks for: everything that is done on return.
/// - Complexity: O(n) in the number of futures, for every call.
@available(
  *, noasync, message: "blocks the thread; await the futures' values or iterate asCompleted"
)
@inlinable
@discardableResult
public func wait<F: AnyFuture>(
  for futures: some Sequence<F>, until condition: WaitCondition = .allCompleted,
  timeout: Duration? = nil
) -> (done: [F], notDone: [F]) {
  let deadline = Deadline(after: timeout)
  var unique = untyped(futures)
  let count = CompletionSet.dropDuplicates(&unique)
  waitUntil(condition, for: unique, count: count, deadline: deadline)
  var done: [F] = []
  var notDone: [F] = []
  for case let future? in unique {
    let typed = unsafeDowncast(future, to: F.self)
    if future.isDone { done.append(typed) } else { notDone.append(typed) }
  }
  return (done, notDone)
}

@usableFromInline
func waitUntil(
  _ condition: WaitCondition, for futures: [AnyFuture?], count: Int, deadline: Deadline
) {
  if isFulfilled(condition, by: futures) { return }
  let set = CompletionSet(unique: futures, count: count)
  while set.remaining > 0, let future = set.next(until: deadline) {
    switch condition {
    case .firstCompleted: return
    case .firstException: if future.hasFailed { return }
    case .allCompleted: break
    }
  }
}

/// Whether nothing needs to be registered at all.
private func isFulfilled(_ condition: WaitCondition, by futures: [AnyFuture?]) -> Bool {
  // Nobody (`nil`) is neither pending nor failed.
  let areAllDone = { futures.allSatisfy { $0?.isDone != false } }
  return switch condition {
  case .firstCompleted: futures.contains { $0?.isDone == true } || areAllDone()
  case .firstException: areAllDone() || futures.contains { $0?.hasFailed == true }
  case .allCompleted: areAllDone()
  }
}

extension AnyFuture {
  /// Whether the task has thrown.
  final var hasFailed: Bool { isDone && failure != nil }
}
