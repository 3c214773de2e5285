import TestSupport

/// Does at a prompt what comes to mind.
struct RandomTypist {
  private var generator: SeededGenerator
  private let terminal: ScreenTerminal
  private let announcer: Announcer
  private var announced: [String] = []
  /// How many prompts there ought to have been.
  private var prompts = 7
  /// Whether prompt and line were ever higher than the window: what has left it at the top cannot be put right.
  private var wasTooHigh = false
  /// What was done, for the message of a failure.
  private var deeds: [String]

  init(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let (columns, rows) = (30 + generator.below(60), 8 + generator.below(20))
    deeds = ["a window of \(columns)x\(rows)"]
    terminal = try ScreenTerminal { ($0.columns, $0.rows) = (columns, rows) }
    try terminal.waitForPrompt()
    for number in 0..<5 { try terminal.run("print recalled \(number) \(Self.text(&generator))") }
    announcer = try Announcer(in: terminal)
    self.generator = generator
  }

  /// - Throws: A message if the screen is not right in the end.
  mutating func work() throws {
    do {
      for _ in 0..<(10 + generator.below(30)) {
        try act()
        if generator.oneIn(3) { try settle() }
      }
      try announce(lines: 1)
      try compareWithFreshDrawing()
    } catch {
      throw OutOfPatience("\(error)\n\(deeds.joined(separator: "\n"))")
    }
  }

  private mutating func settle() throws {
    try terminal.settle()
    let showsPrompt = terminal.screen.lines.contains {
      let row = $0.text + " "
      return row.hasPrefix("> ") || row.hasPrefix(". ") || row.hasPrefix("(search back")
        || row.hasPrefix("(nothing older")
    }
    if !showsPrompt { wasTooHigh = true }
  }

  // MARK: Deeds

  private mutating func act() throws {
    switch generator.below(20) {
    case 0..<6: try type(Self.text(&generator))
    case 6..<11: for _ in 0...generator.below(8) { try press(editingKeys) }
    case 11..<13: try press(removingKeys)
    case 13: try press([.up, .up, .down, .control("p"), .control("n")])
    case 14: try type(" ", then: .altEnter)
    case 15: try search()
    case 16: try resize()
    case 17: try paste()
    case 18: try announce(lines: 1 + generator.below(4))
    default: try press([.control("c"), .tab, .enter])
    }
  }

  private let editingKeys: [Key] = [
    .left, .left, .left, .right, .home, .end, .backspace, .delete, .control("b"), .control("f"),
    .control("a"), .control("e"), .alt("b"), .alt("f"), .control("t"), .controlLeft, .controlRight,
    .control("y"),
  ]
  private let removingKeys: [Key] = [.control("w"), .control("k"), .control("u"), .alt("d")]

  private mutating func note(_ deed: String) { deeds.append(deed) }

  private mutating func press(_ keys: [Key]) throws {
    let key = keys[generator.below(keys.count)]
    note("press \(key)")
    if key == .control("c") { try terminal.settle() }  // what nobody has read yet is dropped
    try terminal.press(key)
    // What an answer is in the middle of is no place for the next key's meaning.
    if key == .enter || key == .control("c") {
      prompts += 1
      try terminal.settle()
    }
  }

  private mutating func type(_ text: String, then key: Key? = nil) throws {
    note("type \(text)\(key.map { " and \($0)" } ?? "")")
    try terminal.type(text)
    if let key { try terminal.press(key) }
  }

  private mutating func search() throws {
    note("search")
    try terminal.press(.control("r"))
    try terminal.type(["print", "recalled 3", "中", "nothing"][generator.below(4)])
    if generator.oneIn(2) { try announce(lines: 1) }
    if generator.oneIn(2) { try terminal.press(.control("r")) }
    try terminal.press([.left, .end, .control("g")][generator.below(3)])
  }

  private mutating func resize() throws {
    try settle()
    let (columns, rows) = (24 + generator.below(70), 8 + generator.below(20))
    note("resize to \(columns)x\(rows)")
    try terminal.resize(columns: columns, rows: rows)
    try settle()
  }

  private mutating func paste() throws {
    let text = "\(Self.text(&generator))\n\t\(Self.text(&generator))"
    note("paste \(text.debugDescription)")
    try terminal.paste(text)
  }

  private mutating func announce(lines: Int) throws {
    let lines = (0..<lines).map {
      "async \(announced.count + $0) \(Self.text(&generator)) \(Self.text(&generator))"
    }
    note("announce \(lines)")
    announced += lines
    try announcer.announce(lines.joined(separator: "\n"))
  }

  private static let words = [
    "print", "alpha", "beta-gamma", "x", "中文", "日本語", "é", "🙂", "1234567890", "ñandú", "상",
  ]

  private static func text(_ generator: inout SeededGenerator) -> String {
    (0...generator.below(5)).map { _ in words[generator.below(words.count)] }
      .joined(separator: generator.oneIn(4) ? "" : " ")
  }

  // MARK: The end

  private mutating func compareWithFreshDrawing() throws {
    let last = announced.last ?? ""
    try terminal.wait(for: "the last line") { $0.transcript.contains(last) }
    try settle()
    let (before, picture) = (terminal.screen, terminal.picture)
    try terminal.press(.control("l"))
    try terminal.settle()
    let after = terminal.screen
    guard before.cursor.column == after.cursor.column, before.isWrapPending == after.isWrapPending,
      Self.block(of: before, after)
    else { throw failure("a fresh drawing is another one", picture) }
    guard after.unknown.isEmpty else { throw failure("unknown: \(after.unknown)", picture) }
    guard !wasTooHigh else { return }
    let lines = before.transcript
    guard lines.filter(announced.contains) == announced else {
      throw failure("not every line was shown once, and in order", picture)
    }
    let shown = lines.count { ($0 + " ").hasPrefix("> ") || ($0 + " ").hasPrefix(". ") }
    guard shown == prompts else {
      throw failure("there were \(shown) prompts, not \(prompts)", picture)
    }
  }

  /// Whether the rows around the cursor are the same.
  private static func block(of before: Screen, _ after: Screen) -> Bool {
    let offset = before.cursor.row - after.cursor.row
    return (0..<after.rows).allSatisfy { row in
      guard before.lines.indices.contains(row + offset) else { return true }
      return row + offset < max(0, offset) || before.line(row + offset) == after.line(row)
    }
  }

  private func failure(_ what: String, _ picture: String) -> OutOfPatience {
    OutOfPatience(
      """
      \(what)
      the screen:
      \(picture)
      drawn anew:
      \(terminal.picture)
      """)
  }
}
