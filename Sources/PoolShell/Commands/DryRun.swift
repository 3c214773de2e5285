/// `--dry-run`: what `submit` and `map` would run, as lines that can be given to poolsh.
///
/// Items and variables stand in a line as what they are now; what a `$(…)` gives is not known before it runs.
struct DryRun {
  let context: Context
  /// `submit` or `map`: what a block gets its item from.
  let command: String

  /// Shows the line of one job.
  ///
  /// - Returns: The line.
  func show(_ task: TaskCommand) throws -> String {
    let line = try line(of: task)
    if context.isAnswering { context.session.show(.value(command: command, .text(line))) }
    try context.checkOutput()
    return line
  }

  /// Shows the lines of all items, but for those that a joblog says are done.
  func showAll(
    _ items: any ItemSource, _ template: TaskTemplate, except record: JobRecord?
  ) throws -> Outcome {
    var lines: [String] = []
    var number = 0
    while let item = try context.nextItem(of: items) {
      number += 1
      let command = try template.command(for: item, number: number)
      if record?.skips(command) == true { continue }
      let line = try show(command)
      if !context.isAnswering { lines.append(line) }
    }
    return Outcome(
      answer: nil, value: lines.isEmpty ? .nothing : .text(lines.joined(separator: "\n")))
  }

  private func line(of task: TaskCommand) throws -> String {
    let arguments = task.node.arguments
    var words: [String] = []
    for (index, argument) in arguments.enumerated() {
      switch argument {
      case .block(let block): words.append(source(of: block, task.unit))
      case .word(let word):
        let isShellLine = index == 1 && Self.isShell(arguments[0])
        words.append(
          try isShellLine ? shellLine(word, task.unit) : written(word, task.unit))
      }
    }
    let line = words.joined(separator: " ")
    guard !task.items.isEmpty, arguments.contains(where: \.isBlock) else { return line }
    // A block reads $item.
    let lists = task.items.map { "::: " + PoolshQuoting.word($0) }
    return ([command] + (lists.count > 1 ? ["--zip"] : []) + [line] + lists)
      .joined(separator: " ")
  }

  private static func isShell(_ name: ArgumentNode) -> Bool {
    if case .word(let word) = name { word.plain == "sh" } else { false }
  }

  // MARK: Words

  private func written(_ word: Word, _ unit: SourceUnit) throws -> String {
    if let plain = word.plain { return plain }
    let text = try word.pieces.map { piece in
      switch piece {
      case .literal(let text, quoted: false): text
      case .literal(let text, quoted: true): text.isEmpty ? "" : PoolshQuoting.part(text)
      case .item(let item): PoolshQuoting.word(item)
      case .variable(let variable): try written(variable, unit, word)
      case .substitution(let list, let isQuoted): source(of: list, unit, isQuoted: isQuoted)
      }
    }.joined()
    return text.isEmpty ? "''" : text
  }

  /// What has a value of its own in each task stays a variable.
  private func written(
    _ variable: Word.Variable, _ unit: SourceUnit, _ word: Word
  ) throws -> String {
    if variable.name == JobSlot.name { return "1" }
    if variable.name == "worker" { return variable.quoted ? "\"$worker\"" : "$worker" }
    let words = try context.expander.words(
      Word(pieces: [.variable(variable)], range: word.range))
    return words.map { PoolshQuoting.word($0.text) }.joined(separator: " ")
  }

  /// The line that the shell gets, with items as they stand in it if they need no quotes.
  private func shellLine(_ word: Word, _ unit: SourceUnit) throws -> String {
    guard !word.hasSubstitution, word.appendedItem == nil else { return try written(word, unit) }
    var word = word
    word.pieces = word.pieces.map { piece in
      if case .item(let item) = piece, PoolshQuoting.isPlain(item) {
        .literal(item, quoted: true)
      } else {
        piece
      }
    }
    return PoolshQuoting.part(try ShellLine.text(of: word, context.expander))
  }

  // MARK: Blocks

  /// A block on one line, without comments.
  private func source(of block: Block, _ unit: SourceUnit) -> String {
    block.body.chains.isEmpty ? "{ }" : "{ \(source(of: block.body, unit)) }"
  }

  private func source(of list: CommandList, _ unit: SourceUnit) -> String {
    list.chains.map { chain in
      chain.links.reduce(source(of: chain.first, unit)) { line, link in
        line + (link.connector == .and ? " && " : " || ") + source(of: link.command, unit)
      }
    }.joined(separator: "; ")
  }

  private func source(of command: CommandNode, _ unit: SourceUnit) -> String {
    command.arguments.map { argument in
      switch argument {
      case .block(let block): source(of: block, unit)
      case .word(let word): unit.text(word.range)
      }
    }.joined(separator: " ")
  }

  private func source(of list: CommandList, _ unit: SourceUnit, isQuoted: Bool) -> String {
    let text = "$(\(source(of: list, unit)))"
    return isQuoted ? "\"\(text)\"" : text
  }
}

extension ArgumentNode {
  fileprivate var isBlock: Bool { if case .block = self { true } else { false } }
}

extension Word {
  fileprivate var hasSubstitution: Bool {
    pieces.contains { if case .substitution = $0 { true } else { false } }
  }
}

/// Words of this language.
enum PoolshQuoting {
  /// What means something of its own as a word that was not quoted.
  private static let keywords: Set<String> = [
    "all", "catch", "do", "exception", "first", "in", "new", "pool", "use",
  ]

  /// A word, or a part of one, that is exactly this text wherever it stands.
  static func word(_ text: String) -> String {
    let meansNothing = !keywords.contains(text) && !text.hasPrefix("-") && !text.hasPrefix(":")
    return isPlain(text) && meansNothing ? text : quoted(text)
  }

  /// A part of a word that was quoted.
  static func part(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// Whether neither this language nor sh sees anything but letters in it.
  static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && !text.contains("..")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_-./:@%+,".utf8.contains(byte)
        }
      }
  }

  private static func quoted(_ text: String) -> String { ShellQuoting.quoted(text) }
}
