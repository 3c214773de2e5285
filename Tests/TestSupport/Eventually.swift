import Glibc

/// Polls, for states that come without an event.
///
/// Blocks; call it on a thread of its own. A machine that stands still for a while takes no time: only looks count.
///
/// - Throws: `OutOfPatience`, naming what was expected.
package func eventually(
  _ what: String, timeout: Duration = patience, _ condition: () throws -> Bool
) throws {
  var remaining = Patience(timeout)
  while try !condition() {
    guard remaining.look() else { throw OutOfPatience(what) }
    usleep(500)
  }
}
