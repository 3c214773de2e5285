import CLessons

/// The lessons that are built into the program.
enum EmbeddedLessons {
  /// The names of the lessons, without reading them.
  static var names: [String] {
    let all = (0..<clessons_count()).map { clessons_file($0) }
    let names = all.filter { String(cString: $0.language) == LessonFiles.original }
      .map { String(cString: $0.name) }
    return names.filter { $0 != LessonFiles.words }.sorted()
  }

  /// All of them, in all languages.
  static var files: LessonFiles {
    var files: [String: [LessonFiles.File]] = [:]
    for index in 0..<clessons_count() {
      let file = clessons_file(index)
      guard let bytes = file.bytes else { continue }
      let text = String(
        decoding: UnsafeBufferPointer(start: bytes, count: file.size), as: UTF8.self)
      files[String(cString: file.language), default: []].append(
        LessonFiles.File(name: String(cString: file.name), text: text))
    }
    return LessonFiles(files)
  }
}
