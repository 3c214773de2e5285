import TestSupport
import Testing

@testable import PoolShell

/// Reading the sessions of a document.
@Suite("Transcripts") struct TranscriptTests {
  private func problems(_ text: String) -> [String] {
    do {
      _ = try Transcript(text)
      return []
    } catch let malformed as Transcript.Malformed {
      return malformed.problems.map { "\($0.line): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("what is typed, and what comes back")
  func exchanges() throws {
    let transcript = try Transcript(
      """
      # A title

      ```poolsh

      > def f {
      .   print a
      .
      . }
      >
      > f
      a
      . b

      c > d
      ```
      ```sh
      > no
      ```
      """)
    let block = try #require(transcript.blocks.first)
    #expect(transcript.blocks.count == 1 && block.line == 3 && block.words.isEmpty)
    #expect(block.exchanges.map(\.line) == [5, 9, 10])
    #expect(block.exchanges.map(\.typed) == [["def f {", "  print a", "", "}"], [""], ["f"]])
    #expect(block.exchanges.map(\.expected) == [[], [], ["a", ". b", "", "c > d"]])
    #expect(block.exchanges.map(\.expectedLine) == [9, 10, 11])
    #expect(block.exchanges.first?.command == "def f {\n  print a\n\n}")
  }

  @Test("words behind the tag, and which blocks are one session")
  func words() throws {
    let transcript = try Transcript(
      """
      ```poolsh virtual unordered
      > a
      ```
      ```poolsh skip
      anything
      ```
      ```poolsh continue fails virtual
      > b
      ```
      ```poolsh
      > c
      ```
      """)
    #expect(
      transcript.blocks.map(\.words) == [
        [.virtual, .unordered], [.skip], [.continue, .fails, .virtual], [],
      ])
    #expect(transcript.sessions.map { $0.map(\.line) } == [[1, 7], [10]])
  }

  @Test(
    "what is wrong is told with its line",
    arguments: [
      (
        "\n```poolsh vitual\n> a\n```",
        ["2: unknown word vitual behind the tag (did you mean virtual?)"]
      ),
      (
        "```poolsh x\n> a\n```",
        [
          "1: unknown word x behind the tag (there are: continue, fails, skip, unordered, virtual)"
        ]
      ),
      (
        "```poolsh,virtual\n> a\n```",
        ["1: words stand behind the tag with a blank between, such as: poolsh virtual"]
      ),
      ("```poolsh\n> a\n", ["1: this block is not closed"]),
      (
        "```poolsh\n\na\n> b\n```",
        ["3: the first line must be typed: it begins with the prompt '> '"]
      ),
      (
        "```poolsh\n\n```",
        ["1: nothing is typed in this block: no line begins with the prompt '> '"]
      ),
      ("```poolsh continue\n> a\n```", ["1: no block before it to continue"]),
      (
        "```poolsh skip\n```\n```poolsh continue\n> a\n```", ["3: no block before it to continue"]
      ),
      (
        "```poolsh\n> a\n```\n```poolsh continue virtual\n> a\n```",
        ["4: the session that it continues is not virtual"]
      ),
      (
        "```poolsh a\n> a\n```\n```poolsh b\nb\n```",
        [
          "1: unknown word a behind the tag (there are: continue, fails, skip, unordered, virtual)",
          "4: unknown word b behind the tag (there are: continue, fails, skip, unordered, virtual)",
          "5: the first line must be typed: it begins with the prompt '> '",
        ]
      ),
    ] as [(String, [String])])
  func malformed(text: String, expected: [String]) { #expect(problems(text) == expected) }

  @Test("whatever stands in a document, it is read or refused")
  func soup() {
    var generator = SeededGenerator(seed: 6)
    let pieces = [
      "```", "````", "~~~", "poolsh", " ", "\n", "\r\n", "> ", ". ", "virtual", "continue", "- ",
      "1. ", "   ", "\t", "<!--", "-->", "x", "\0", "é",
    ]
    for _ in 0..<5000 {
      let text = (0..<generator.below(30)).map { _ in pieces[generator.below(pieces.count)] }
      guard let transcript = try? Transcript(text.joined()) else { continue }
      #expect(transcript.blocks.allSatisfy { $0.has(.skip) || !$0.exchanges.isEmpty })
    }
  }

  @Test(
    "other tags are none of ours", arguments: ["poolshell", "poolsh-config", "sh poolsh", "Poolsh"])
  func otherTags(tag: String) throws {
    #expect(try Transcript("```\(tag)\na\n```").blocks.isEmpty)
  }
}
