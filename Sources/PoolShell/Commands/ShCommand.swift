/// `sh`: runs a line with the POSIX shell.
struct ShCommand: Command {
  static let declaration = Declaration(
    name: "sh", group: .tasks, summary: "run a line with /bin/sh; its output is the value",
    usage: "sh 'LINE' [WORD…]",
    operands: [.one(.shellLine), .many(.file)], optionPlaces: .nowhere,
    details: """
      For pipes, redirections and globs. Words after the line are appended to it, quoted; what replaces a
      placeholder in the line is passed as data, inside quotes too, so no item becomes code. Otherwise
      like exec.
      """,
    example: .init(script: "sh 'printf \"b\\na\\n\" | sort'", output: "a\nb\n"))

  private let line: String

  init(_ arguments: inout Arguments) throws {
    guard case .word(let word)? = arguments.nextNode else {
      throw arguments.error("'LINE' is missing")
    }
    arguments.dropNode()
    let first = try word.appendedItem ?? ShellLine.text(of: word, arguments.context.expander)
    let rest = try arguments.words()
    line = ([first] + rest.map(ShellQuoting.quoted)).joined(separator: " ")
  }

  func run(in context: Context) throws -> Outcome {
    .value(
      .output(try context.capture("/bin/sh", ["-c", line], name: "sh", title: "sh \(line)")))
  }
}

/// A line for /bin/sh in which items are data.
///
/// An item is put into a shell variable in front of the line, where quoting it is certain, and the placeholder
/// becomes a reference to it. The value of a variable is never read as code, so even a reference in the wrong
/// kind of quotes (a here-document, say) could at worst be split into words.
enum ShellLine {
  static func text(of word: Word, _ expander: Expander) throws -> String {
    var line = ""
    var items: [String] = []
    var quoting = ShellQuoting.Scanner()
    for piece in word.pieces {
      if case .item(let item) = piece {
        guard !quoting.isEscaped else {
          throw ShellError(
            "a placeholder cannot stand behind a backslash",
            place: expander.context.place(of: word.range))
        }
        items.append(item)
        line += quoting.reference(to: "poolsh_item_\(items.count)")
      } else {
        let text = try expander.oneWord(Word(pieces: [piece], range: word.range))
        quoting.scan(text)
        line += text
      }
    }
    let assignments = items.enumerated().map {
      "poolsh_item_\($0.offset + 1)=\(ShellQuoting.quoted($0.element)); "
    }
    return assignments.joined() + line
  }
}

extension ShellQuoting {
  /// Follows the quotes of a shell line, as far as placing a reference needs.
  struct Scanner {
    private enum Quotes { case none, single, double }

    /// The innermost last: `$(` opens a level of its own inside double quotes.
    private var levels = [Quotes.none]
    /// Whether the next character stands behind a backslash.
    private(set) var isEscaped = false
    private var last: Character?

    mutating func scan(_ text: String) {
      for character in text {
        take(character)
        last = character
      }
    }

    private mutating func take(_ character: Character) {
      if isEscaped {
        isEscaped = false
        return
      }
      let quotes = levels[levels.count - 1]
      switch (character, quotes) {
      case ("\\", .none), ("\\", .double): isEscaped = true
      case ("'", .none): levels[levels.count - 1] = .single
      case ("'", .single), ("\"", .double): levels[levels.count - 1] = .none
      case ("\"", .none): levels[levels.count - 1] = .double
      case ("(", .none), ("(", .double): if last == "$" { levels.append(.none) }
      case (")", .none): if levels.count > 1 { levels.removeLast() }
      default: break
      }
    }

    /// The variable's value as part of a word, wherever the line is now.
    func reference(to name: String) -> String {
      switch levels[levels.count - 1] {
      case .none: "\"${\(name)}\""
      case .double: "${\(name)}"
      case .single: "'\"${\(name)}\"'"
      }
    }
  }
}
