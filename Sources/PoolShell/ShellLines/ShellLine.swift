/// A line for /bin/sh in which items are data.
///
/// An item is put into a shell variable in front of the line, where quoting it is certain, and the placeholder
/// becomes a reference to it, as the place where it stands needs it. What cannot be decided is refused.
enum ShellLine {
  /// The line that the shell gets.
  ///
  /// - Parameters:
  ///   - word: The line as it was written.
  ///   - expander: Expands its variables, which are part of the line.
  ///   - isContinued: Whether words are appended to it.
  /// - Returns: The line, with the items in front of it.
  /// - Throws: `ShellError` if an item would not be sure to be data.
  static func text(
    of word: Word, _ expander: Expander, isContinued: Bool = false
  ) throws -> String {
    var template: [ItemPlacer.Symbol] = []
    var items: [String] = []
    for piece in word.pieces {
      if case .item(let item) = piece, word.appendedItem == nil {
        items.append(item)
        template.append(.item)
      } else {
        let text = try expander.oneWord(Word(pieces: [piece], range: word.range))
        template += text.unicodeScalars.map(ItemPlacer.Symbol.text)
      }
    }
    var placer = ItemPlacer(template, items)
    do {
      if isContinued || !items.isEmpty { try placer.run() }
      if isContinued { try placer.checkEnd() }
    } catch let refusal as ItemPlacer.Refusal {
      throw ShellError(
        refusal.message, hint: refusal.hint, place: expander.context.place(of: word.range))
    }
    return placer.isOver ? placer.line : template.text
  }
}

extension [ItemPlacer.Symbol] {
  /// Without items it is all there is.
  fileprivate var text: String {
    var text = String.UnicodeScalarView()
    for case .text(let scalar) in self { text.append(scalar) }
    return String(text)
  }
}
