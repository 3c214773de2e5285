/// Tab.
extension LineEditor {
  func completeWord() -> EditLine.After {
    let (scalars, cursor) = line.line
    let typed = String(String.UnicodeScalarView(scalars[..<cursor]))
    let completion = complete(text, typed.utf8.count)
    guard let only = completion.candidates.first,
      let start = typed.utf8.index(
        typed.startIndex, offsetBy: completion.start, limitedBy: typed.endIndex)
    else { return .beep }
    let word = typed[start...]
    if completion.candidates.count == 1 { return replace(word, with: only) }
    let common = completion.commonPrefix
    if common.unicodeScalars.count > word.unicodeScalars.count
      || (common != word && common.unicodeScalars.count == word.unicodeScalars.count)
    {
      return replace(word, with: .init(replacement: common, display: common, endsWord: false))
    }
    list(completion.candidates)
    return .nothing
  }

  /// Puts a candidate in the place of the word before the cursor.
  private func replace(_ word: Substring, with candidate: Completion.Candidate) -> EditLine.After {
    let (old, new) = (word.unicodeScalars, candidate.replacement.unicodeScalars)
    // What stays is left alone: what is deleted takes the place of what was yanked with vi's keys.
    let same = zip(old, new).prefix { $0 == $1 }.count
    line.delete(old.count - same)
    line.insert(new.dropFirst(same))
    if candidate.endsWord {
      let (text, cursor) = line.line
      if cursor < text.count, text[cursor] == " " { line.move(1) } else { line.insert([" "]) }
    }
    return .refresh
  }

  /// Shows the candidates above the line.
  private func list(_ candidates: [Completion.Candidate]) {
    let (rows, columns) = TerminalDevice.size
    let list = CompletionList(width: TerminalDevice.width, columns: columns, rows: max(5, rows - 3))
    let lines = list.lines(candidates)
    showAbove(Array((lines.joined(separator: "\n") + "\n").utf8))
  }
}
