// Futures: selectors, labels, ids.

extension Completer {
  /// So many ids are offered.
  private static let mostIDs = 200
  /// So many futures are looked at for them.
  private static let mostSeen = 20_000

  func selectors(_ choice: FutureChoice, for fragment: WordFragment) -> [Candidate] {
    let words = choice.selectors.map { ($0.rawValue, $0.summary) }
    let labels = labels.map { label in
      let count = session.futures.ids(labelled: label)?.count ?? 0
      return ("@" + label, Counted.text(count, "future"))
    }
    return named(words, for: fragment) + named(labels, for: fragment)
      + futures(choice, for: fragment)
  }

  func last(_ choice: FutureChoice, for fragment: WordFragment) -> [Candidate] {
    guard let last = session.futures.last, choice.includes(last.state) else { return [] }
    return named([("last", "the newest one")], for: fragment)
  }

  /// Ids that make sense, the newest first.
  func futures(_ choice: FutureChoice, for fragment: WordFragment) -> [Candidate] {
    guard fragment.prefix.allSatisfy({ (48...57).contains($0) }) else { return [] }
    let records = session.futures.newest(Self.mostIDs, of: Self.mostSeen) { record in
      String(record.id).utf8.starts(with: fragment.prefix) && choice.includes(record.state)
    }
    return records.map { record in
      let note = "\(record.state.rawValue)  \(Shown.short(record.task))"
      return fragment.candidate("\(record.id)", note: note)
    }
  }
}
