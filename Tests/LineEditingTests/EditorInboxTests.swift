import TestSupport
import Testing

@testable import LineEditing

private func show(_ text: String, in inbox: EditorInbox) {
  Array(text.utf8).withUnsafeBytes { inbox.show($0) }
}

private func text(_ mail: EditorInbox.Mail) -> String { String(decoding: mail.text, as: UTF8.self) }

/// What other threads have for the terminal while a line is edited.
@Suite struct EditorInboxTests {
  private func inbox() throws -> EditorInbox {
    let inbox = EditorInbox(waking: try #require(KeyboardInput()))
    #expect(inbox.begin() == .asEver)
    return inbox
  }

  @Test func textIsTakenInWholeLines() throws {
    let inbox = try inbox()
    show("one\ntw", in: inbox)
    #expect(text(inbox.take()) == "one\n")
    #expect(text(inbox.take()) == "")
    show("o\n", in: inbox)
    #expect(text(inbox.take()) == "two\n")
    inbox.end()
  }

  @Test func whatWasWrittenTogetherEndsItsLine() throws {
    let inbox = try inbox()
    show("one", in: inbox)
    inbox.flush()
    #expect(text(inbox.take()) == "one\n")
    inbox.flush()  // nothing more
    #expect(text(inbox.take()) == "")
    inbox.end()
  }

  @Test func muchIsTakenPieceByPiece() throws {
    let inbox = try inbox()
    let lines = (0..<10_000).map { "line \($0)\n" }
    show(lines.joined(), in: inbox)
    var (taken, pieces) = ("", 0)
    while case let piece = text(inbox.take()), !piece.isEmpty {
      #expect(piece.hasSuffix("\n"))
      taken += piece
      pieces += 1
    }
    #expect(taken == lines.joined())
    #expect(pieces > 3)
    inbox.end()
  }

  /// The last lines of a task that had written much stayed away until something else happened.
  @Test func theEditorIsWokenForTheRest() throws {
    let input = try #require(KeyboardInput())
    let inbox = EditorInbox(waking: input)
    #expect(inbox.begin() == .asEver)
    show(String(repeating: "0123456789\n", count: 4_000), in: inbox)
    inbox.flush()
    var pieces = 0
    while input.wait(milliseconds: 0).isWoken {
      #expect(!inbox.take().text.isEmpty)
      pieces += 1
    }
    #expect(pieces == 3)
    #expect(inbox.take().text.isEmpty)
    inbox.end()
  }

  @Test func whoHasTooMuchWaits() async throws {
    let inbox = try inbox()
    let hasPassed = Guarded(false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await onThread {
          show(String(repeating: "x", count: 2 << 20) + "\n", in: inbox)
          show("last\n", in: inbox)
          inbox.flush()
          hasPassed.withLock { $0 = true }
        }
      }
      group.addTask {
        try await onThread {
          try eventually("the text to be there") { !inbox.take().text.isEmpty }
          try eventually("the writer to go on") {
            _ = inbox.take()
            return hasPassed.withLock { $0 }
          }
        }
      }
      try await group.waitForAll()
    }
    _ = inbox.take()
    inbox.end()
  }

  @Test func whatIsLeftAfterAPieceWakesTheEditorAgain() throws {
    let input = try #require(KeyboardInput())
    let inbox = EditorInbox(waking: input)
    #expect(inbox.begin() == .asEver)
    show(String(repeating: "line\n", count: 10_000), in: inbox)
    inbox.flush()
    var count = 0
    while input.wait(milliseconds: 0).isWoken { count += inbox.take().text.count }
    #expect(count == 50_000)
    inbox.end()
  }

  @Test func whoHasMuchWaitsInTheMiddleOfIt() async throws {
    let inbox = try inbox()
    let shown = Guarded(0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await onThread {
          for _ in 0..<100 {
            show(String(repeating: "x", count: 99_999) + "\n", in: inbox)
            shown.withLock { $0 += 1 }
          }
          inbox.flush()
        }
      }
      group.addTask {
        try await onThread {
          var count = 0
          while count < 10_000_000 {
            #expect(shown.withLock { $0 } * 100_000 < count + 1_200_000)
            count += inbox.take().text.count
          }
        }
      }
      try await group.waitForAll()
    }
    inbox.end()
  }

  @Test func signalsComeInOrderAndOnce() throws {
    let inbox = try inbox()
    inbox.post(.resize)
    inbox.post(.interrupt)
    #expect(inbox.suspend())
    #expect(inbox.take().signals == [.resize, .interrupt, .suspend])
    #expect(inbox.take().signals.isEmpty)
    inbox.end()
  }

  @Test func aSignalBetweenTwoLinesIsNotForTheNextOne() throws {
    let inbox = try inbox()
    inbox.end()
    inbox.post(.interrupt)
    inbox.post(.resize)
    #expect(!inbox.suspend())
    #expect(inbox.begin() == .asEver)
    #expect(inbox.take().signals.isEmpty)
    inbox.end()
  }

  @Test func whoGoesOnBetweenTwoLinesHasStaleModes() throws {
    let inbox = try inbox()
    inbox.end()
    inbox.post(.resume)
    #expect(inbox.begin() == .withStaleModes)
    inbox.end()
    #expect(inbox.begin() == .asEver)
    inbox.ignoreNextResume()
    inbox.post(.resume)
    #expect(inbox.take().signals.isEmpty)
    inbox.end()
  }

  @Test func afterTheCloseNoLineIsEdited() async throws {
    let inbox = try inbox()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await onThread { inbox.close() } }
      group.addTask {
        try await onThread {
          try eventually("the editor to be told") { inbox.take().signals == [.close] }
          inbox.end()
        }
      }
      try await group.waitForAll()
    }
    #expect(inbox.begin() == .no)
  }
}
