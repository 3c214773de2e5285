import PoolShell
import Testing

/// Which lines are asked for, and when.
@Suite struct ParserReadingTests {
  @Test func aChainIsReturnedBeforeTheNextLineIsAskedFor() throws {
    let source = ScriptedSource(lines: "a; b", "", "# c", "d")
    var parser = Parser(source: source)
    #expect(source.requests.isEmpty)
    #expect(try parser.next().map { describe($0.chain) } == "a")
    #expect(source.requests == [false])
    #expect(try parser.next().map { describe($0.chain) } == "b")
    #expect(source.requests == [false])
    #expect(try parser.next().map { describe($0.chain) } == "d")
    #expect(source.requests == [false, false, false, false])
    #expect(try parser.next() == nil)
    #expect(try parser.next() == nil)
    #expect(source.requests.count == 5)
  }

  @Test(arguments: [
    ["a {", "b", "}"], ["a 'b", "", "c'"], ["a \"b", "\"c \\", ""], ["$(", "a", ") b"],
    ["a \\", "\\", "b"], ["a &&", "", "b"], ["a ||", "# b", "c # d"], ["{", "a", "};"],
    ["{ a", "}\\", " b"], ["a ${b:-'", "", "'}"], ["{\\", "a \\", "b"], ["a # {", "b # '", "c"],
  ])
  func noLineIsAskedForAheadOfNeed(lines: [String]) throws {
    let source = ScriptedSource(lines.map { .line($0) })
    var parser = Parser(source: source)
    let isOneChain = lines[0] != "a # {"
    _ = try parser.next()
    #expect(source.requests == (isOneChain ? [false, true, true] : [false]))
  }

  @Test func anErrorIsFoundWithoutAnotherLine() {
    let source = ScriptedSource(lines: "{ a | b", "}")
    var parser = Parser(source: source)
    #expect(throws: SyntaxError.self) { try parser.next() }
    #expect(source.requests == [false])
  }

  @Test func commandsBeforeAnErrorInTheLineAreReturned() throws {
    var parser = makeParser("a; b | c; d\ne")
    #expect(try parser.next().map { describe($0.chain) } == "a")
    #expect(throws: SyntaxError.self) { try parser.next() }
    parser.discardLine()
    #expect(try parser.next().map { describe($0.chain) } == "e")
    #expect(try parser.next() == nil)
  }

  @Test func discardingDropsAllLinesOfTheCommand() throws {
    var parser = makeParser("a {\n b\n c | d\ne; f\n")
    #expect(throws: SyntaxError.self) { try parser.next() }
    parser.discardLine()
    let chain = try #require(try parser.next())
    #expect(describe(chain.chain) == "e")
    #expect(chain.unit.place(of: chain.chain.first.range.start).line == 4)
    parser.discardLine()
    #expect(try parser.next() == nil)
  }

  @Test(arguments: ["a\u{0}", "'b"])
  func aBadLineCanBeDropped(line: String) throws {
    var parser = makeParser("x\n" + line + "\u{0}\ny")
    #expect(try parser.next() != nil)
    #expect(throws: SyntaxError.self) { try parser.next() }
    parser.discardLine()
    #expect(try parser.next().map { describe($0.chain) } == "y")
  }

  @Test func anInterruptDropsTheCommand() throws {
    let source = ScriptedSource([
      .line("a {"), .interrupt, .interrupt, .line("b; c"), .interrupt, .line("d"),
    ])
    var parser = Parser(source: source)
    for _ in 0..<2 {
      #expect(throws: InputInterrupted.self) { try parser.next() }
      parser.discardLine()
    }
    for expected in ["b", "c"] {
      #expect(try parser.next().map { describe($0.chain) } == expected)
    }
    #expect(throws: InputInterrupted.self) { try parser.next() }
    parser.discardLine()
    #expect(try parser.next().map { describe($0.chain) } == "d")
    #expect(source.requests == [false, true, false, false, false, false])
  }

  @Test func aTerminalGoesOnAfterAnEndInsideACommand() throws {
    let source = ScriptedSource([.line("a {"), .end, .line("b"), .end])
    var parser = Parser(source: source)
    let error = try #require(throws: SyntaxError.self) { try parser.next() }
    #expect(error.isIncomplete)
    parser.discardLine()
    #expect(try parser.next().map { describe($0.chain) } == "b")
    #expect(try parser.next() == nil)
  }
}
