extension Declaration {
  /// The name as it is mostly written: Python's words keep their underscores, options have hyphens.
  var displayName: String { name }

  func option(named written: String) -> Option? {
    let name = written.replacing("_", with: "-")
    if let option = options.first(where: { $0.name == name || $0.short == name }) { return option }
    // `-w4`
    guard written.count > 2, !written.hasPrefix("--") else { return nil }
    return options.first { option in
      option.value != nil && option.short.map { written.hasPrefix($0) } == true
    }
  }
}

extension ArgumentNode {
  /// Whether it is written as an option of a command.
  func isWrittenAsOption(of declaration: Declaration) -> Bool {
    if case .word(let word) = self { word.writtenOption(of: declaration) != nil } else { false }
  }
}

extension Word {
  /// The item, if the word is one that was appended because there was no placeholder to replace.
  var appendedItem: String? {
    if plain == nil, pieces.count == 1, case .item(let item) = pieces[0] { item } else { nil }
  }

  /// What stands at the word's beginning without quotes.
  private var plainBeginning: String? {
    if let plain { return plain }
    if case .literal(let text, quoted: false) = pieces.first { return text }
    return nil
  }

  /// What stands at the word's beginning if that is written as an option: `-x`, `--name`,
  /// `--name=`, `--`.
  ///
  /// A number is none, unless the command has an option that is called so: `-0`.
  func writtenOption(of declaration: Declaration) -> String? {
    if firstByte != 0, firstByte != UInt8(ascii: "-") { return nil }
    guard let text = plainBeginning, text.utf8.first == UInt8(ascii: "-"), text.utf8.count > 1
    else { return nil }
    let second = text.utf8[text.utf8.index(after: text.utf8.startIndex)]
    guard (48...57).contains(second) || second == UInt8(ascii: ".") else { return text }
    return declaration.options.contains { $0.short == text } ? text : nil
  }

  /// The value in `--name=value`, `-w4` and `-w$n`; `nil` if the value is the next word.
  func attachedValue(of option: Declaration.Option, written: String) -> Word? {
    guard option.value != nil else { return nil }
    var length: Int
    if let equals = written.utf8.firstIndex(of: UInt8(ascii: "=")) {
      length = written.utf8.distance(from: written.utf8.startIndex, to: equals) + 1
    } else if let short = option.short, written.hasPrefix(short), !written.hasPrefix("--"),
      written.utf8.count > short.utf8.count || pieces.count > 1
    {
      length = short.utf8.count
    } else {
      return nil
    }
    let tail = String(decoding: written.utf8.dropFirst(length), as: UTF8.self)
    let first = tail.isEmpty && pieces.count > 1 ? [] : [Piece.literal(tail, quoted: false)]
    length += Int(range.start)
    return Word(
      pieces: first + pieces.dropFirst(), range: SourceRange(length, max(length, Int(range.end))))
  }
}
