import PoolShell
import Testing

@Suite struct ParserWordTests {
  @Test(arguments: [
    ("'a b'", "'a b'"),
    ("''", "''"),
    (#""""#, "''"),
    ("''\"\"''", "''"),
    ("a''", "a+''"),
    ("'a'\"b\"\\c", "'abc'"),
    ("a'b'c", "a+'b'+c"),
    (#"'a\b$c"'"#, #"'a\b$c"'"#),
    (#""a b;c|d&(e)`<>{}#""#, "'a b;c|d&(e)`<>{}#'"),
    (#""\$ \" \\ \`""#, #"'$ " \ `'"#),
    (#""\a \' \n""#, #"'\a \' \n'"#),
    ("'a\nb'", "'a\nb'"),
    ("\"a\n\nb\"", "'a\n\nb'"),
    ("'a # b\n;'", "'a # b\n;'"),
    (#"\|\&\;\ \\\$x"#, #"'|&; \$'+x"#),
    (#"\é日"#, "'é'+日"),
    (#""\é""#, #"'\é'"#),
    (#""\"# + "\n\"", "''"),
  ])
  func quotes(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("$name", "${name}"),
    ("$_a1b-c", "${_a1b}+-c"),
    ("${name}x", "${name}+x"),
    ("$12", "${1}+2"),
    ("$0", "${0}"),
    ("${12}", "${12}"),
    ("$@ $#x", "${@}|${#}+x"),
    ("${@} ${#}", "${@}|${#}"),
    ("$ $$ $% a$", "$|$$|$%|a$"),
    ("$é", "$é"),
    ("$'a'", "$+'a'"),
    ("$$x", "$+${x}"),
    ("a$b\"c$d\"", "a+${b}+'c'+\"${d}"),
    ("\"$x\"", "\"${x}"),
    ("\"\"$x", "''+${x}"),
    ("\"a$ b$\"", "'a$ b$'"),
    ("'$x'", "'$x'"),
    (#"\$x"#, "'$'+x"),
  ])
  func variables(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("${x:-}", "${x:-}"),
    ("${x:-a}b", "${x:-a}+b"),
    ("${1:-a} ${@:-b}", "${1:-a}|${@:-b}"),
    ("${x:-a b;|&<>()`#}", "${x:-a b;|&<>()`#}"),
    ("${x:-'a}'\"b}\"\\}}", "${x:-'a}b}}'}"),
    ("${x:-$y${z:-w}$(v)}", "${x:-${y}+${z:-w}+$(v)}"),
    ("${x:-{}}", "${x:-{}}"),
    ("${x:-{a{b}c}}d", "${x:-{a{b}c}}+d"),
    ("${x:-''}", "${x:-''}"),
    ("${x:-'a\nb'}", "${x:-'a\nb'}"),
    ("${x:-a\\\nb}", "${x:-ab}"),
    ("${x:-a\\\n}", "${x:-a}"),
    ("\"${x:-it's}\"", "\"${x:-'it's'}"),
    ("\"${x:-$y}\"", "\"${x:-\"${y}}"),
    ("\"${x:-a\"b c\"d}\"", "\"${x:-'ab cd'}"),
    (#""${x:-\}\{\a\"}""#, #""${x:-'}{\a"'}"#),
    ("\"${x:-{}}\"", "\"${x:-'{}'}"),
    ("\"${x:-a\\\nb}\"", "\"${x:-'ab'}"),
  ])
  func fallbacks(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("a $(b c)", "a|$(b|c)"),
    ("$(a)b", "$(a)+b"),
    ("$(a;b && c)", "$(a; b && c)"),
    ("$(a;)", "$(a)"),
    ("$(\n# note )\n a\n\nb\n)", "$(a; b)"),
    ("$(a # note )\n)", "$(a)"),
    ("\"x$(a \"b)\")y\"", "'x'+\"$(a|'b)')+'y'"),
    ("$($(a))", "$($(a))"),
    ("$({ a })", "$({a})"),
    ("$(a { b })", "$(a|{b})"),
    ("$(a ${x:-)})", "$(a|${x:-)})"),
    ("$(a ')')", "$(a|')')"),
    ("$(a \\))", "$(a|')')"),
  ])
  func substitutions(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }
}

@Suite struct ParserBlockTests {
  @Test(arguments: [
    ("{ a }", "{a}"),
    ("{ }", "{}"),
    ("{\n}", "{}"),
    ("{ # note }\n }", "{}"),
    ("a { b; c } d", "a|{b; c}|d"),
    ("a {\n b\n\n c;\n}", "a|{b; c}"),
    ("try { a } catch { b }", "try|{a}|catch|{b}"),
    ("as_completed do { a }", "as_completed|do|{a}"),
    ("map { a } ::: b c", "map|{a}|:::|b|c"),
    ("{ a };b", "{a}; b"),
    ("{ a }&&b", "{a} && b"),
    ("{ a }||b", "{a} || b"),
    ("{ a }\nb", "{a}; b"),
    ("{ a } # note\nb", "{a}; b"),
    ("{ a && { b } || c }", "{a && {b} || c}"),
    ("{ a &&\n b }", "{a && b}"),
    ("{ { { a } } }", "{{{a}}}"),
    ("{ print a }", "{print|a}"),
    ("{ a;}", "{a}"),
    ("a\nb; { c\n}; d", "a; b; {c}; d"),
  ])
  func blocks(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("a {} {.} {a a{ a} }b }} {1..5} {/.} {a,b}", "a|{}|{.}|{a|a{|a}|}b|}}|{1..5}|{/.}|{a,b}"),
    ("{}", "{}"),
    ("a {;b", "a|{; b"),
    ("a '{' \\{ '}' \\} \"}\"", "a|'{'|'{'|'}'|'}'|'}'"),
    ("a ''{ b", "a|''+{|b"),
    ("{ a {} }", "{a|{}}"),
    ("{ a '}' \\} }", "{a|'}'|'}'}"),
    ("a {'b' }$c", "a|{+'b'|}+${c}"),
    ("a\\\n{ b", "a{|b"),
  ])
  func bracesThatAreText(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: [
    ("{\\\n a }", "{a}"),
    ("{\\\na b", "{a|b"),
    ("{ a }\\\n\nb", "{a}; b"),
    ("{ a }\\\nb }", "{a|}b}"),
    ("{ a }\\\n", "{a}"),
  ])
  func aJoinedLineEndIsNothing(text: String, expected: String) throws {
    #expect(try description(of: text) == expected)
  }

  @Test(arguments: ["{ ", "$(", "${x:-", "\"$(", "\"${x:-"])
  func nestingHasALimit(opening: String) throws {
    let closing = [
      "{ ": " }", "$(": ")", "${x:-": "}", "\"$(": ")\"", "\"${x:-": "}\"",
    ]
    let closer = try #require(closing[opening])
    func nested(_ depth: Int) -> String {
      String(repeating: opening, count: depth) + "a" + String(repeating: closer, count: depth)
    }
    #expect(try parse(nested(200)).count == 1)
    let error = try #require(throws: SyntaxError.self) { _ = try parse(nested(201)) }
    #expect(error.message == "nested more than 200 deep")
    let quote = opening.hasPrefix("\"") ? 1 : 0
    #expect(error.place?.column == 200 * opening.count + quote + 1)
    #expect(!error.isIncomplete)
  }

  @Test func mixedNestingIsCountedTogether() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "{ ${x:-$(", count: depth) + "a" + String(repeating: ")} }", count: depth)
    }
    #expect(try parse(nested(66)).count == 1)
    #expect(throws: SyntaxError.self) { _ = try parse(nested(67)) }
  }

  @Test func depthIsFreeAgainAfterABlockAndAfterAnError() throws {
    let deep = String(repeating: "{ ", count: 201)
    var parser = makeParser(deep + "\n" + String(repeating: "{ a }; ", count: 300))
    #expect(throws: SyntaxError.self) { try parser.next() }
    parser.discardLine()
    for _ in 0..<300 { #expect(try parser.next() != nil) }
    #expect(try parser.next() == nil)
  }
}
