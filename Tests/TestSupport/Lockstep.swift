import Glibc
import Synchronization

/// Runs a body on several threads at once, round after round, so that they really collide: the threads of a
/// round spin until all have come, and nobody is woken.
///
/// - Parameters:
///   - threads: How many.
///   - rounds: How often.
///   - body: Given the thread's number and the round's.
/// - Throws: `OutOfPatience` if a thread does not come to the end.
package func inLockstep(
  threads: Int, rounds: Int, _ body: @escaping @Sendable (_ thread: Int, _ round: Int) -> Void
) throws {
  let (arrivals, done) = (Arrivals(), Rendezvous(of: threads + 1))
  for thread in 0..<threads {
    startThread {
      for round in 0..<rounds {
        arrivals.arrive(andWaitFor: (round + 1) * threads)
        body(thread, round)
      }
      try? done.meet(timeout: patience * 4)
    }
  }
  try done.meet(timeout: patience * 4)
}

private final class Arrivals: Sendable {
  private let count = Atomic(0)

  func arrive(andWaitFor all: Int) {
    var looks = count.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue < all ? 1 : 0
    while looks > 0, count.load(ordering: .acquiring) < all {
      looks += 1
      if looks.isMultiple(of: 200) { sched_yield() }
    }
  }
}
