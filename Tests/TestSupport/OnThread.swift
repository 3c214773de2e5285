import Glibc

/// Runs blocking code on a fresh thread with a stack of 8 MiB, so that no test blocks the cooperative pool.
///
/// The thread takes part in the calling task: expectations in `body` are reported for the running test. A
/// body that never comes back ends the process with a message: nothing else can be done about a thread.
package func onThread<T: Sendable>(
  within limit: Duration = .seconds(300), file: StaticString = #fileID, line: UInt = #line,
  _ body: @escaping @Sendable () throws -> T
) async throws -> T {
  let watchdog = Task {
    try await Task.sleep(for: limit)
    fatalError("still blocked after \(limit)", file: file, line: line)
  }
  defer { watchdog.cancel() }
  return try await withTaskExecutorPreference(FreshThreads.shared) { try await run(body) }
}

@concurrent
private func run<T: Sendable>(_ body: @Sendable () throws -> T) async throws -> T { try body() }

/// Runs each job of a task on a thread of its own.
private final class FreshThreads: TaskExecutor {
  static let shared = FreshThreads()

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    startThread { job.runSynchronously(on: FreshThreads.shared.asUnownedTaskExecutor()) }
  }
}

/// Starts a detached thread that is nobody's worker and belongs to no task.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
  pthread_attr_setstacksize(&attributes, 8 << 20)
  let argument = Unmanaged.passRetained(Body(body)).toOpaque()
  var thread = pthread_t()
  let code = pthread_create(&thread, &attributes, threadMain, argument)
  precondition(code == 0, "pthread_create: \(code)")
  pthread_attr_destroy(&attributes)
}

private final class Body: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
