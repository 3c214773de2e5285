/// Who waits for what, in a sentence.
struct DeadlockText {
  private let members: [Deadlock.Member]
  /// The pools of which it is said what their workers run: once is enough.
  private var told: Set<ObjectIdentifier> = []

  /// So many waits, and so many futures of each, are told one by one.
  private static let most = 4

  init(_ members: [Deadlock.Member]) { self.members = members }

  var text: String {
    var copy = self
    let groups = copy.groups()
    var clauses = groups.prefix(Self.most).map { copy.clause($0) }
    if groups.count > Self.most { clauses.append("and \(groups.count - Self.most) more wait so") }
    let isSimple = !clauses.contains { $0.contains(",") }
    return clauses.joined(separator: isSimple ? ", and " : "; ")
  }

  /// Those that wait for the queue of the same pool are told together.
  private func groups() -> [[Deadlock.Member]] {
    var groups: [[Deadlock.Member]] = []
    var places: [ObjectIdentifier: Int] = [:]
    for member in members {
      guard let pool = member.queue else {
        groups.append([member])
        continue
      }
      if let place = places[pool] {
        groups[place].append(member)
      } else {
        places[pool] = groups.count
        groups.append([member])
      }
    }
    return groups
  }

  private mutating func clause(_ group: [Deadlock.Member]) -> String {
    let targets = group.flatMap(\.targets)
    var parts: [String] = []
    let running = targets.compactMap(\.runningID)
    if !running.isEmpty { parts.append(names(of: running, for: group)) }
    parts += queues(targets, for: group)
    let others = targets.filter(\.isTold)
    parts += others.prefix(Self.most).map { text($0, for: group) }
    if others.count > Self.most { parts.append("\(others.count - Self.most) more") }
    return "\(Self.names(group.map(\.place))) wait\(group.count == 1 ? "s" : "") for "
      + parts.joined(separator: ", and for ")
  }

  private func names(of ids: [Int], for group: [Deadlock.Member]) -> String {
    ids.count == 1 && group.count == 1 && group[0].place.name == "[\(ids[0])]"
      ? "itself" : Self.names(ids)
  }

  private mutating func queues(
    _ targets: [Deadlock.Target], for group: [Deadlock.Member]
  ) -> [String] {
    var order: [PoolRecord] = []
    var ids: [ObjectIdentifier: [Int]] = [:]
    for case .queued(let id, let pool) in targets {
      if ids[ObjectIdentifier(pool)] == nil { order.append(pool) }
      ids[ObjectIdentifier(pool), default: []].append(id)
    }
    return order.map { pool in
      let ids = IDSet((ids[ObjectIdentifier(pool)] ?? []).sorted())
      return Self.names(Array(ids)) + queued(ids.count, in: pool, for: group)
    }
  }

  private mutating func queued(
    _ count: Int, in pool: PoolRecord, for group: [Deadlock.Member]
  ) -> String {
    let isSame = group.allSatisfy { $0.place.pool === pool }
    return ", which \(count == 1 ? "is" : "are") queued in \(isSame ? "the same " : "")"
      + "pool \(pool.name)\(workers(of: pool))"
  }

  /// What the workers of a pool run, if that was not said before.
  private mutating func workers(of pool: PoolRecord) -> String {
    guard told.insert(ObjectIdentifier(pool)).inserted else { return "" }
    let places = members.map(\.place).filter { $0.pool === pool }
    if places.count == 1 { return ", whose only worker runs \(places[0].name)" }
    return ", whose \(places.count) workers run \(Self.names(places))"
  }

  private mutating func text(_ target: Deadlock.Target, for group: [Deadlock.Member]) -> String {
    switch target {
    case .running(let id): return names(of: [id], for: group)
    case .queued(let id, let pool): return "[\(id)]" + queued(1, in: pool, for: group)
    case .after(let id, let next):
      return "[\(id)], which begins after \(text(next, for: []))"
    case .room(let pool): return "room in the queue of pool \(pool.name)\(workers(of: pool))"
    case .end(let pool):
      let places = members.map(\.place).filter { $0.pool === pool }
      return "the end of pool \(pool.name), which runs \(Self.names(places))"
    }
  }

  private static func names(_ places: [WaitingPlace]) -> String {
    let ids = places.filter { $0.role == .task }.map(\.task)
    let others = places.filter { $0.role != .task }.map(\.name)
    let counted = Set(others).sorted().map { name in
      let count = others.count { $0 == name }
      return count == 1 ? name : "\(count) \(name.split(separator: " ")[1])s"
    }
    return ((ids.isEmpty ? [] : [names(ids)]) + counted).joined(separator: " and ")
  }

  /// Such as `[1]`, `[1] and [2]`, `[1..5]`.
  static func names(_ ids: [Int]) -> String {
    let ids = IDSet(ids.sorted())
    return ids.count <= 2
      ? ids.map { "[\($0)]" }.joined(separator: " and ") : "[\(IdList.text(ids))]"
  }
}

extension Deadlock.Member {
  /// The pool in whose queue everything is that it waits for.
  fileprivate var queue: ObjectIdentifier? {
    var pool: ObjectIdentifier?
    for target in targets {
      guard case .queued(_, let its) = target, pool == nil || pool == ObjectIdentifier(its) else {
        return nil
      }
      pool = ObjectIdentifier(its)
    }
    return pool
  }
}

extension Deadlock.Target {
  fileprivate var runningID: Int? { if case .running(let id) = self { id } else { nil } }

  /// Whether it is neither running nor queued itself.
  fileprivate var isTold: Bool {
    switch self {
    case .running, .queued: false
    case .after, .room, .end: true
    }
  }
}
