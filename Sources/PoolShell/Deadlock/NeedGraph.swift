/// Who needs whom, as a pure value.
struct NeedGraph<Node: Hashable> {
  private var edges: [Node: [Node]] = [:]

  mutating func add(_ node: Node, needs others: [Node]) { edges[node, default: []] += others }

  /// Everything that a node leads to, itself included.
  private func reach(of start: Node, by edges: [Node: [Node]]) -> Set<Node> {
    var found: Set = [start]
    var queue = [start]
    while let node = queue.popLast() {
      for next in edges[node] ?? [] where found.insert(next).inserted { queue.append(next) }
    }
    return found
  }

  private var reversed: [Node: [Node]] {
    var reversed: [Node: [Node]] = [:]
    for (node, others) in edges {
      for other in others { reversed[other, default: []].append(node) }
    }
    return reversed
  }

  /// A part in which everybody needs everybody, and nobody anybody else; one that a node leads to.
  func innermost(from start: Node) -> Set<Node> {
    let reversed = reversed
    var start = start
    while true {
      let members = reach(of: start, by: edges)
      let back = reach(of: start, by: reversed)
      // From one that does not lead back there is less to reach.
      guard let inner = members.first(where: { !back.contains($0) }) else { return members }
      start = inner
    }
  }
}
