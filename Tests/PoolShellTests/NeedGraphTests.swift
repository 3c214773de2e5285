import Testing

@testable import PoolShell

/// Who needs whom, and which of them only each other.
@Suite("Need graph", .timeLimit(.minutes(5)))
struct NeedGraphTests {
  private func graph(_ edges: [Int: [Int]]) -> NeedGraph<Int> {
    var graph = NeedGraph<Int>()
    for (node, others) in edges { graph.add(node, needs: others) }
    return graph
  }

  @Test(
    "the innermost part",
    arguments: [
      ([1: [1]], 1, [1]),
      ([1: [2], 2: [1]], 2, [1, 2]),
      ([1: [2], 2: [3], 3: [2]], 1, [2, 3]),
      ([1: [1, 2], 2: [3], 3: [2, 4], 4: [4]], 1, [4]),
      ([1: [2], 2: [1, 3], 3: [4], 4: [3]], 1, [3, 4]),
      ([1: [2], 2: []], 1, [2]),
    ] as [([Int: [Int]], Int, Set<Int>)])
  func innermost(edges: [Int: [Int]], start: Int, expected: Set<Int>) {
    #expect(graph(edges).innermost(from: start) == expected)
  }

  @Test("of random graphs: all of it need all of it, and nothing else")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var edges: [Int: [Int]] = [:]
      for node in 0..<12 {
        edges[node] = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          Int.random(in: 0..<12, using: &generator)
        }
      }
      let inner = graph(edges).innermost(from: 0)
      for node in inner { #expect(reach(node, edges) == inner, "\(edges)") }
      #expect(inner.isSubset(of: reach(0, edges)), "\(edges)")
    }
  }

  private func reach(_ start: Int, _ edges: [Int: [Int]]) -> Set<Int> {
    var found: Set = [start]
    for _ in 0..<12 { for node in found { found.formUnion(edges[node] ?? []) } }
    return found
  }
}
