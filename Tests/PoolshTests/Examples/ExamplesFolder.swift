import FoundationEssentials

/// The scripts under `examples/`.
enum ExamplesFolder {
  static let path: String = {
    let above = #filePath.split(separator: "/").dropLast(4)
    return "/" + above.joined(separator: "/") + "/examples"
  }()

  /// The names of all scripts, without `.poolsh`.
  static var scripts: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".poolsh") }.map { String($0.dropLast(".poolsh".count)) }.sorted()
    }
  }

  /// Where a script is.
  static func path(of script: String) -> String { "\(path)/\(script).poolsh" }

  /// The lines of a script.
  static func lines(of script: String) throws -> [String] {
    String(decoding: try Folder.bytes(of: path(of: script)), as: UTF8.self).lines
  }
}
