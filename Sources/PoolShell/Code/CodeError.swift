extension ShellError {
  /// Something that has no counterpart and cannot be left out.
  static func untranslatable(_ what: String, at place: Place?, hint: String? = nil) -> ShellError {
    ShellError("code: \(what)", hint: hint, place: place)
  }
}
