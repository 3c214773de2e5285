/// A set of futures' ids, in order, kept as ranges.
///
/// Futures are submitted and mostly end in a row, so a script that asks again and again what is not done yet
/// asks about a few ranges, not about every future: 10,000 futures in line are one range.
package struct IDSet: Sendable, Equatable {
  /// In order; between two of them at least one id is missing.
  private var list: [ClosedRange<Int>] = []
  /// The only id, which then is not in the list: every `submit` gives such a set back, and a list for it took 400
  /// instructions; 0 if there is none.
  private var only = 0
  package private(set) var count = 0

  package init() {}

  /// A set of one id, which is at least 1.
  package init(only id: Int) {
    only = id
    count = 1
  }

  /// - Complexity: O(n) if the ids are in order.
  package init(_ ids: some Sequence<Int>) {
    for id in ids { insert(id) }
  }

  package var isEmpty: Bool { count == 0 }

  package var ranges: [ClosedRange<Int>] { only == 0 ? list : [only...only] }

  package static func == (one: IDSet, other: IDSet) -> Bool { one.ranges == other.ranges }

  /// Puts the only id into the list, which is about to change.
  private mutating func unfold() {
    guard only != 0 else { return }
    list = ranges
    only = 0
  }

  /// - Complexity: O(log r) in the number of ranges.
  package func contains(_ id: Int) -> Bool {
    if only != 0 { return only == id }
    let index = indexOfRange(notBelow: id)
    return index < list.count && list[index].lowerBound <= id
  }

  /// The first range that does not end before an id.
  private func indexOfRange(notBelow id: Int) -> Int {
    guard let last = list.last, last.upperBound >= id else { return list.count }
    var (low, high) = (0, list.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if list[middle].upperBound < id { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Puts an id in.
  ///
  /// - Returns: False if it was there.
  /// - Complexity: O(1) after all others, else O(log r) and moving the ranges behind it.
  @discardableResult
  package mutating func insert(_ id: Int) -> Bool {
    unfold()
    // Mostly the next one.
    if let last = list.last, last.upperBound == id - 1 {
      list[list.count - 1] = last.lowerBound...id
      count += 1
      return true
    }
    let index = indexOfRange(notBelow: id)
    let follows = index > 0 && list[index - 1].upperBound == id - 1
    let precedes: Bool
    if index < list.count {
      if list[index].lowerBound <= id { return false }
      precedes = list[index].lowerBound == id + 1
    } else {
      precedes = false
    }
    count += 1
    switch (follows, precedes) {
    case (true, true):
      list[index - 1] = list[index - 1].lowerBound...list[index].upperBound
      list.remove(at: index)
    case (true, false): list[index - 1] = list[index - 1].lowerBound...id
    case (false, true): list[index] = id...list[index].upperBound
    case (false, false): list.insert(id...id, at: index)
    }
    return true
  }

  /// Takes an id out.
  ///
  /// - Returns: False if it was not there.
  @discardableResult
  package mutating func remove(_ id: Int) -> Bool {
    unfold()
    let index = indexOfRange(notBelow: id)
    guard index < list.count, list[index].lowerBound <= id else { return false }
    let range = list[index]
    count -= 1
    switch (range.lowerBound == id, range.upperBound == id) {
    case (true, true): list.remove(at: index)
    case (true, false): list[index] = (id + 1)...range.upperBound
    case (false, true): list[index] = range.lowerBound...(id - 1)
    case (false, false):
      list[index] = range.lowerBound...(id - 1)
      list.insert((id + 1)...range.upperBound, at: index + 1)
    }
    return true
  }

  /// The ids of both.
  ///
  /// - Complexity: O(r) in the ranges of both.
  package func union(_ other: IDSet) -> IDSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    var both = IDSet()
    var (mine, others) = (ranges[...], other.ranges[...])
    while let one = mine.first ?? others.first, let two = others.first ?? mine.first {
      let takesMine = others.isEmpty || (!mine.isEmpty && one.lowerBound <= two.lowerBound)
      both.append(takesMine ? one : two)
      if takesMine { mine.removeFirst() } else { others.removeFirst() }
    }
    return both
  }

  /// Adds a range that begins no earlier than the last one.
  private mutating func append(_ range: ClosedRange<Int>) {
    guard let last = list.last, last.upperBound >= range.lowerBound - 1 else {
      count += range.count
      return list.append(range)
    }
    guard range.upperBound > last.upperBound else { return }
    count += range.upperBound - last.upperBound
    list[list.count - 1] = last.lowerBound...range.upperBound
  }
}

extension IDSet: Sequence, ExpressibleByArrayLiteral {
  package init(arrayLiteral ids: Int...) { self.init(ids) }

  package var underestimatedCount: Int { count }

  package func makeIterator() -> Iterator { Iterator(ranges) }

  /// Goes through the ids, smallest first.
  package struct Iterator: IteratorProtocol {
    private let ranges: [ClosedRange<Int>]
    private var index = 0
    /// How many of the range at the index were handed out.
    private var offset = 0

    fileprivate init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    package mutating func next() -> Int? {
      guard index < ranges.count else { return nil }
      let range = ranges[index]
      let id = range.lowerBound + offset
      if id == range.upperBound { (index, offset) = (index + 1, 0) } else { offset += 1 }
      return id
    }
  }
}
