import Testing

@testable import PoolShell

@Suite("Fenced blocks") struct FencedBlockTests {
  private func blocks(_ text: String) -> [FencedBlock] {
    FencedBlock.all(in: DocumentLines.of(Array(text.utf8)))
  }

  @Test("lines between fences, with what stands behind the first")
  func plain() {
    let all = blocks("text\n```poolsh  virtual \n> a\n\nb\n```\n~~~\nc\n~~~~\n")
    #expect(all.map(\.info) == ["poolsh  virtual", ""])
    #expect(all.map(\.words) == [["poolsh", "virtual"], []])
    #expect(all.map(\.line) == [2, 7])
    #expect(all.map(\.content) == [["> a", "", "b"], ["c"]])
    #expect(all.map(\.isClosed) == [true, true])
  }

  @Test(
    "what closes a fence",
    arguments: [
      ("````\n```\n````", ["```"]), ("```\n~~~\n```", ["~~~"]), ("```\n``` x\n```", ["``` x"]),
      ("```\na\n   ```  ", ["a"]), ("```\n    ```\n```", ["    ```"]), ("```\n`````", []),
    ] as [(String, [String])])
  func closing(text: String, content: [String]) {
    #expect(blocks(text).map(\.content) == [content])
    #expect(blocks(text).first?.isClosed == true)
  }

  @Test(
    "what is no fence",
    arguments: [
      "``\na\n``", "``` a`b\n", "    ```\n    a\n    ```", "> ```\n> a\n> ```", "a ```\n",
    ])
  func none(text: String) { #expect(blocks(text).isEmpty) }

  @Test("what is commented out is not there")
  func comments() {
    #expect(blocks("<!-- run -->\n```a\n```").count == 1)
    #expect(blocks("<!--\n```a\n```\n-->\n```b\n```").map(\.info) == ["b"])
  }

  @Test("in a list a block is indented, and its lines lose as much")
  func lists() {
    let all = blocks(
      "- item\n\n  ```a\n  x\n    y\n\n z\n  ```\n  1. two\n     ```b\n     x\n     ```\n")
    #expect(all.map(\.content) == [["x", "  y", "", "z"], ["x"]])
    #expect(all.map(\.indent) == ["  ", "     "])
    #expect(all.map(\.line) == [3, 10])
  }

  @Test("a block can stand behind the mark of a list")
  func behindTheMark() {
    let all = blocks("10. ```a\n    x\n    ```\n* - ```b\n    y\n    ```")
    #expect(all.map(\.content) == [["x"], ["y"]])
    #expect(all.map(\.indent) == ["    ", "    "])
  }

  @Test("behind a list four blanks are code again")
  func behindList() {
    #expect(blocks("- item\n\ntext\n\n    ```a\n    ```").isEmpty)
  }

  @Test("a block that is not closed takes the rest")
  func unclosed() {
    let all = blocks("```a\nx\n\n```b\n")
    #expect(all.map(\.content) == [["x", "", "```b"]])
    #expect(all.map(\.isClosed) == [false])
  }

  @Test("lines may end as in DOS, and a document with a mark")
  func lineEnds() {
    let all = blocks("\u{FEFF}```a\r\nx\r\n```\r\n")
    #expect(all.map(\.info) == ["a"] && all.map(\.content) == [["x"]])
    #expect(DocumentLines.of([UInt8]()) == [])
    #expect(DocumentLines.of(Array("\n".utf8)) == [""])
    #expect(DocumentLines.of(Array("a\n\nb".utf8)) == ["a", "", "b"])
  }
}
