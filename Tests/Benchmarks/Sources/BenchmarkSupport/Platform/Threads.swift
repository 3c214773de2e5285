import Glibc

/// Lets nobody through before `count` threads have come; then it is closed again.
///
/// Made for 2 it is also the gate that a task is held at: the first meeting says that the task is there, the
/// second lets it go.
///
/// `@unchecked Sendable`: a barrier is there to be shared, and its place in memory is fixed.
public final class Barrier: @unchecked Sendable {
  private let barrier = UnsafeMutablePointer<pthread_barrier_t>.allocate(capacity: 1)

  /// Creates a barrier for so many threads.
  public init(_ count: Int) { pthread_barrier_init(barrier, nil, UInt32(count)) }

  deinit {
    pthread_barrier_destroy(barrier)
    barrier.deallocate()
  }

  /// Blocks until everybody has come.
  public func meet() { pthread_barrier_wait(barrier) }
}

/// Where tasks that cannot return anything leave their results.
///
/// `@unchecked Sendable`: each place is written by one task, and read after waiting for it.
public final class Results: @unchecked Sendable {
  private let values: UnsafeMutableBufferPointer<Int>

  /// Room for the results of `n` tasks.
  public init(_ n: Int) {
    values = .allocate(capacity: n)
    values.initialize(repeating: 0)
  }

  deinit { values.deallocate() }

  /// The result of the task with this index.
  public subscript(index: Int) -> Int {
    get { values[index] }
    set { values[index] = newValue }
  }
}

/// Blocks the calling thread for so long.
public func sleep(milliseconds: Int) {
  var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
  nanosleep(&time, nil)
}

/// Has threads produce `n` things, `n / count` each for indices of its own, and returns them by thread.
///
/// If one thread is enough, it is the calling one.
public func produce<R>(
  _ n: Int, onThreads count: Int, _ body: @escaping (Range<Int>) throws -> [R]
) throws -> [[R]] {
  let size = n / count
  if count == 1 { return [try body(0..<size)] }
  let producers = (0..<count).map { number in
    Producer { try body(number * size..<(number + 1) * size) }
  }
  return try producers.map { try $0.join() }
}

/// A thread that lives as long as it is waited for.
private class Thread {
  private var thread = pthread_t()

  final func start() {
    pthread_create(&thread, nil, threadMain, Unmanaged.passUnretained(self).toOpaque())
  }

  final func waitForEnd() { pthread_join(thread, nil) }

  func run() {}
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<Thread>.fromOpaque(argument).takeUnretainedValue().run() }
  return nil
}

private final class Producer<R>: Thread {
  private let body: () throws -> R
  private lazy var result = Result { try body() }

  init(_ body: @escaping () throws -> R) {
    self.body = body
    super.init()
    start()
  }

  override func run() { _ = result }

  func join() throws -> R {
    waitForEnd()
    return try result.get()
  }
}
