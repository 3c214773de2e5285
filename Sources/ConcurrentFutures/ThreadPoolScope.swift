/// Runs `body` with a pool that is shut down at its end, whatever that is.
///
/// Python: `with ThreadPoolExecutor() as pool:`.
///
/// ```swift
/// let sizes = try withThreadPool(maxWorkers: 10) { pool in
///   try pool.map(urls) { try download($0).count }.values()
/// }
/// ```
///
/// When `body` returns, what is queued still runs, and the call returns after the last task. When `body`
/// throws, what is queued is cancelled and running tasks are waited for (Python runs the whole queue first:
/// CM-02).
///
/// - Parameters:
///   - maxWorkers: As for `ThreadPoolExecutor.init`.
///   - threadNamePrefix: As for `ThreadPoolExecutor.init`.
///   - initializer: As for `ThreadPoolExecutor.init`.
///   - body: Given the pool.
/// - Returns: What `body` returns.
/// - Throws: `ValueError` if `maxWorkers` is out of range; what `body` throws.
@available(*, noasync, message: "blocks the thread until every task has ended")
public func withThreadPool<R>(
  maxWorkers: Int? = nil, threadNamePrefix: String = "",
  initializer: (@Sendable () throws -> Void)? = nil, _ body: (ThreadPoolExecutor) throws -> R
) throws -> R {
  let pool = try ThreadPoolExecutor(
    maxWorkers: maxWorkers, threadNamePrefix: threadNamePrefix, initializer: initializer)
  do {
    let value = try body(pool)
    pool.shutdown(wait: true, cancelFutures: false)
    return value
  } catch {
    pool.shutdown(wait: true, cancelFutures: true)
    throw error
  }
}

/// The same in a task: waits for the pool's end without blocking a thread.
///
/// ```swift
/// let squares = try await withThreadPool(maxWorkers: 4) { pool in
///   let futures = try (1...3).map { number in try pool.submit { number * number } }
///   var squares: [Int] = []
///   for future in futures { squares.append(try await future.value) }
///   return squares
/// }
/// print(squares)  // [1, 4, 9]
/// ```
///
/// - Parameters:
///   - maxWorkers: As for `ThreadPoolExecutor.init`.
///   - threadNamePrefix: As for `ThreadPoolExecutor.init`.
///   - initializer: As for `ThreadPoolExecutor.init`.
///   - isolation: The caller's, on which `body` runs.
///   - body: Given the pool.
/// - Returns: What `body` returns.
/// - Throws: `ValueError` if `maxWorkers` is out of range; what `body` throws.
public func withThreadPool<R>(
  maxWorkers: Int? = nil, threadNamePrefix: String = "",
  initializer: (@Sendable () throws -> Void)? = nil,
  isolation: isolated (any Actor)? = #isolation, _ body: (ThreadPoolExecutor) async throws -> R
) async throws -> R {
  let pool = try ThreadPoolExecutor(
    maxWorkers: maxWorkers, threadNamePrefix: threadNamePrefix, initializer: initializer)
  do {
    let value = try await body(pool)
    await pool.shutdown(cancelFutures: false)
    return value
  } catch {
    await pool.shutdown(cancelFutures: true)
    throw error
  }
}
