extension CodeLowering {
  // MARK: Items

  /// What words stand for where items stand.
  func items(_ words: [Word]) throws -> CodeItems {
    if words.count == 1 { return try items(words[0]) }
    var elements: [CodeExpression] = []
    for word in words {
      switch try items(word) {
      case .range(let first, let last) where last - first < 100:
        elements += (first...last).map { .number("\($0)", .integer) }
      case .list(let list, _): elements += list
      default: throw error("these items together are not translated", at: word.range)
      }
    }
    return try list(elements, at: words.first?.range ?? SourceRange(0, 0))
  }

  private func list(_ elements: [CodeExpression], at range: SourceRange) throws -> CodeItems {
    if let site = elements.first?.site {
      guard case .list(let parts, let both) = try together(elements, at: range) else {
        return .list(elements, .future(site))
      }
      return .list(parts, .future(both))
    }
    var type = CodeType.unknown
    for element in elements {
      guard let joined = type.joined(with: element.type) else {
        throw error("these items are of different kinds", at: range)
      }
      type = joined
    }
    return .list(elements, type)
  }

  private func items(_ word: Word) throws -> CodeItems {
    if let plain = word.plain {
      if let (first, last) = Selector.bounds(plain) {
        guard first <= last else {
          throw error("a range that goes down is not translated", at: word.range)
        }
        return .range(first, last)
      }
      if plain.contains(where: { "*?[".contains($0) }) {
        throw error("a pattern of file names is not translated", at: word.range)
      }
    } else if word.hasWritten(where: { $0.contains("..") }) {
      throw error("a range whose ends are not written out is not translated", at: word.range)
    }
    let value = try expression(word)
    if let site = value.site, value.isList { return .futures(value, site: site) }
    if word.plain == nil, word.pieces.count == 1, value.site == nil,
      case .substitution(_, quoted: false) = word.pieces[0]
    {
      return .lines(Self.asText(value))
    }
    return .list([value], value.type)
  }

  /// Tells the command of `submit` and `map` from its items.
  ///
  /// - Returns: The command's arguments, and the lists; `nil` if there are none.
  func separate(_ arguments: CodeArguments) throws -> ([ArgumentNode], CodeItems?) {
    let isMark = { (node: ArgumentNode) -> Bool in
      if case .word(let word) = node { word.plain == ":::" || word.plain == "::::" } else { false }
    }
    guard let mark = arguments.operands.firstIndex(where: isMark) else {
      return (arguments.operands, nil)
    }
    var lists: [[Word]] = []
    for node in arguments.operands[mark...] {
      guard case .word(let word) = node else {
        throw error("an item cannot be a block", at: node.range)
      }
      if word.plain == "::::" {
        throw error("items from a file are not translated", at: node.range)
      }
      if word.plain == ":::" { lists.append([]) } else { lists[lists.count - 1].append(word) }
    }
    return (Array(arguments.operands[..<mark]), try combined(lists, arguments))
  }

  private func combined(_ lists: [[Word]], _ arguments: CodeArguments) throws -> CodeItems {
    let items = try lists.map(items)
    if items.count == 1 { return items[0] }
    guard items.count <= 3 || arguments.has("--zip") else {
      throw error("more than three lists are not translated", at: arguments.range)
    }
    guard arguments.has("--zip") || arguments.has("--cross") else {
      throw error(
        "two lists need --zip (pairs) or --cross (every combination)", at: arguments.range)
    }
    return arguments.has("--zip") ? .zip(items) : .cross(items)
  }
}

extension CodeItems {
  /// How many there are, if that is known.
  var count: Int? {
    switch self {
    case .range(let first, let last): last - first + 1
    case .list(let elements, _): elements.count
    case .lines, .futures: nil
    case .zip(let lists): lists.map(\.count).contains(nil) ? nil : lists.compactMap(\.count).min()
    case .cross(let lists):
      lists.map(\.count).contains(nil) ? nil : lists.compactMap(\.count).reduce(1, *)
    }
  }
}
