/// Gives names that mean nothing else in a program, in Swift as in Python.
final class CodeNames {
  private var taken: Set<String>

  init(taken: Set<String> = []) { self.taken = taken }

  /// Those of a function, which must not hide what it reads from around it.
  func nested() -> CodeNames { CodeNames(taken: taken) }

  /// A name like the one that is wished for, with underscores between its words.
  func name(_ wish: String) -> String {
    let base = Self.identifier(wish)
    var name = base
    var number = 2
    while taken.contains(Self.camelCase(name)) || Self.reserved.contains(name)
      || Self.reserved.contains(Self.camelCase(name))
    {
      // `x2` and then 2 would be read as 22.
      name = base.last?.isNumber == true ? "\(base)_\(number)" : "\(base)\(number)"
      number += 1
    }
    taken.insert(Self.camelCase(name))
    return name
  }

  private static func identifier(_ wish: String) -> String {
    var name = ""
    for character in wish {
      let isFit = character.isASCII && (character.isLetter || character.isNumber)
      if isFit { name.append(character) } else if name.last != "_" { name.append("_") }
    }
    while name.last == "_" { name.removeLast() }
    guard let first = name.first(where: { $0 != "_" }) else { return "value" }
    return first.isNumber ? "n" + name.drop { $0 == "_" } : name
  }

  /// The same name as it is written in Swift.
  static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    guard let first = words.first, words.count > 1 else { return name }
    return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// Words of either language, and what the programs use from the libraries or bring along.
  private static let reserved = Set(
    """
    False None True and as assert async await break class continue def del elif else except finally for from global \
    if import in is lambda nonlocal not or pass raise return try while with yield match case type \
    associatedtype borrowing consuming deinit do catch enum extension fileprivate func guard init inout internal let \
    nil open operator private precedencegroup protocol public repeat rethrows self Self static struct subscript \
    super switch throw throws true false typealias var where Any Type Never some any actor fallthrough default defer \
    print str int float len sorted list dict set map zip range next repr chr error \
    time sys os random threading subprocess shlex urllib itertools wait as_completed asCompleted withThreadPool \
    ThreadPoolExecutor Exception TimeoutError CancelledError Promise Future AnyFuture Executor Thread Foundation \
    Failure Process Pipe FileManager String Int Double Bool Array Dictionary Set Result Error Duration Mutex Program \
    main ids items_of numbered id_list outcome truth cancel_answer show_each run_program fetch_url count_primes wait_for completed \
    fibonacci argument environment read_file write_file error_text failure_text state_of
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
