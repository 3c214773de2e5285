/// What stands behind `:::` and `::::`: the items of `submit` and `map`.
struct ItemLists {
  /// How several lists are combined.
  enum Combination { case zip, cross }

  /// Gives the items of one job after the other.
  private let makeNext: () -> (() throws -> [String]?)

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
    var lists: [[String]] = []
    var isFile = false
    for node in nodes {
      guard case .word(let word) = node else {
        throw arguments.error("an item cannot be a block", at: node.range)
      }
      if word.plain == ":::" || word.plain == "::::" {
        isFile = word.plain == "::::"
        lists.append([])
      } else if isFile {
        for name in try arguments.context.expander.items(word) {
          lists[lists.count - 1] += try Self.lines(of: name.text, arguments, word.range)
        }
      } else {
        lists[lists.count - 1] += try arguments.context.expander.items(word).map(\.text)
      }
    }
    makeNext = try Self.combine(lists, arguments)
  }

  private static func lines(
    of path: String, _ arguments: Arguments, _ range: SourceRange
  ) throws -> [String] {
    let isStandardInput = path == "-"
    if isStandardInput, arguments.context.session.readsScriptFromStandardInput {
      throw arguments.error("standard input is the script itself", hint: "give a file", at: range)
    }
    do {
      let bytes = try FileSystem.contents(of: isStandardInput ? "/dev/stdin" : path)
      return try text(bytes, path).split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast(bytes.last == UInt8(ascii: "\n") || bytes.isEmpty ? 1 : 0).map(String.init)
    } catch let failure as FileSystem.Failure {
      throw arguments.error(failure.message, at: range)
    }
  }

  private static func text(_ bytes: [UInt8], _ path: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw ShellError("\(path): not a text file (invalid UTF-8 or NUL bytes)")
    }
    return text
  }

  // MARK: Several lists

  private static func combine(
    _ lists: [[String]], _ arguments: Arguments
  ) throws -> () -> (() throws -> [String]?) {
    let isZip = arguments.has("--zip")
    let isCross = arguments.has("--cross")
    if isZip, isCross { throw arguments.error("--zip and --cross exclude each other") }
    if lists.count > 1, !isZip, !isCross {
      throw arguments.error("two lists need --zip (pairs) or --cross (every combination)")
    }
    let count =
      isCross ? lists.reduce(1) { $0 * $1.count } : lists.map(\.count).min() ?? 0
    return {
      var index = 0
      return {
        guard index < count else { return nil }
        defer { index += 1 }
        return isCross ? crossed(lists, index) : lists.map { $0[index] }
      }
    }
  }

  /// The last list varies fastest, as with GNU parallel.
  private static func crossed(_ lists: [[String]], _ index: Int) -> [String] {
    var rest = index
    var items: [String] = []
    for list in lists.reversed() {
      items.append(list[rest % list.count])
      rest /= list.count
    }
    return items.reversed()
  }

  /// Gives the items of one job after the other, from the first; `nil` at the end.
  func iterator() -> () throws -> [String]? { makeNext() }
}

extension Declaration.Option {
  static let combining = [
    Declaration.Option("--zip", "take several lists in pairs, up to the end of the shortest"),
    Declaration.Option("--cross", "take every combination of several lists"),
  ]
}
