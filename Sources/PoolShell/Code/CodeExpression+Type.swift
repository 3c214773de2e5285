extension CodeExpression {
  /// What kind of value it has.
  var type: CodeType {
    switch self {
    case .text, .interpolation, .environment, .argument, .worker, .caught, .trimmed, .results,
      .exception, .failure, .state, .ids, .item, .outcome, .mapped:
      .text
    case .number(_, let type), .result(_, _, let type): type
    case .variable(let variable): variable.type
    case .call(let function, _): function.type
    case .conditional(_, let one, let other): one.type.joined(with: other.type) ?? .text
    case .not, .predicate, .cancel: .flag
    case .submit(_, _, let site): .future(site)
    case .element(let list, _): list.site.map(CodeType.future) ?? .unknown
    case .submitEach(_, _, _, let site), .list(_, let site), .concatenation(_, let site):
      .futures(site)
    case .slice(let list, _, _), .filtered(let list, _), .ordered(let list): list.type
    case .id, .primes, .fibonacci: .integer
    case .run, .shell, .fetch, .read: .raw
    }
  }

  /// The place where the futures that it is are submitted; `nil` if it is none.
  var site: Int? {
    switch type {
    case .future(let site), .futures(let site): site
    default: nil
    }
  }

  var isList: Bool { if case .futures = type { true } else { false } }

  /// Whether it does nothing, and is the same whenever it is looked at.
  var isSimple: Bool {
    switch self {
    case .text, .number, .environment, .argument: true
    case .variable(let variable): !variable.mustBePassed
    case .interpolation(let parts): parts.allSatisfy(\.isSimple)
    default: false
    }
  }

  /// A text of several, of which neighbours that are written out are one.
  static func joined(_ parts: [CodeExpression]) -> CodeExpression {
    var joined: [CodeExpression] = []
    for part in parts {
      if case .text(let text) = part, case .text(let before)? = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else {
        joined.append(part)
      }
    }
    guard let first = joined.first else { return .text("") }
    if joined.count == 1, case .text = first { return first }
    return .interpolation(joined)
  }
}
