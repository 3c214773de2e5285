// Lines for /bin/sh: programs, and then files.

extension Completer {
  /// After `!`, where the line stands as it is.
  func offer(forShellLineFrom start: Int) -> Offer {
    guard let found = ShellLineScanner.site(atEndOf: text[start..<cursor]) else {
      return Offer(start: cursor)
    }
    var offer = offer(for: found.word, isProgram: found.isProgram)
    // The line ends at a newline.
    offer.candidates.removeAll { $0.replacement.utf8.contains(UInt8(ascii: "\n")) }
    return offer
  }

  private func offer(for word: CursorWord, isProgram: Bool) -> Offer {
    if let path = path(in: word, after: 0) {
      let path = PartialPath(directory: atHome(path.directory), count: path.count)
      return files(path, in: word, onlyPrograms: isProgram)
    }
    guard word.known != nil else { return Offer(start: cursor) }
    let fragment = WordFragment(of: word, after: 0, in: text, cursor: cursor)
    return Offer(
      start: fragment.start,
      candidates: isProgram ? programs(fragment) : fileCandidates(fragment))
  }

  /// `~/` is the shell's.
  private func atHome(_ directory: String) -> String {
    guard directory.hasPrefix("~/"), let home = HostProcess.environment("HOME") else {
      return directory
    }
    return home + directory.dropFirst()
  }

  /// In the line of `sh`, itself a word with quotes: names that need none.
  func offer(forShellLineIn word: CursorWord) -> Offer {
    guard word.known != nil, let found = ShellLineScanner.site(atEndOf: word.bytes[...]),
      found.word.plain != nil
    else { return Offer(start: cursor) }
    let line = Completer(
      session: session, scope: scope, site: site, text: word.bytes, cursor: word.bytes.count)
    let inner = line.offer(for: found.word, isProgram: found.isProgram)
    let count = found.word.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let fragment = WordFragment(
      of: word, after: found.word.start + count, in: text, cursor: cursor)
    var offer = Offer(start: fragment.start)
    for candidate in inner.candidates where candidate.replacement.utf8.allSatisfy(\.needsNoQuotes) {
      offer.candidates.append(fragment.continued(candidate))
    }
    return offer
  }
}

extension WordFragment {
  /// A candidate after which the quote stays open, for the line goes on.
  fileprivate func continued(
    _ candidate: Shell.Completion.Candidate
  ) -> Shell.Completion.Candidate {
    var candidate = candidate
    if opening == .none, style != .none {
      candidate.replacement = String(Unicode.Scalar(style.rawValue)) + candidate.replacement
    }
    if style == .none { candidate.endsWord = false }
    return candidate
  }
}

extension UInt8 {
  /// Whether it means itself in both languages, in quotes and without.
  fileprivate var needsNoQuotes: Bool {
    switch Unicode.Scalar(self) {
    case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "/", "-", "+", ",", "@", "%", ":": true
    default: self >= 0x80
    }
  }
}
