import ConcurrentFutures

/// What a source of items says when it is asked for the next one.
enum NextItem {
  /// What stands for the item's columns, or for the items of several lists; mostly one text.
  case item([String])
  case end
  /// Nothing yet; to be asked again when this is done.
  case later(AnyFuture)
}

/// Gives the items of one job after the other, and never blocks.
///
/// A source that is made of others keeps what it has of them when one of them says `later`, so that nothing is lost.
protocol ItemSource: AnyObject {
  func next() throws -> NextItem
}

/// What stands behind `:::`; the numbers of a range are made as they are asked for.
final class ListedItems<Texts: RandomAccessCollection>: ItemSource
where Texts.Element == String, Texts.Index == Int {
  private let texts: Texts
  private var index = 0

  init(_ texts: Texts) { self.texts = texts }

  func next() -> NextItem {
    guard index < texts.endIndex else { return .end }
    defer { index += 1 }
    return .item([texts[index]])
  }
}

/// One source after the other: the words and files of one list.
final class ChainedItems: ItemSource {
  private var sources: ArraySlice<any ItemSource>

  init(_ sources: [any ItemSource]) { self.sources = sources[...] }

  func next() throws -> NextItem {
    while let source = sources.first {
      let next = try source.next()
      guard case .end = next else { return next }
      sources.removeFirst()
    }
    return .end
  }
}

/// Several lists in pairs, up to the end of the shortest.
final class ZippedItems: ItemSource {
  private let sources: [any ItemSource]
  /// Of the lists before the one that is asked.
  private var begun: [[String]] = []

  init(_ sources: [any ItemSource]) { self.sources = sources }

  func next() throws -> NextItem {
    while begun.count < sources.count {
      let next = try sources[begun.count].next()
      guard case .item(let item) = next else { return next }
      begun.append(item)
    }
    defer { begun = [] }
    return .item(begun.flatMap(\.self))
  }
}

/// Every combination of several lists; the last list varies fastest, as with GNU parallel.
///
/// The first list is read as it comes, the others are kept.
final class CrossedItems: ItemSource {
  private let first: any ItemSource
  private var unread: ArraySlice<any ItemSource>
  private var lists: [[[String]]] = []
  /// What there is of the list that is being read.
  private var reading: [[String]] = []
  /// What is combined now, and how many combinations it has given.
  private var current: [String]?
  private var given = 0

  init(_ sources: [any ItemSource]) {
    first = sources[0]
    unread = sources.dropFirst()
  }

  func next() throws -> NextItem {
    if let later = try readLists() { return .later(later) }
    let count = lists.reduce(1) { $0 * $1.count }
    guard count > 0 else { return .end }
    if current == nil || given == count {
      let next = try first.next()
      guard case .item(let item) = next else { return next }
      (current, given) = (item, 0)
    }
    defer { given += 1 }
    return .item((current ?? []) + combination(given))
  }

  private func readLists() throws -> AnyFuture? {
    while let source = unread.first {
      switch try source.next() {
      case .item(let item): reading.append(item)
      case .later(let future): return future
      case .end:
        lists.append(reading)
        reading = []
        unread.removeFirst()
      }
    }
    return nil
  }

  private func combination(_ number: Int) -> [String] {
    var rest = number
    var items: [[String]] = []
    for list in lists.reversed() {
      items.append(list[rest % list.count])
      rest /= list.count
    }
    return items.reversed().flatMap(\.self)
  }
}

/// So many items for each job; the last one may have fewer.
final class GroupedItems: ItemSource {
  private let source: any ItemSource
  private let size: Int
  private var group: [String] = []

  init(_ source: any ItemSource, size: Int) {
    self.source = source
    self.size = size
  }

  func next() throws -> NextItem {
    while group.count < size {
      switch try source.next() {
      case .item(let item): group += item
      case .later(let future): return .later(future)
      case .end: return takeGroup()
      }
    }
    return takeGroup()
  }

  private func takeGroup() -> NextItem {
    defer { group = [] }
    return group.isEmpty ? .end : .item(group)
  }
}
