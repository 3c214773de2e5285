import ChildProcess

// Variables after `$`, and their names.

extension Completer {
  func offer(for reference: CursorSite.Reference) -> Offer {
    let names = variables(isFromOutside: !reference.name.isEmpty)
      .filter { $0.0.utf8.starts(with: reference.name.utf8) }
      .sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    return Offer(
      start: reference.start,
      candidates: names.map { name, note in
        Candidate(
          replacement: reference.isBraced ? "${\(name)}" : "$\(name)", display: "$\(name)",
          note: note, endsWord: !reference.isQuoted)
      })
  }

  /// Variables and their values.
  ///
  /// - Parameter isFromOutside: Whether those of the environment too, which are many.
  /// - Returns: Names and notes, in no order.
  func variables(isFromOutside: Bool) -> [(String, String)] {
    var notes = scope.visible.mapValues(\.note)
    for name in blocks.flatMap(\.variables) { notes[name] = "given to the block" }
    for name in site.variables where notes[name] == nil { notes[name] = "set here" }
    let isReference = if case .reference = site.kind { true } else { false }
    if isReference {
      for name in ["done", "not_done"] where notes[name] == nil { notes[name] = "set by wait" }
      notes["worker"] = "the name of the thread"
    }
    if isFromOutside {
      for name in HostProcess.environmentNames where notes[name] == nil && LetCommand.isName(name) {
        notes[name] = "environment"
      }
    }
    return notes.map { ($0.key, $0.value) }
  }
}

extension Value {
  /// What it is, for a list.
  fileprivate var note: String {
    switch self {
    case .nothing: ""
    case .text(let text): Shown.short(text)
    case .bytes(let bytes): Counted.text(bytes.count, "byte")
    case .output(let output): Counted.text(output.standardOutput.count, "byte")
    case .ids(let ids):
      ids.ranges.count <= 8 ? IdList.text(ids) : Counted.text(ids.count, "future")
    case .failure(let error): "failed: \(Shown.short(error.message))"
    }
  }
}
