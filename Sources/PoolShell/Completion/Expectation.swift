/// What may stand behind the arguments of a command, as its declaration says.
struct Expectation {
  var operands: [Operand] = []
  /// Options that may stand there and were not given.
  var options: [Declaration.Option] = []
  /// Whether the command is to run on a worker.
  var isInTask = false
  /// Whether `:::` may stand there.
  var mayBeginItems = false

  /// - Parameters:
  ///   - arguments: What a command has so far, its name included; empty if the name comes now.
  ///   - isDefined: Whether a name is that of a command made by `def`.
  init(after arguments: [CursorSite.Argument], isDefined: (String) -> Bool) {
    var rest = arguments[...]
    // From a command to the one that its arguments are, and so on: `time submit print`.
    while let next = readCommand(&rest, isDefined) {
      guard case .task = next, !mayBeginItems else { continue }
      (isInTask, mayBeginItems) = (true, true)
      if rest.contains(where: { $0.plain == ":::" || $0.plain == "::::" }) {
        operands = [.file]
        return
      }
    }
    if operands.contains(where: { if case .task = $0 { true } else { false } }) { isInTask = true }
  }

  /// Reads a command up to its end, or up to where another one begins.
  ///
  /// - Returns: What kind of command begins there, `nil` at the end.
  private mutating func readCommand(
    _ rest: inout ArraySlice<CursorSite.Argument>, _ isDefined: (String) -> Bool
  ) -> Operand? {
    guard let first = rest.popFirst() else {
      operands = [.command]
      return nil
    }
    guard case .word(let word) = first, let name = word.known else { return nil }
    if isDefined(name) {
      operands = [.file]
      return nil
    }
    guard let declaration = CommandTable.command(named: name)?.declaration else { return nil }
    var reader = Reader(declaration)
    let next = reader.read(&rest)
    if let next { return next }
    operands = reader.offered
    options = reader.openOptions
    return nil
  }

  /// Whether commands that work only at the session itself do not work in a block that begins here; and what
  /// the block is given.
  var block: Operand.BlockRole {
    var role = Operand.BlockRole.plain
    for operand in operands {
      switch operand {
      case .block(let declared): role = declared
      case .task: role = .task
      default: break
      }
    }
    role.isInTask = role.isInTask || isInTask
    return role
  }
}

extension Expectation {
  /// Reads arguments as the command's own reader would, but never minds.
  private struct Reader {
    let declaration: Declaration
    private var places: ArraySlice<Operand.Place>
    private var given: Set<String> = []
    private var optionsMayCome: Bool
    private var hasOptionsWord: Bool
    /// Whether the arguments make no sense, or a value is expected.
    private var ending: [Operand]?

    init(_ declaration: Declaration) {
      self.declaration = declaration
      places = declaration.operands[...]
      optionsMayCome = declaration.optionPlaces != .nowhere
      hasOptionsWord = declaration.optionsAfter == nil
    }

    var offered: [Operand] { ending ?? places.first?.operands ?? [] }

    var openOptions: [Declaration.Option] {
      guard ending == nil, optionsMayCome, hasOptionsWord else { return [] }
      return declaration.options.filter { !given.contains($0.name) }
    }

    /// - Returns: What kind of command begins where it stopped.
    mutating func read(_ rest: inout ArraySlice<CursorSite.Argument>) -> Operand? {
      while ending == nil, let argument = rest.first {
        if optionsMayCome, let written = argument.writtenOption(of: declaration) {
          rest.removeFirst()
          takeOption(written, &rest)
          continue
        }
        if let command { return command }
        if declaration.optionPlaces == .first { optionsMayCome = false }
        rest.removeFirst()
        takeOperand(argument)
      }
      return nil
    }

    private var command: Operand? {
      places.first?.operands.first {
        switch $0 {
        case .command, .task: true
        default: false
        }
      }
    }

    private mutating func takeOption(
      _ written: String, _ rest: inout ArraySlice<CursorSite.Argument>
    ) {
      if written == "--" {
        optionsMayCome = false
        return
      }
      let name = written.prefix { $0 != "=" }
      guard let option = declaration.option(named: String(name)) else {
        ending = []
        return
      }
      given.insert(option.name)
      let isAttached = name.count < written.count || option.isShort(in: written)
      guard option.value != nil, !isAttached, rest.popFirst() == nil else { return }
      ending = option.takes.map { [$0] } ?? []
    }

    private mutating func takeOperand(_ argument: CursorSite.Argument) {
      guard let place = places.first else {
        ending = []
        return
      }
      if let word = argument.plain {
        if word == declaration.optionsAfter { hasOptionsWord = true }
        if let next = place.next(after: word) {
          places = next[...]
          return
        }
      }
      if case .word = argument, place.isRepeated { return }
      places.removeFirst()
    }
  }
}

extension Operand.Place {
  /// What follows a word that stands there as a keyword, if that is not what follows otherwise.
  fileprivate func next(after word: String) -> [Operand.Place]? {
    for case .keyword(let keyword) in operands where keyword.word == word { return keyword.next }
    return nil
  }
}

extension Declaration.Option {
  /// Whether it is written as `-w4`.
  fileprivate func isShort(in written: String) -> Bool {
    guard let short, !written.hasPrefix("--") else { return false }
    return written != short
  }
}

extension CursorSite.Argument {
  /// What stands there if it is written as an option.
  fileprivate func writtenOption(of declaration: Declaration) -> String? {
    guard case .word(let word) = self else { return nil }
    if word.isWrittenAsOption { return word.text }
    // A number, such as -0.
    return declaration.options.contains { $0.short != nil && $0.short == word.plain }
      ? word.plain : nil
  }
}

extension CursorWord {
  /// Whether it begins like an option; a number does not.
  var isWrittenAsOption: Bool {
    guard startsPlain, bytes.count > 1, bytes[0] == UInt8(ascii: "-") else { return false }
    return !(48...57).contains(bytes[1]) && bytes[1] != UInt8(ascii: ".")
  }
}
