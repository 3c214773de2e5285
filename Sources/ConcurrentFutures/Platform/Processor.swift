import CPlatform
import Glibc

/// What the pool needs to know and ask of the processor.
package enum Processor {
  /// How many processors this process may use, at least 1.
  ///
  /// Heeds the affinity mask, as Python 3.13 does.
  package static var usableCount: Int { Int(cplatform_usable_processors()) }

  /// A short pause inside a loop that waits for another thread to write something.
  @inline(__always)
  package static func spinPause() { cplatform_spin_pause() }

  /// Lets another thread run on this processor.
  package static func yield() { sched_yield() }
}
