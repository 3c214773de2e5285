import Synchronization

/// An atomic counter that shares its cache lines with nothing.
///
/// `@unchecked Sendable`: nothing but an atomic word behind a pointer that never changes.
struct LoneCounter: @unchecked Sendable {
  private let word: UnsafeMutablePointer<Atomic<Int>>

  init() {
    // 128: neighbouring lines are fetched in pairs.
    word = UnsafeMutableRawPointer.allocate(byteCount: 128, alignment: 128)
      .bindMemory(to: Atomic<Int>.self, capacity: 1)
    word.initialize(to: Atomic(0))
  }

  func deallocate() { word.deallocate() }

  var value: Int {
    get { word.pointee.load(ordering: .relaxed) }
    nonmutating set { word.pointee.store(newValue, ordering: .relaxed) }
  }

  /// Counts one, and returns what it was before.
  @inline(__always)
  func increment() -> Int { word.pointee.wrappingAdd(1, ordering: .relaxed).oldValue }

  /// Sets it, and returns what it was before.
  func exchange(_ value: Int) -> Int {
    word.pointee.exchange(value, ordering: .acquiringAndReleasing)
  }
}
