/// Something to be told, once, that a future is done: the one hook behind everything that waits.
///
/// A sleeping `result` (`Latch`), a suspended `await` (`Resumption`), a member of a group wait
/// (`CompletionSet.Member`) and a done-callback (`Callback`) are registrations. The object is list node and
/// token in one, so registering costs a future eight bytes and nothing until somebody does.
class Registration {
  /// The one registered before this one.
  ///
  /// Written under the lock of the future's stripe while it is in the future's list, and by the
  /// thread that took the list afterwards.
  final var next: Registration?

  /// Whether `completed` runs user code.
  ///
  /// Those come last: a slow callback must not delay a waiter (FU-20).
  var isCallback: Bool { false }

  /// The future is done.
  ///
  /// Called exactly once unless withdrawn before, outside of every lock, by the thread that ended
  /// the future.
  func completed(_ future: AnyFuture) {}
}

/// The locks of all futures' lists of registrations.
///
/// Striped by the future's address: a lock of its own would cost each future ten times what the list does,
/// and registering is rare and short. They are leaf locks: nothing is called under them.
enum RegistrationLocks {
  private static let stripes = (0..<64).map { _ in Monitor(()) }

  static func stripe(for future: AnyFuture) -> Monitor<Void> {
    // Objects are 16-byte aligned and mostly 96 bytes apart: the low bits say little.
    let address = UInt(bitPattern: Unmanaged.passUnretained(future).toOpaque())
    return stripes[Int((address >> 5) ^ (address >> 11)) & 63]
  }
}

/// Sleeps until one future is done.
final class Latch: Registration {
  private let isOpen = Monitor(false)

  override func completed(_ future: AnyFuture) {
    isOpen.withLock { $0 = true }
    isOpen.wakeAll()
  }

  /// - Returns: Whether it was opened before the deadline.
  func wait(until deadline: Deadline) -> Bool {
    isOpen.wait(until: deadline) { $0 ? true : nil } ?? false
  }
}

/// Resumes a task that awaits one future.
final class Resumption: Registration {
  private let continuation: CheckedContinuation<Void, Never>

  init(_ continuation: CheckedContinuation<Void, Never>) {
    self.continuation = continuation
  }

  override func completed(_ future: AnyFuture) {
    continuation.resume()
  }
}
