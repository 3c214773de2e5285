import CPlatform
import ConcurrentFutures
import Glibc

/// Sees to it that nothing of a child's process group outlives this process, however that ends.
///
/// The kernel itself kills a child when we die, but not what the child has started. So a small process waits for
/// our end, which it sees by the end of a pipe, and kills the groups whose numbers stand in memory that it shares
/// with us. It is started before the first child that needs it; noting a child costs no system call.
///
/// `@unchecked Sendable`: the numbers are written by one child at a time, each before it runs.
final class Guardian: @unchecked Sendable {
  /// Where the number of one group stands.
  ///
  /// `@unchecked Sendable`: written by the one child whose place it is.
  struct Place: @unchecked Sendable {
    let index: Int
    /// In the shared memory.
    let address: UnsafeMutablePointer<Int32>
  }

  private struct State {
    /// How many places were ever used, and which of them are not any more.
    var used = 0
    var free: [Int] = []
  }

  static let shared = Guardian()

  /// More than there may be processes of one user on most systems; what is not used takes no memory.
  private static let capacity = 64 * 1024

  private let numbers: UnsafeMutablePointer<Int32>?
  private let state = Monitor(State())
  /// Open for as long as this process lives.
  private let lifeline: FileDescriptor?

  private init() {
    guard let numbers = cplatform_shared_numbers(CInt(Self.capacity)), let pipe = try? Pipe(),
      cplatform_start_guardian(numbers, CInt(Self.capacity), pipe.reading.number) == 0
    else {
      // Without one a child itself still dies with us.
      numbers = nil
      lifeline = nil
      return
    }
    self.numbers = numbers
    lifeline = pipe.writing
  }

  /// A place for a child that is about to be started; `nil` if there is none left.
  func reserve() -> Place? {
    guard let numbers else { return nil }
    let index = state.withLock { state -> Int? in
      if let free = state.free.popLast() { return free }
      guard state.used < Self.capacity else { return nil }
      defer { state.used += 1 }
      return state.used
    }
    return index.map { Place(index: $0, address: numbers + $0) }
  }

  /// The child is gone, and its number may become another's.
  func release(_ place: Place) {
    place.address.pointee = 0
    state.withLock { $0.free.append(place.index) }
  }
}
