/// A fixed number of elements that different threads take out, each once.
///
/// A class, so that whoever still takes or drops an element keeps the block.
///
/// It does not know which are still there; whoever owns it does, and drops the rest before it goes.
///
/// `@unchecked Sendable`: an element belongs to the thread that claimed its place.
@usableFromInline
final class Slots<Element: Sendable>: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Element>

  @inlinable
  init(count: Int) { base = .allocate(capacity: count) }

  @inlinable
  deinit { base.deallocate() }

  /// Room that is filled with all elements of a sequence, without an array on the way.
  @inlinable
  static func filled(with elements: some Sequence<Element>) -> (slots: Slots, count: Int) {
    // Asked once: who makes elements on the way may promise more the next time.
    let promised = elements.underestimatedCount
    let slots = Slots(count: promised)
    let room = UnsafeMutableBufferPointer(start: slots.base, count: promised)
    var (rest, count) = room.initialize(from: elements)
    guard let next = rest.next() else { return (slots, count) }
    // More than it had promised: a rare sequence, which may cost a copy.
    var all = (0..<count).map { slots.take($0) } + [next]
    while let next = rest.next() { all.append(next) }
    return filled(with: all)
  }

  @inlinable
  func take(_ index: Int) -> Element { (base + index).move() }

  @inlinable
  func drop(_ places: Range<Int>) {
    (base + places.lowerBound).deinitialize(count: places.count)
  }
}
