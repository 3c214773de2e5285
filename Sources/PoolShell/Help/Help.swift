/// The texts of help, made from the commands' declarations.
package enum Help {
  /// How wide a page is.
  static let width = 80

  /// Every command by group, on one screen, and how to go on.
  package static var overview: String { overview(definitions: []) }

  /// The same with the commands made by `def`.
  static func overview(definitions: [String]) -> String {
    var groups = Declaration.Group.allCases.map { group in
      (group.rawValue, commands(in: group).map(\.name))
    }
    if !definitions.isEmpty { groups.append(("Your own", definitions.sorted())) }
    let rows =
      groups.map { ($0.0, $0.1.joined(separator: " ")) } + [
        ("", ""), ("help COMMAND", "what it does, its options, an example"),
        ("help --find WORD", "what there is about a word"),
        ("help TOPIC", HelpTopic.all.map(\.name).joined(separator: " ")),
        ("exit, Ctrl-D", "leave; what is queued still runs"),
      ]
    return (["A task is any command, run on a worker: submit sleep 0.5", ""] + columns(rows))
      .joined(separator: "\n")
  }

  static func commands(in group: Declaration.Group) -> [Declaration] {
    CommandTable.all.map { $0.declaration }.filter { $0.group == group }
  }

  /// Every command with its summary, by group.
  static var commandList: String {
    Declaration.Group.allCases.map { group in
      let rows = commands(in: group).map { ("  " + $0.name, $0.summary) }
      return (["\(group.rawValue):"] + columns(rows)).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// One command in full.
  static func page(for declaration: Declaration) -> String {
    var parts = ["\(declaration.name): \(declaration.summary)", "usage: \(declaration.usage)"]
    if !declaration.options.isEmpty {
      let rows = declaration.options.map { ("  " + $0.written, $0.summary) }
      parts.append(columns(rows).joined(separator: "\n"))
    }
    if !declaration.details.isEmpty {
      parts.append(paragraphs(of: declaration.details))
    }
    if declaration.isSessionOnly {
      parts.append("It works only in the session itself, not in a task.")
    }
    if !declaration.aliases.isEmpty {
      parts.append("also called: \(declaration.aliases.joined(separator: ", "))")
    }
    return (parts + examplePart(declaration.example)).joined(separator: "\n\n")
  }

  private static func examplePart(_ example: Declaration.Example) -> [String] {
    let script = "example:\n" + indented(example.script)
    if example.output.isEmpty { return [script] }
    return [script, "which writes:\n" + indented(example.output.replacing("[..]", with: "…"))]
  }

  /// A command made by `def`.
  static func page(for definition: Definition) -> String {
    """
    \(definition.name): a command of your own

    usage: \(definition.usage)

    \(indented("def \(([definition.name] + definition.parameters).joined(separator: " ")) "
      + definition.unit.text(definition.body.range)))
    """
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "  \($0)"
    }
    .joined(separator: "\n").trimmingNewlines
  }

  /// The text of `poolsh --help`.
  static func processPage(_ declaration: Declaration) -> String {
    page(for: declaration) + "\n\nCommands:\n\n" + overview
  }
}

// MARK: - Lines

extension Help {
  /// Texts between empty lines, each in lines that fit; one that begins with a blank has its own lines.
  private static func paragraphs(of text: String) -> String {
    text.split(separator: "\n\n").map { paragraph in
      paragraph.hasPrefix(" ")
        ? String(paragraph) : lines(of: String(paragraph)).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The words of a text in lines that fit.
  static func lines(of text: String, width: Int = width) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }

  /// Names, and beside each what is said of it, in as many lines as that takes.
  static func columns(_ rows: [(String, String)]) -> [String] {
    let left = min(rows.map { $0.0.count }.max() ?? 0, 30) + 2
    return rows.flatMap { name, text -> [String] in
      let lines = lines(of: text, width: max(width - left, 20))
      let isLong = name.count > left - 2
      let first = isLong ? name : padded(name, left) + lines[0]
      let rest = (isLong ? lines[...] : lines.dropFirst()).map { padded("", left) + $0 }
      return ([first] + rest).map(\.trimmingBlanks)
    }
  }

  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  fileprivate var trimmingNewlines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
