extension Shell {
  /// What could stand where the cursor is.
  package struct Completion: Sendable {
    /// One of the words.
    package struct Candidate: Sendable, Equatable {
      /// What replaces the word, quoted as the language wants it.
      package var replacement: String
      /// What a list shows; never with control characters.
      package var display: String
      /// A word or a few about it, on one line; empty if there is nothing to say.
      package var note: String
      /// Whether the word ends with it, so that a blank follows; not after a directory's slash.
      package var endsWord: Bool
    }

    /// Where the replaced text begins, in bytes of UTF-8; it ends at the cursor.
    package var start: Int
    /// Each replacement once.
    ///
    /// In groups by kind, each in order of the alphabet, ids the newest first. If there were too many, those
    /// that are here begin alike only as far as all do.
    package var candidates: [Candidate]
  }

  /// What could stand at a place of a command that is being written.
  ///
  /// Runs nothing that a user wrote, waits for nobody, writes nothing, and takes no longer than looking into a
  /// directory does. For the session's own thread, while the source is asked for a line.
  ///
  /// - Parameters:
  ///   - text: Everything typed of the command so far, lines before this one included.
  ///   - cursor: Where the cursor is, in bytes of UTF-8; what is behind it is not looked at, but for a quote.
  /// - Returns: What could replace the word before the cursor; no candidates if nothing is known.
  package func complete(_ text: String, cursor: Int) -> Completion {
    if let inner { return inner.complete(text, cursor: cursor) }
    var end = min(max(cursor, 0), text.utf8.count)
    let bytes = Array(text.utf8)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    let completer = Completer(
      session: session, scope: context.scope,
      site: CursorScanner.site(atEndOf: Array(bytes[..<end])),
      text: bytes, cursor: end)
    return completer.completion()
  }
}
