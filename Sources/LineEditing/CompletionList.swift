/// Candidates as a list for the screen.
struct CompletionList {
  /// How wide a character is.
  let width: (Unicode.Scalar) -> Int
  let columns: Int
  /// How many lines it may have.
  let rows: Int

  /// The lines: with notes one candidate a line, else in columns as `ls` has them.
  func lines(_ candidates: [Completion.Candidate]) -> [String] {
    let all =
      candidates.allSatisfy { $0.note.isEmpty } ? inColumns(candidates) : withNotes(candidates)
    guard all.count > rows else { return all }
    return all.prefix(rows - 1) + ["… \(all.count - rows + 1) more lines; type on to see fewer"]
  }

  private func withNotes(_ candidates: [Completion.Candidate]) -> [String] {
    let names = candidates.map { cut(Self.printable($0.display), to: columns / 2) }
    let longest = names.map(size).max() ?? 0
    return zip(names, candidates).map { name, candidate in
      guard !candidate.note.isEmpty else { return name }
      let padding = String(repeating: " ", count: longest - size(name) + 2)
      return cut(name + padding + Self.printable(candidate.note), to: columns - 1)
    }
  }

  private func inColumns(_ candidates: [Completion.Candidate]) -> [String] {
    let names = candidates.map { cut(Self.printable($0.display), to: columns - 1) }
    let cell = (names.map(size).max() ?? 0) + 2
    let perRow = max(1, (columns + 1) / cell)
    let height = (names.count + perRow - 1) / perRow
    return (0..<height).map { row in
      let cells = stride(from: row, to: names.count, by: height).map { names[$0] }
      return cells.enumerated().map { index, name in
        index == cells.count - 1 ? name : name + String(repeating: " ", count: cell - size(name))
      }.joined()
    }
  }

  func size(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

  private func cut(_ text: String, to limit: Int) -> String {
    guard size(text) > limit else { return text }
    var result = String.UnicodeScalarView()
    var used = 1
    for scalar in text.unicodeScalars {
      used += width(scalar)
      if used > limit { break }
      result.append(scalar)
    }
    return String(result) + "…"
  }

  /// A file's name may hold anything.
  private static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}

extension Completion {
  /// What all candidates begin with.
  var commonPrefix: String {
    guard var prefix = candidates.first.map({ Array($0.replacement.unicodeScalars) }) else {
      return ""
    }
    for candidate in candidates.dropFirst() {
      let scalars = candidate.replacement.unicodeScalars
      prefix = Array(zip(prefix, scalars).prefix { $0 == $1 }.map(\.0))
    }
    return String(String.UnicodeScalarView(prefix))
  }
}
