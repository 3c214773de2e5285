import Testing

@testable import PoolShell

/// What the user may have meant.
@Suite("Spelling")
struct SpellingTests {
  @Test(
    "how many letters to insert, delete, replace or swap",
    arguments: [
      ("", "", 0), ("print", "print", 0), ("prnt", "print", 1), ("priint", "print", 1),
      ("prunt", "print", 1),
      ("pritn", "print", 1), ("pirtn", "print", 2), ("abc", "", 3), ("", "ab", 2),
      ("kitten", "sitting", 3),
      ("ca", "abc", 3), ("é", "e", 1), ("🙂", "", 1),
    ])
  func distance(one: String, other: String, count: Int) {
    #expect(Spelling.distance(one, other) == count)
    #expect(Spelling.distance(other, one) == count)
  }

  @Test(
    "the nearest, if one is near",
    arguments: [
      ("prnt", "print"), ("sumbit", "submit"), ("wiat", "wait"), ("as_complted", "as_completed"),
      ("results", "result"), ("zzz", nil), ("xy", nil), ("echo", nil), ("printing", nil), ("", nil),
    ] as [(String, String?)])
  func nearest(word: String, candidate: String?) {
    let candidates = ["print", "submit", "wait", "as_completed", "result"]
    #expect(Spelling.nearest(to: word, among: candidates) == candidate)
  }

  @Test(
    "what is likely meant: the nearest, and what the word is the beginning of",
    arguments: [
      ("sumbit", ["submit"]), ("sub", ["submit"]), ("sel", ["selectors", "set"]), ("s", []),
      ("as-c", ["as_completed"]), ("re", ["read", "result"]), ("zzz", []), ("", []),
      ("many", []),
    ] as [(String, [String])])
  func likely(word: String, expected: [String]) {
    let candidates = ["submit", "selectors", "set", "as_completed", "read", "result"]
    let many = (1...5).map { "many_of_them_\($0)" }
    #expect(Spelling.likely(word, among: candidates + many) == expected)
  }

  @Test(
    "the question",
    arguments: [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
  func question(names: [String], text: String) {
    #expect(Spelling.question(names) == "did you mean \(text)?")
  }

  @Test("of two that are as near, the first in the alphabet; none of none")
  func ties() {
    #expect(Spelling.nearest(to: "bat", among: ["rat", "cat", "hat"]) == "cat")
    #expect(Spelling.nearest(to: "bat", among: []) == nil)
  }
}
