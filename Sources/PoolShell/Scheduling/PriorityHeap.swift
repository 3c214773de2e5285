/// Waiting jobs, the one of the highest priority first, and of equal ones the one that came first.
struct PriorityHeap<Element> {
  private struct Entry {
    let priority: Int
    let number: Int
    let element: Element

    func comes(before other: Entry) -> Bool {
      priority != other.priority ? priority > other.priority : number < other.number
    }
  }

  /// Each comes before the two at twice its place.
  private var entries: [Entry] = []
  private var pushed = 0

  var count: Int { entries.count }

  func count(where passes: (Element) -> Bool) -> Int { entries.count { passes($0.element) } }

  /// All of them, in the order in which they would be taken.
  var ordered: [Element] { entries.sorted { $0.comes(before: $1) }.map(\.element) }

  /// - Complexity: O(log n)
  mutating func push(_ element: Element, priority: Int) {
    entries.append(Entry(priority: priority, number: pushed, element: element))
    pushed += 1
    var place = entries.count - 1
    while place > 0, entries[place].comes(before: entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// The first one.
  ///
  /// - Complexity: O(log n)
  mutating func pop() -> Element? {
    guard let first = entries.first else { return nil }
    entries.swapAt(0, entries.count - 1)
    entries.removeLast()
    sink()
    return first.element
  }

  private mutating func sink() {
    var place = 0
    while true {
      let children = (2 * place + 1)..<min(2 * place + 3, max(2 * place + 1, entries.count))
      guard let best = children.min(by: { entries[$0].comes(before: entries[$1]) }),
        entries[best].comes(before: entries[place])
      else { return }
      entries.swapAt(place, best)
      place = best
    }
  }

  /// Takes all of them, in order.
  mutating func removeAll() -> [Element] {
    defer { entries = [] }
    return ordered
  }
}
