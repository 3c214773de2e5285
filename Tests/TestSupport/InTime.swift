/// Runs something that would hang on a bug on a thread of its own, so that a bug is a message.
///
/// - Parameters:
///   - what: What is being done, for the message.
///   - timeout: How long it may take.
///   - body: The call.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws; `OutOfPatience` if it does not come back.
package func inTime<T: Sendable>(
  _ what: String, timeout: Duration = patience, _ body: @escaping @Sendable () throws -> T
) throws -> T {
  let outcome = Guarded<Result<T, any Error>?>(nil)
  startThread {
    let result = Result { try body() }
    outcome.withLock { $0 = result }
  }
  _ = outcome.wait(timeout) { $0 != nil }
  guard let result = outcome.withLock({ $0 }) else { throw OutOfPatience(what) }
  return try result.get()
}
