/// `help --find`: what there is about a word.
enum HelpSearch {
  /// How a command or a topic has to do with a word, what is nearest first.
  private enum Relation: Int {
    case name, summary, option, usage, details, example
  }

  private struct Finding {
    let name: String
    let relation: Relation
    let text: String
  }

  /// A line for each command and topic that has the word, with what it is that has it.
  ///
  /// What only an example has is told if there is nothing else.
  static func page(_ word: String) -> String {
    let found =
      CommandTable.all.compactMap { finding(in: $0.declaration, word) }
      + HelpTopic.all.compactMap { finding(in: $0, word) } + pythonNames(word)
    let relevant = found.filter { $0.relation != .example }
    let shown = (relevant.isEmpty ? found : relevant).enumerated().sorted {
      ($0.element.relation.rawValue, $0.offset) < ($1.element.relation.rawValue, $1.offset)
    }
    guard !shown.isEmpty else { return nothing(about: word) }
    let left = (shown.map { $0.element.name.count }.max() ?? 0) + 2
    return shown.map { _, finding in
      Help.padded(finding.name, left)
        + shortened(finding.text, around: word, to: Help.width - left)
    }.joined(separator: "\n")
  }

  private static func nothing(about word: String) -> String {
    let near = Spelling.likely(word, among: names)
    return "nothing about \(word)"
      + (near.isEmpty
        ? "; all there is: help commands" : "; near it: \(near.joined(separator: ", "))")
  }

  private static var names: [String] { CommandTable.names + HelpTopic.all.map(\.name) }

  // MARK: Looking

  private static func finding(in declaration: Declaration, _ word: String) -> Finding? {
    let (name, summary) = (declaration.name, declaration.summary)
    let finding = { Finding(name: name, relation: $0, text: $1) }
    if has(name, word) { return finding(.name, summary) }
    if let alias = declaration.aliases.first(where: { has($0, word) }) {
      return finding(.name, "also called \(alias): \(summary)")
    }
    if has(summary, word) { return finding(.summary, summary) }
    for option in declaration.options where has(option.written, word) || has(option.summary, word) {
      return finding(.option, "\(option.written): \(option.summary)")
    }
    if has(declaration.usage, word) { return finding(.usage, "usage: \(declaration.usage)") }
    if let sentence = sentences(declaration.details).first(where: { has($0, word) }) {
      return finding(.details, sentence)
    }
    return declaration.example.script.split(separator: "\n").first { has(String($0), word) }
      .map { finding(.example, "example: \($0)") }
  }

  private static func finding(in topic: HelpTopic, _ word: String) -> Finding? {
    let name = "help " + topic.name
    if has(topic.name, word) || has(topic.summary, word) {
      return Finding(name: name, relation: .summary, text: topic.summary)
    }
    // It only says again what was found with the commands.
    if topic.name == "commands" { return nil }
    return topic.text.split(separator: "\n").first { has(String($0), word) }.map { line in
      let text = line.split(separator: " ").joined(separator: " ")
      return Finding(name: name, relation: .details, text: text)
    }
  }

  /// Only if much of the name was given, for else it is some other word.
  private static func pythonNames(_ word: String) -> [Finding] {
    PythonNames.all.filter { has($0.name, word) && word.count * 2 >= $0.name.count }
      .map { Finding(name: $0.command, relation: .name, text: $0.text) }
  }

  private static func sentences(_ text: String) -> [String] {
    text.replacing("\n", with: " ").split(separator: ". ").map(String.init)
  }

  /// Whether a text has a word in it; case does not matter, nor whether it is `_` or `-`.
  private static func has(_ text: String, _ word: String) -> Bool {
    plain(text).contains(plain(word))
  }

  private static func plain(_ text: String) -> String {
    text.lowercased().replacing("_", with: "-")
  }

  /// So much of a text as fits, the word in it.
  private static func shortened(_ text: String, around word: String, to width: Int) -> String {
    guard text.count > width else { return text }
    let offset = plain(text).firstRange(of: plain(word)).map {
      plain(text).distance(from: plain(text).startIndex, to: $0.upperBound)
    }
    guard let offset, offset > width - 2 else { return text.prefix(width - 1) + "…" }
    let start = min(max(0, offset - width / 2), text.count - width + 2)
    let rest = text.dropFirst(start)
    return "…" + (rest.count <= width - 1 ? rest[...] : rest.prefix(width - 2) + "…")
  }
}
