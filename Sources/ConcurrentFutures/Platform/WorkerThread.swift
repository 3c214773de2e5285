import CPlatform
import Glibc

/// A thread of a pool.
enum WorkerThread {
  /// What a new thread is given.
  fileprivate final class Start: Sendable {
    let worker: Worker
    let body: @Sendable (Worker) -> Void

    init(worker: Worker, body: @escaping @Sendable (Worker) -> Void) {
      self.worker = worker
      self.body = body
    }
  }

  /// Starts a detached thread that runs `body` and ends.
  ///
  /// - Parameters:
  ///   - worker: Who the thread is: `Worker.current` on it. Its name is the thread's name in the operating
  ///     system, of which Linux keeps the first 15 bytes.
  ///   - stackSize: In bytes; raised to the system's minimum and rounded up to whole pages.
  ///   - body: What the thread runs.
  /// - Returns: Whether the operating system gave us a thread.
  static func start(
    _ worker: Worker, stackSize: Int, body: @escaping @Sendable (Worker) -> Void
  ) -> Bool {
    let start = Unmanaged.passRetained(Start(worker: worker, body: body))
    let hasStarted = create(start.toOpaque(), stackSize: stackSize)
    if !hasStarted { start.release() }
    return hasStarted
  }

  private static func create(_ start: UnsafeMutableRawPointer, stackSize: Int) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, roundedStackSize(stackSize))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, workerMain, start)
    pthread_attr_destroy(&attributes)
    return code == 0
  }

  private static func roundedStackSize(_ size: Int) -> Int {
    let page = sysconf(CInt(_SC_PAGESIZE))
    let atLeast = max(size, sysconf(CInt(_SC_THREAD_STACK_MIN)))
    return (min(atLeast, .max - page) + page - 1) / page * page
  }
}

/// The thread's first function.
///
/// Not a closure in `create`: the compiler (6.3.1) crashes on that.
private func workerMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  let start = Unmanaged<WorkerThread.Start>.fromOpaque(argument).takeRetainedValue()
  cplatform_set_thread_name(start.worker.name)
  cplatform_set_current_worker(Unmanaged.passUnretained(start.worker).toOpaque())
  start.body(start.worker)
  cplatform_set_current_worker(nil)
  return nil
}

/// One worker of one pool.
final class Worker: Sendable {
  let name: String
  /// Which pool it belongs to; compared, never followed.
  let pool: ObjectIdentifier

  init(name: String, pool: ObjectIdentifier) {
    self.name = name
    self.pool = pool
  }

  /// The worker that the calling thread is, or `nil` if it is none.
  static var current: Worker? {
    guard let pointer = cplatform_current_worker() else { return nil }
    return Unmanaged<Worker>.fromOpaque(pointer).takeUnretainedValue()
  }
}
