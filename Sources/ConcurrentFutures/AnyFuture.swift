public import Synchronization

/// A future without the type of its value: what waiting, cancelling and asking for the state need.
///
/// Every `Future<Value>` is an `AnyFuture`, so futures of different types fit in one array for
/// `wait(for:until:timeout:)` and `asCompleted(_:)`. Two futures are equal if they are the same object.
///
/// ```swift
/// let number = try pool.submit { 6 * 7 }
/// let text = try pool.submit { "six times seven" }
/// let (done, _) = wait(for: [number, text] as [AnyFuture])
/// print(done.count)  // 2
/// ```
///
/// All members may be used from any thread. None is ever called while a lock of the library is held.
public class AnyFuture {
  @usableFromInline let state: Atomic<FutureState>

  /// Runs the body and stores the outcome; made where the value's type is known, because a call through the
  /// vtable of a generic class runs unspecialised code (40 % of a worker's time, measured).
  let evaluate: @Sendable (AnyFuture) -> Void

  /// Why it failed.
  ///
  /// Written by the winner of `start` or `claim`; read by everybody once it is done.
  @usableFromInline @exclusivity(unchecked) final var failure: (any Error)?

  /// Who is to be told, the latest first.
  @exclusivity(unchecked) final var registrations: Registration?

  @usableFromInline
  init(evaluate: @escaping @Sendable (AnyFuture) -> Void) {
    state = Atomic(.pending)
    self.evaluate = evaluate
  }

  deinit {
    // A long list must not be released recursively.
    while let registration = registrations {
      registrations = registration.next
      registration.next = nil
    }
  }

  /// Lets go of the body: it will not run.
  func discardBody() {}

  /// The name of the value's type, for `description`.
  var valueTypeName: String { "" }
}

// MARK: - State and cancelling

extension AnyFuture {
  /// Whether the task is being run right now.
  ///
  /// Python: `running()`.
  ///
  /// ```swift
  /// let started = Promise<Void>()
  /// let gate = Promise<Void>()
  /// let answer = try pool.submit {
  ///   try started.setResult()
  ///   try gate.future.result()
  /// }
  /// try started.future.result()
  /// print(answer.isRunning)  // true
  /// try gate.setResult()
  /// ```
  public final var isRunning: Bool {
    let phase = state.load(ordering: .acquiring).phase
    return phase == .running || phase == .completing
  }

  /// Whether the future was cancelled before its task ran.
  ///
  /// Python: `cancelled()`.
  ///
  /// ```swift
  /// let future = Promise<Int>().future
  /// future.cancel()
  /// print(future.isCancelled, future.isDone)  // true true
  /// ```
  public final var isCancelled: Bool { state.load(ordering: .acquiring).phase == .cancelled }

  /// Whether the future is finished, failed or cancelled: nothing will change any more.
  ///
  /// Python: `done()`.
  ///
  /// ```swift
  /// let promise = Promise<Int>()
  /// print(promise.future.isDone)  // false
  /// try promise.setResult(42)
  /// print(promise.future.isDone)  // true
  /// ```
  @inlinable
  public final var isDone: Bool { state.load(ordering: .acquiring).isDone }

  /// Cancels the future if its task has not begun.
  ///
  /// Python: `cancel()`.
  ///
  /// The task will then never run, its closure is released, everybody who waits is told at once, and the
  /// done-callbacks run on this thread before the call returns.
  ///
  /// ```swift
  /// let pool = try ThreadPoolExecutor(maxWorkers: 1)
  /// let gate = Promise<Void>()
  /// let first = try pool.submit { try gate.future.result() }
  /// let second = try pool.submit { print("never") }
  /// print(second.cancel())  // true
  /// try gate.setResult()
  /// wait(for: [first])
  /// ```
  ///
  /// - Returns: True if the future is cancelled, by this call or an earlier one; false if the task is
  ///   running or finished, in which case nothing changes.
  @discardableResult
  public final func cancel() -> Bool {
    switch state.update({ $0.cancel() }) {
    case .now(let isObserved):
      discardBody()
      if isObserved { notifyObservers() }
      return true
    case .before:
      return true
    case .refused:
      return false
    }
  }

  /// Waits for the end and returns what the task threw, or `nil` if it succeeded.
  ///
  /// Python: `exception()`.
  ///
  /// ```swift
  /// let page = try pool.submit { try download("nowhere") }
  /// if let error = try page.exception() { print(error) }  // no such page: nowhere
  /// ```
  ///
  /// - Parameter timeout: How long to wait; `nil` is for ever, zero or less only looks.
  /// - Returns: The task's own error, returned, not thrown.
  /// - Throws: `CancelledError` if the future was cancelled, `TimeoutError` if it is not done in time.
  @available(*, noasync, message: "blocks the thread; await the future's value instead")
  public final func exception(timeout: Duration? = nil) throws -> (any Error)? {
    try waitUntilDone(timeout: timeout)
    if isCancelled { throw CancelledError() }
    return failure
  }
}

// MARK: - Identity and text

extension AnyFuture: Hashable {
  /// Whether both are the same future.
  public static func == (one: AnyFuture, other: AnyFuture) -> Bool { one === other }

  /// Hashes the future's identity.
  public final func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension AnyFuture: CustomStringConvertible {
  /// As Python's `repr`: `<Future at 0x7f… state=finished returned Int>`.
  ///
  /// ```swift
  /// let future = Promise<Int>().future
  /// print(future)  // <Future at 0x[..] state=pending>
  /// ```
  public final var description: String {
    let address = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())
    return "<Future at 0x\(String(address, radix: 16)) state=\(stateDescription)>"
  }

  private var stateDescription: String {
    switch state.load(ordering: .acquiring).phase {
    case .pending: "pending"
    case .running, .completing: "running"
    case .cancelled: "cancelled"
    case .finished:
      if let failure {
        "finished raised \(type(of: failure))"
      } else {
        "finished returned \(valueTypeName)"
      }
    }
  }

  /// The state as Python's `InvalidStateError` spells it.
  final var stateName: String {
    switch state.load(ordering: .acquiring).phase {
    case .pending: "PENDING"
    case .running, .completing: "RUNNING"
    case .cancelled: "CANCELLED"
    case .finished: "FINISHED"
    }
  }
}
