/// Which objects there were, by address: only to find out whether one comes again.
///
/// Open addressing with the simplest hash that spreads addresses.
struct AddressSet {
  /// 0 is a free place; at most half of them are taken.
  private var places: [UInt]
  private let shift: UInt

  /// - Parameter capacity: How many objects there will be at most.
  init(capacity: Int) {
    let bits = UInt(max(2, Int.bitWidth - capacity.leadingZeroBitCount + 1))
    places = [UInt](repeating: 0, count: 1 << bits)
    shift = UInt(UInt.bitWidth) - bits
  }

  /// - Returns: False if the object was there.
  @inline(__always)
  mutating func insert(_ object: AnyObject) -> Bool {
    let address = UInt(bitPattern: ObjectIdentifier(object))
    // Fibonacci hashing: the upper bits of the product depend on all of the address.
    var place = Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while places[place] != 0 {
      if places[place] == address { return false }
      place = (place + 1) & (places.count - 1)
    }
    places[place] = address
    return true
  }
}
