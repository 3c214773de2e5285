import PoolShell
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    ("", ""),
    ("\n  \n\t# note\n", ""),
    ("a", "a"),
    ("a b  c\t d", "a|b|c|d"),
    ("a; b;c", "a; b; c"),
    ("a;\nb", "a; b"),
    ("a ;", "a"),
    ("a\nb\n\nc", "a; b; c"),
    ("a # b; c\nd", "a; d"),
    ("a#b c\\#d '#'", "a#b|c+'#'+d|'#'"),
    ("a;#b\nc", "a; c"),
    ("a \\\n# note\nb", "a; b"),
    ("a\\\n#b", "a#b"),
    ("a\r\nb \r\n", "a; b"),
    ("\u{FEFF}a", "a"),
    ("a b=c ::: 1..3 %*?[x]", "a|b=c|:::|1..3|%*?[x]"),
    ("é 日本", "é|日本"),
    ("a \u{A0}b", "a|\u{A0}b"),
  ])
  func linesAndWords(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("a && b || c", "a && b || c"),
    ("a&&b||c", "a && b || c"),
    ("a &&\nb", "a && b"),
    ("a ||\n\n # why\n b; c", "a || b; c"),
    ("a && # why\nb", "a && b"),
    ("a && b \\\n && c", "a && b && c"),
    ("a\n! b", "a; !|'b'"),
    ("a && ! b || c", "a && !|'b || c'"),
  ])
  func connectors(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("a \\\n b", "a|b"),
    ("a\\\nb", "ab"),
    ("a \\\n\\\n b", "a|b"),
    ("\\\n a", "a"),
    ("a \\\n\nb", "a; b"),
    ("a \\", "a"),
    ("a\\\n", "a"),
    ("a \"b\\\nc\"", "a|'bc'"),
    ("a 'b\\\nc'", "a|'b\\\nc'"),
    ("a # b \\\nc", "a; c"),
    ("$x\\\ny", "${x}+y"),
  ])
  func joinedLines(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("!ls", "!|'ls'"),
    ("!  ls -l | wc ; x # 'y \\", "!|'ls -l | wc ; x # 'y \\'"),
    ("! ls \nb", "!|'ls '; b"),
    ("a; ! b; c\nd", "a; !|'b; c'; d"),
    ("a !b ! c", "a|!b|!|c"),
    ("{ ! ls }\n}", "{!|'ls }'}"),
    ("a $(! ls)\n)", "a|$(!|'ls)')"),
  ])
  func shellLines(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }
}

@Suite struct ParserUnitTests {
  @Test func aUnitKnowsTheTextOfEveryWord() throws {
    let words = ["a", "'b c'", "\"d$e\"", "${f:-g h}", "$(i; j)", "é", "k\\ l", "{}", "m\\\nn"]
    let parsed = try #require(try parse("x; " + words.joined(separator: " ")).last)
    let texts = parsed.chain.first.arguments.map { parsed.unit.text($0.range) }
    #expect(texts == words)
    #expect(parsed.unit.text(parsed.chain.first.range) == words.joined(separator: " "))
  }

  @Test func rangesOfBlocksAndVariablesIncludeTheirMarks() throws {
    let parsed = try #require(try parse("a { b $c } ${d:-e}").first)
    let texts = parsed.chain.first.arguments.map { parsed.unit.text($0.range) }
    #expect(texts == ["a", "{ b $c }", "${d:-e}"])
    guard case .word(let word) = parsed.chain.first.arguments[2],
      case .variable(let variable) = word.pieces[0], let fallback = variable.fallback
    else { Issue.record("not a variable"); return }
    #expect(parsed.unit.text(variable.range) == "${d:-e}")
    #expect(parsed.unit.text(fallback.range) == "e")
  }

  @Test func aShellLineHasRanges() throws {
    let parsed = try #require(try parse("a; !  b c\n").last)
    let texts = parsed.chain.first.arguments.map { parsed.unit.text($0.range) }
    #expect(texts == ["!", "b c"])
    #expect(parsed.unit.text(parsed.chain.first.range) == "!  b c")
  }

  @Test func placesCountLinesThroughBlocksAndBlankLines() throws {
    let text = "a\n\n# note\n  b {\n c\n}; d; {\n}\ne"
    let places = try parse(text).map { $0.unit.place(of: $0.chain.first.range.start) }
    #expect(places.map(\.line) == [1, 4, 6, 6, 8])
    #expect(places.map(\.column) == [1, 3, 4, 7, 1])
    #expect(places.map(\.text) == ["a", "  b {", "}; d; {", "}; d; {", "e"])
    #expect(places.allSatisfy { $0.file == "test" })
  }

  @Test func aColumnCountsCharacters() throws {
    let parsed = try #require(try parse("'日本é' x").first)
    #expect(parsed.unit.place(of: parsed.chain.first.arguments[1].range.start).column == 7)
  }
}

@Suite struct TextSourceTests {
  @Test(arguments: [
    ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]),
  ])
  func aTextIsCutAtItsNewlines(text: String, expected: [String]) {
    let source = TextSource(name: "-c", text: text)
    var lines: [String] = []
    while let line = source.nextLine(continuing: false) {
      lines.append(String(decoding: line, as: UTF8.self))
    }
    #expect(lines == expected)
    #expect(source.nextLine(continuing: false) == nil)
    #expect(source.name == "-c")
  }
}
