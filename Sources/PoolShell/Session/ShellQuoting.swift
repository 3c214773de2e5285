/// Words of the POSIX shell.
enum ShellQuoting {
  /// A word that the shell takes as exactly this text.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// The text itself if it needs no quotes; on one line whatever it holds, as in bash's `$'…'`.
  static func ifNeeded(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.value >= 128 || $0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "_-./:@%+,=~^".unicodeScalars.contains($0)
      }
    if isPlain { return text }
    guard text.contains(where: \.isNewline) else { return quoted(text) }
    let escaped = text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      .replacing("\r\n", with: "\\r\\n").replacing("\n", with: "\\n").replacing("\r", with: "\\r")
    return "$'\(escaped)'"
  }
}
