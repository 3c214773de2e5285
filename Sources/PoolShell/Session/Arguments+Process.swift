extension Arguments {
  /// The arguments of this process, read like those of any command; nothing in them is expanded.
  ///
  /// - Parameters:
  ///   - words: The name, and what follows it.
  ///   - declaration: Which options there are.
  /// - Throws: `ShellError` for options that are wrong.
  init(process words: [String], of declaration: Declaration) throws {
    let session = Session(
      output: Output(standardOutput: { _ in }, standardError: { _ in }), settings: Settings(.init())
    )
    let unit = SourceUnit(name: "poolsh", firstLine: 1, bytes: [])
    let context = Context(session: session, role: .session, scope: Scope(), unit: unit)
    let nodes = words.map { word in
      let piece = Word.Piece.literal(word, quoted: word.isEmpty)
      return ArgumentNode.word(Word(pieces: [piece], range: SourceRange(0, 0)))
    }
    try self.init(
      CommandNode(arguments: ArgumentList(nodes[...]), range: SourceRange(0, 0)), of: declaration,
      in: context)
  }
}
