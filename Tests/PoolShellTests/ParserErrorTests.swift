import PoolShell
import Testing

@Suite struct ParserErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var line: Int
    var column: Int
    var message: String
    var isIncomplete: Bool
    var testDescription: String { text }

    init(_ text: String, _ line: Int, _ column: Int, _ message: String, incomplete: Bool = false) {
      self.text = text
      self.line = line
      self.column = column
      self.message = message
      isIncomplete = incomplete
    }
  }

  private func check(_ expected: Case) throws {
    let error = try #require(throws: SyntaxError.self) { try parse(expected.text) }
    #expect(error.message == expected.message)
    #expect(error.place?.line == expected.line)
    #expect(error.place?.column == expected.column)
    #expect(error.isIncomplete == expected.isIncomplete)
    #expect(!error.message.contains("\n"))
  }

  @Test(arguments: [
    Case(";", 1, 1, "expected a command before ';'"),
    Case("a;;b", 1, 3, "expected a command before ';'"),
    Case("a\n ; b", 2, 2, "expected a command before ';'"),
    Case("&& a", 1, 1, "expected a command before '&&'"),
    Case("|| a", 1, 1, "expected a command before '||'"),
    Case("a && || b", 1, 6, "expected a command before '||'"),
    Case("a && ; b", 1, 6, "expected a command before ';'"),
    Case("{ a && }", 1, 8, "expected a command before '}'"),
    Case("$(a || )", 1, 8, "expected a command before ')'"),
    Case("{ ; }", 1, 3, "expected a command before ';'"),
    Case("a\nb && # c\n\n", 2, 3, "expected a command after '&&'", incomplete: true),
    Case("{ b ||", 1, 5, "expected a command after '||'", incomplete: true),
  ])
  func missingCommands(expected: Case) throws {
    try check(expected)
  }

  @Test(arguments: [
    Case("a }", 1, 3, "'}' without an open '{'"),
    Case("}", 1, 1, "'}' without an open '{'"),
    Case("a; };", 1, 4, "'}' without an open '{'"),
    Case("{ a } }", 1, 7, "'}' without an open '{'"),
    Case("{ $(a }) }", 1, 7, "'}' without an open '{'"),
    Case("a )", 1, 3, "')' without an open '$('; as text it needs quotes: ')'"),
    Case("a)", 1, 2, "')' without an open '$('; as text it needs quotes: ')'"),
    Case("$({ a )", 1, 7, "')' without an open '$('; as text it needs quotes: ')'"),
    Case("!", 1, 1, "'!' needs a command line"),
    Case("a; ! \t\nb", 1, 4, "'!' needs a command line"),
    Case("a $( )", 1, 3, "'$(…)' needs a command in it"),
    Case("a \"$(\n# b\n)\"", 1, 4, "'$(…)' needs a command in it"),
  ])
  func misplacedMarks(expected: Case) throws {
    try check(expected)
  }

  @Test(arguments: [
    Case("a ${}", 1, 3, "'${' needs a name: ${name} or ${name:-fallback}"),
    Case("a ${ b }", 1, 3, "'${' needs a name: ${name} or ${name:-fallback}"),
    Case("a\n${-}", 2, 1, "'${' needs a name: ${name} or ${name:-fallback}"),
    Case("${é}", 1, 1, "'${' needs a name: ${name} or ${name:-fallback}"),
    Case("${", 1, 1, "'${' needs a name: ${name} or ${name:-fallback}"),
    Case("${#a}", 1, 4, "expected '}' or ':-' after '${#'"),
    Case("${1a}", 1, 4, "expected '}' or ':-' after '${1'"),
    Case("${a:=b}", 1, 4, "expected '}' or ':-' after '${a'"),
    Case("\"${a b}\"", 1, 5, "expected '}' or ':-' after '${a'"),
    Case("a x${b\nc}", 1, 4, "this '${' is never closed"),
    Case("a x${b:-c\nd}", 1, 4, "this '${' is never closed"),
    Case("a \"${b:-{}\n\"", 1, 4, "this '${' is never closed"),
    Case("a ${b:-c\\", 1, 3, "this '${' is never closed", incomplete: true),
  ])
  func variables(expected: Case) throws {
    try check(expected)
  }

  @Test(arguments: [
    Case("a 'b", 1, 3, "this quote is never closed", incomplete: true),
    Case("a\nb c\"d\n\n", 2, 4, "this quote is never closed", incomplete: true),
    Case("a \"b $(c 'd)", 1, 10, "this quote is never closed", incomplete: true),
    Case("a ${b:-'c}", 1, 8, "this quote is never closed", incomplete: true),
    Case("a\n\nb {\n c\n", 3, 3, "this block is never closed", incomplete: true),
    Case("{ { a }\n", 1, 1, "this block is never closed", incomplete: true),
    Case("{ a } && {", 1, 10, "this block is never closed", incomplete: true),
    Case("{ a '}'", 1, 1, "this block is never closed", incomplete: true),
    Case("a $(b\nc", 1, 3, "this '$(' is never closed", incomplete: true),
    Case("a \"$(b\"", 1, 7, "this quote is never closed", incomplete: true),
    Case(
      "{ a b}", 1, 1, "this block is never closed ('}' must be a word of its own)",
      incomplete: true),
    Case(
      "x; a {\n  b && c $d}\n\n", 1, 6,
      "this block is never closed ('}' must be a word of its own)", incomplete: true),
    Case(
      "{ ! ls }", 1, 1, "this block is never closed ('!' takes the rest of its line, '}' too)",
      incomplete: true),
    Case(
      "a $(! ls)", 1, 3, "this '$(' is never closed ('!' takes the rest of its line, ')' too)",
      incomplete: true),
  ])
  func whatIsNeverClosed(expected: Case) throws {
    try check(expected)
  }

  @Test(arguments: [
    ("a | b", 3, "|", ""),
    ("a|b", 2, "|", ""),
    ("{ a }|b", 6, "|", ""),
    ("a ||| b", 5, "|", ""),
    ("a & b", 3, "&", "submit"),
    ("a&", 2, "&", "submit"),
    ("a &&& b", 5, "&", "submit"),
    ("a < b", 3, "<", "read FILE"),
    ("a 2> b", 4, ">", "save"),
    ("a >b", 3, ">", "fetch URL --output"),
    ("(a)", 1, "(", "{ … }"),
    ("f()", 2, "(", "{ … }"),
    ("$((1+2))", 3, "(", "{ … }"),
    ("a `b`", 3, "`", "$(…)"),
    ("é $(a | b)", 7, "|", ""),
  ])
  func foreignSymbols(text: String, column: Int, symbol: String, advice: String) throws {
    let error = try #require(throws: SyntaxError.self) { try parse("x\n" + text) }
    #expect(error.message.hasPrefix("'\(symbol)' is not part of this language; "))
    #expect(error.message.hasSuffix("run a shell line with: sh '…'"))
    #expect(advice.isEmpty || error.message.contains(advice))
    #expect(error.place?.line == 2)
    #expect(error.place?.column == column)
    #expect(error.place?.text == text)
    #expect(!error.isIncomplete)
  }

  @Test(arguments: [
    ("a\n b\u{0}c", 2, 3), ("\u{0}", 1, 1), ("# a\u{0}", 1, 4), ("a 'b\nc\u{0}", 2, 2),
  ])
  func nulBytes(text: String, line: Int, column: Int) throws {
    try check(Case(text, line, column, "NUL byte"))
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0xC3, 0xA9, 0x20, 0xFF], 2, 3, "FF"),
      ([0x61, 0xC3, 0x28], 1, 2, "C3"),
      ([0x7B, 0x0A, 0x61, 0x0A, 0x20, 0x80], 3, 2, "80"),
      ([0xED, 0xA0, 0x80], 1, 1, "ED"),
    ] as [([UInt8], Int, Int, String)])
  func invalidUTF8(bytes: [UInt8], line: Int, column: Int, byte: String) throws {
    var parser = Parser(source: TextSource(name: "test", bytes: bytes))
    let error = try #require(throws: SyntaxError.self) {
      while try parser.next() != nil {}
    }
    #expect(error.message == "invalid UTF-8 (byte 0x\(byte))")
    #expect(error.place?.line == line)
    #expect(error.place?.column == column)
  }
}
