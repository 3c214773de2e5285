import Testing

@testable import LineEditing

/// The history as Up, Ctrl-R and the hint see it.
@Suite struct HistoryListTests {
  @Test func aLineThatIsTypedAgainMovesToTheEnd() {
    var history = HistoryList(["a", "b", "a", "c"])
    #expect(history.entries == ["b", "a", "c"])
    history.add("b")
    #expect(history.entries == ["a", "c", "b"])
  }

  @Test func theOldestGoFirst() {
    var history = HistoryList(["a", "b", "c", "d"], limit: 3)
    #expect(history.entries == ["b", "c", "d"])
    history.add("e")
    #expect(history.entries == ["c", "d", "e"])
  }

  @Test func upGoesThroughWhatBeginsLikeTheTypedLine() {
    let history = HistoryList(["wait 1", "print a", "wait 2", "print b"])
    var walk = HistoryWalk(typed: "wa", prefix: "wa", in: history)
    #expect(walk.older(in: history) == "wait 2")
    #expect(walk.older(in: history) == "wait 1")
    #expect(walk.older(in: history) == nil)
    #expect(walk.newer(in: history) == "wait 2")
    #expect(walk.newer(in: history) == "wa")
    #expect(walk.newer(in: history) == nil)
  }

  @Test func upPassesTheVeryLineThatIsThere() {
    let history = HistoryList(["wait 1", "wait"])
    var walk = HistoryWalk(typed: "wait", prefix: "wait", in: history)
    #expect(walk.older(in: history) == "wait 1")
  }

  @Test func aLineOfThousandsOfCharactersComesBackWhole() {
    // libedit cuts it to 1,024.
    let long = String(repeating: "x", count: 5000)
    let history = HistoryList(["print a"])
    var walk = HistoryWalk(typed: long, prefix: "", in: history)
    _ = walk.older(in: history)
    #expect(walk.newer(in: history) == long)
  }

  // MARK: The hint

  @Test func theHintIsTheRestOfTheLastLineThatBeginsSo() {
    let history = HistoryList(["wait first", "print a", "wait all", "submit x"])
    var hint = Hint()
    #expect(hint.text(for: "w", in: history) == "ait all")
    #expect(hint.text(for: "wait ", in: history) == "all")
    #expect(hint.text(for: "wait f", in: history) == "irst")
    #expect(hint.text(for: "wait fx", in: history) == nil)
    #expect(hint.text(for: "wait fxy", in: history) == nil)
    #expect(hint.text(for: "wait f", in: history) == "irst")
    #expect(hint.text(for: "", in: history) == nil)
    #expect(hint.text(for: "s", in: history) == "ubmit x")
    #expect(hint.text(for: "submit x", in: history) == nil)
  }

  @Test func theHintOfATextInTheMiddleOfACharacterIsNone() {
    let history = HistoryList(["print e\u{301}"])
    var hint = Hint()
    #expect(hint.text(for: "print e", in: history)?.unicodeScalars.count == 1)
  }

  // MARK: Searching

  @Test func aSearchFindsTheNearestFirst() {
    let history = HistoryList(["submit sleep 1", "wait", "map sleep ::: 1"])
    #expect(history.index(from: 3, containing: "sleep") == 2)
    #expect(history.index(from: 1, containing: "sleep") == 0)
    #expect(history.index(after: 0, containing: "sleep") == 2)
    #expect(history.index(from: 3, containing: "nothing") == nil)
    #expect(HistoryList().index(from: 0, containing: "x") == nil)
  }
}
