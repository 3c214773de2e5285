/// What the user may have meant.
enum Spelling {
  /// The candidate nearest to a word, if one is near: at most one edit for every three letters, and two.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(1, min(2, word.count / 3))
    return
      candidates
      .map { (candidate: $0, distance: distance(word, $0)) }
      .filter { $0.distance <= limit }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
  }

  /// What may be meant: the candidate nearest to a word, and those that it is the beginning of.
  ///
  /// A few, in order of the alphabet; many would be no help.
  static func likely(_ word: String, among candidates: [String]) -> [String] {
    let word = word.replacing("-", with: "_")
    let begun = candidates.filter { word.count >= 2 && $0.hasPrefix(word) }
    let near = nearest(to: word, among: candidates).map { [$0] } ?? []
    return Set(near + (begun.count <= 4 ? begun : [])).sorted()
  }

  /// The question whether one of them is meant.
  static func question(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    let others = names.dropLast().joined(separator: ", ")
    return "did you mean \(others.isEmpty ? "" : others + " or ")\(last)?"
  }

  /// How many letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
  static func distance(_ one: String, _ other: String) -> Int {
    let one = Array(one.unicodeScalars)
    let other = Array(other.unicodeScalars)
    guard abs(one.count - other.count) <= 3 else { return .max }
    var rows = [Array(0...other.count)]
    for i in 0..<one.count {
      var row = [i + 1]
      for j in 0..<other.count {
        var best = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[one.count][other.count]
  }
}
