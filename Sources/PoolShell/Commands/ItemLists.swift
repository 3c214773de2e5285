/// What stands behind `:::` and `::::`: the items of `submit` and `map`.
struct ItemLists {
  /// The items of one job after the other; it can be read once.
  let source: any ItemSource
  /// What `{1}` and `{2}` name.
  let naming: ItemNaming

  /// Cuts the command's own arguments off, and reads the lists.
  ///
  /// - Returns: The command, and the lists; `nil` if there is no `:::`.
  static func separate(_ arguments: inout Arguments) throws -> (
    ArraySlice<ArgumentNode>, ItemLists?
  ) {
    let nodes = arguments.takeNodes()
    let mark = nodes.firstIndex { Self.isMark($0) }
    let command = nodes[..<(mark ?? nodes.endIndex)]
    guard let name = command.first else { throw arguments.error("CMD is missing") }
    try checkName(name, arguments)
    if case .block = name, let next = command.dropFirst().first {
      throw arguments.error("unexpected words after a block", at: next.range)
    }
    guard let mark else { return (command, nil) }
    return (command, try ItemLists(nodes[mark...], arguments))
  }

  private static func isMark(_ node: ArgumentNode) -> Bool {
    guard case .word(let word) = node, word.firstByte == UInt8(ascii: ":"), let text = word.plain
    else { return false }
    return text == ":::" || text == "::::"
  }

  /// A misspelt command is an error of who submits it, not of every task.
  private static func checkName(_ node: ArgumentNode, _ arguments: Arguments) throws {
    guard case .word(let word) = node, let name = word.plain else { return }
    let context = arguments.context
    guard context.scope.definitions[name] == nil, CommandTable.command(named: name) == nil else {
      return
    }
    throw ShellError(
      "unknown command \(name)", hint: UnknownCommand.hint(for: name, in: context),
      place: context.place(of: word.range))
  }

  private init(_ nodes: ArraySlice<ArgumentNode>, _ arguments: Arguments) throws {
    let separator = try Self.separator(arguments)
    let lists = try Self.lists(nodes, arguments).map { parts -> any ItemSource in
      let list = parts.count == 1 ? parts[0] : ChainedItems(parts)
      return separator.map { ColumnItems(list, $0) } ?? list
    }
    let combined = try Self.combined(lists, arguments)
    if let size = try arguments.count(of: "--max-args") {
      for option in ["--zip", "--cross", "--colsep"] where arguments.has(option) {
        throw arguments.error("-n and \(option) exclude each other")
      }
      source = GroupedItems(combined, size: size)
      naming = .group(of: size)
    } else {
      source = combined
      naming = separator == nil ? .lists : .columns
    }
  }

  private static func separator(_ arguments: Arguments) throws -> ColumnSeparator? {
    guard let pattern = try arguments.text(of: "--colsep") else { return nil }
    guard let separator = ColumnSeparator(pattern) else {
      throw arguments.error(
        "--colsep must be a regular expression, not \(pattern.isEmpty ? "''" : pattern)",
        hint: "such as , or '\\t' or '[0-9]+'")
    }
    return separator
  }

  /// The words and files of each list.
  private static func lists(
    _ nodes: ArraySlice<ArgumentNode>, _ arguments: Arguments
  ) throws -> [[any ItemSource]] {
    var lists: [[any ItemSource]] = []
    var isFile = false
    for node in nodes {
      guard case .word(let word) = node else {
        throw arguments.error("an item cannot be a block", at: node.range)
      }
      if word.plain == ":::" || word.plain == "::::" {
        isFile = word.plain == "::::"
        lists.append([])
      } else {
        let expander = arguments.context.expander
        let parts =
          isFile
          ? try expander.items(word).map { try file($0.text, arguments, word.range) }
          : [try expander.itemSource(word)]
        lists[lists.count - 1] += parts
      }
    }
    return lists
  }

  private static func file(
    _ path: String, _ arguments: Arguments, _ range: SourceRange
  ) throws -> any ItemSource {
    if path == ItemInput.standardInput, arguments.context.session.readsScriptFromStandardInput {
      throw arguments.error("standard input is the script itself", hint: "give a file", at: range)
    }
    do {
      return try FileItems(path, isNullSeparated: arguments.has("--null"))
    } catch let failure as FileSystem.Failure {
      throw arguments.error(failure.message, at: range)
    }
  }

  private static func combined(
    _ lists: [any ItemSource], _ arguments: Arguments
  ) throws -> any ItemSource {
    let isZip = arguments.has("--zip")
    let isCross = arguments.has("--cross")
    if isZip, isCross { throw arguments.error("--zip and --cross exclude each other") }
    if lists.count == 1 { return lists[0] }
    guard isZip || isCross else {
      throw arguments.error("two lists need --zip (pairs) or --cross (every combination)")
    }
    return isCross ? CrossedItems(lists) : ZippedItems(lists)
  }
}

extension Declaration.Option {
  /// How the items of `submit` and `map` are read and combined.
  static let combining = [
    Declaration.Option("--zip", "take several lists in pairs, up to the end of the shortest"),
    Declaration.Option("--cross", "take every combination of several lists"),
    Declaration.Option(
      "--null", short: "-0", "what a file has between NUL bytes is an item, not its lines"),
    Declaration.Option(
      "--colsep", value: "REGEX", "cut each item into columns: {1} {2}, or appended as words"),
    Declaration.Option(
      "--max-args", short: "-n", value: "N", "so many items for each job: {1} {2}, or appended"),
    Declaration.Option("--dry-run", "only print the commands that would run, a line each"),
  ]
}
