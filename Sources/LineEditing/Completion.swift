/// What Tab offers at one place of a line.
package struct Completion: Sendable {
  /// One of the words that could stand there.
  package struct Candidate: Sendable {
    /// What replaces the word: quoted as the language wants it.
    package var replacement: String
    /// What the list shows.
    package var display: String
    /// A word or two about it, for the list; empty if there is nothing to say.
    package var note: String
    /// Whether the word ends with it, so that a space follows; not after a directory's slash.
    package var endsWord: Bool

    package init(replacement: String, display: String, note: String = "", endsWord: Bool = true) {
      self.replacement = replacement
      self.display = display
      self.note = note
      self.endsWord = endsWord
    }
  }

  /// Where the word begins that is replaced, in bytes of UTF-8; it ends at the cursor.
  package var start: Int
  package var candidates: [Candidate]

  package init(start: Int, candidates: [Candidate]) {
    self.start = start
    self.candidates = candidates
  }
}
