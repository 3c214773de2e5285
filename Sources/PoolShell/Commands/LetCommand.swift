/// `let`: sets a variable.
struct LetCommand: Command {
  static let declaration = Declaration(
    name: "let", group: .language, summary: "set a variable", usage: "let NAME = WORD",
    operands: [.one(.variable), .one(.keyword("=", "then its value")), .one()],
    optionPlaces: .nowhere,
    details: """
      The value may be $(COMMAND). A list of ids stays a list: result $ids. In a def it sets a variable of that
      call; a task keeps its changes to itself.
      """,
    example: .init(
      script: "let name = world\nprint \"hello $name\"", output: "hello world\n"))

  private let name: String
  private let value: Value

  init(_ arguments: inout Arguments) throws {
    name = try arguments.variableName("NAME")
    guard arguments.keyword("=") else { throw arguments.error("= is missing") }
    guard case .word(let word)? = arguments.nextNode else {
      throw arguments.error("WORD is missing")
    }
    arguments.dropNode()
    value = try arguments.context.expander.value(word)
  }

  /// Letters, digits and underscores, no digit first.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
  }

  func run(in context: Context) throws -> Outcome {
    context.scope.set(name, value)
    return .nothing
  }
}

extension Expander {
  /// What a word gives a variable: text, or a list of ids that is one by itself.
  fileprivate func value(_ word: Word) throws -> Value {
    if word.plain == nil, word.pieces.count == 1 {
      switch word.pieces[0] {
      case .substitution(let list, quoted: false):
        let value = try context.substitute(list)
        if case .ids = value { return value }
        return .text(try value.substitutionText())
      case .variable(let variable) where !variable.quoted:
        if case .ids(let ids)? = context.scope.value(of: variable.name) { return .ids(ids) }
      default: break
      }
    }
    return .text(try oneWord(word))
  }
}

extension Arguments {
  /// The next word, which must be fit to name a variable.
  mutating func variableName(_ label: String) throws -> String {
    guard let word = try optionalWord() else { throw error("\(label) is missing") }
    guard LetCommand.isName(word.text) else {
      let hint = word.text.contains("=") ? "with spaces: let NAME = WORD" : nil
      throw error("\(word.text) is no name of a variable", hint: hint, at: word.range)
    }
    guard word.text != "worker" else {
      throw error("$worker is the thread's name, and stays so", at: word.range)
    }
    return word.text
  }
}
