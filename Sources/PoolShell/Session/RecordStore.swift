/// The records of futures by id, in blocks, so that those of a long `map` can be given up.
///
/// A value; whoever shares it guards it. Ids count from 1.
struct RecordStore {
  /// Id n is at (n - 1) % size of its block.
  ///
  /// It is `nil` while it is being submitted, if the pool refused it, and once it is forgotten; a block in which all are
  /// forgotten is empty.
  private var blocks: [[FutureRecord?]] = []
  /// How many of each block are forgotten.
  private var forgotten: [Int] = []
  private(set) var count = 0
  private static let size = 1024

  /// A new id.
  mutating func reserve() -> Int {
    if count % Self.size == 0 {
      blocks.append([])
      blocks[blocks.count - 1].reserveCapacity(Self.size)
      forgotten.append(0)
    }
    blocks[blocks.count - 1].append(nil)
    count += 1
    return count
  }

  /// Gives an id back if it was the last one.
  mutating func giveBack(_ id: Int) {
    guard id == count else { return }
    blocks[blocks.count - 1].removeLast()
    count -= 1
    guard count % Self.size == 0 else { return }
    blocks.removeLast()
    forgotten.removeLast()
  }

  subscript(id: Int) -> FutureRecord? {
    guard id >= 1, id <= count else { return nil }
    let (block, place) = (id - 1).quotientAndRemainder(dividingBy: Self.size)
    return blocks[block].isEmpty ? nil : blocks[block][place]
  }

  mutating func insert(_ record: FutureRecord) {
    let (block, place) = (record.id - 1).quotientAndRemainder(dividingBy: Self.size)
    blocks[block][place] = record
  }

  /// Gives a record up; a block of which nothing is left takes no memory.
  mutating func forget(_ id: Int) {
    let (block, place) = (id - 1).quotientAndRemainder(dividingBy: Self.size)
    guard !blocks[block].isEmpty, blocks[block][place] != nil else { return }
    blocks[block][place] = nil
    forgotten[block] += 1
    if forgotten[block] == Self.size { blocks[block] = [] }
  }

  /// Those that there are in a range of ids, as a copy: a slice would have the next submit copy a block.
  func records(_ ids: ClosedRange<Int>) -> [FutureRecord] {
    let end = min(ids.upperBound, count)
    var found: [FutureRecord] = []
    var id = max(ids.lowerBound, 1)
    while id <= end {
      let (block, place) = (id - 1).quotientAndRemainder(dividingBy: Self.size)
      let last = min(Self.size - 1, place + end - id)
      if !blocks[block].isEmpty {
        for index in place...last { if let record = blocks[block][index] { found.append(record) } }
      }
      id += last - place + 1
    }
    return found
  }

  /// The newest of all.
  var last: FutureRecord? {
    for block in blocks.reversed() {
      if let record = block.last(where: { $0 != nil }) { return record }
    }
    return nil
  }
}
