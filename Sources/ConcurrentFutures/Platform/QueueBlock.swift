/// A block of slots for retained futures, and a link to the next block.
///
/// `@unchecked Sendable`: the queue's two ends share a block. The tail writes a slot before the item is counted,
/// the head reads it after it was counted off, and the pool's word orders the two.
struct QueueBlock: @unchecked Sendable {
  static let capacity = 1023

  private let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  static func allocate() -> QueueBlock {
    let slots = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: capacity + 1)
    slots.initialize(repeating: nil, count: capacity + 1)
    return QueueBlock(slots: slots)
  }

  func deallocate() { slots.deallocate() }

  subscript(index: Int) -> UnsafeMutableRawPointer? {
    get { slots[index] }
    nonmutating set { slots[index] = newValue }
  }

  /// The block that follows, once this one is full.
  var link: QueueBlock? {
    get {
      slots[Self.capacity].map {
        QueueBlock(slots: $0.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
      }
    }
    nonmutating set { slots[Self.capacity] = newValue.map { UnsafeMutableRawPointer($0.slots) } }
  }
}
