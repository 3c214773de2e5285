import FoundationEssentials
import Testing

/// Where the library lies that was built with these tests, for the toolchain's own programs.
enum SwiftModule {
  /// The package's root.
  static let root = #filePath.components(separatedBy: "/Tests/").first ?? "."

  /// The options by which its module is found, and those below it; they are quoted for the shell.
  ///
  /// The cache is none of the build's: that takes it amiss if it is reached by two paths, one of them through a link.
  private static var options: String {
    let folder = PoolshBinary.folder
    return """
      -I '\(folder)/Modules' -module-cache-path '\(folder)/ProgramModuleCache' \
      -Xcc '-fmodule-map-file=\(folder)/CPlatform.build/module.modulemap' \
      -Xcc '-I\(root)/Sources/CPlatform/include'
      """
  }

  /// The library's object files; the shell finds them.
  private static var objects: String {
    ["ConcurrentFutures", "CPlatform", "Logging"]
      .map { "'\(PoolshBinary.folder)'/\($0).build/*.o" }.joined(separator: " ")
  }

  /// Compiles a program, with every warning an error.
  ///
  /// - Parameters:
  ///   - sources: Its files, by name.
  ///   - folder: Where the files, and the program `program`, are put.
  /// - Returns: The program's path.
  /// - Throws: What the compiler says, if it is not content.
  static func compile(_ sources: [String: String], in folder: Folder) async throws -> String {
    for (name, text) in sources { try folder.write("sources/\(name)", text) }
    let command = """
      swiftc -swift-version 6 -warnings-as-errors -wmo -parse-as-library -module-name Programs \
      \(options) '\(folder.path)'/sources/*.swift \(objects) -o '\(folder("program"))'
      """
    let run = try await run(.shell(command), within: .seconds(300))
    try #require(run.status == 0, "\(run.output)\(run.errors)")
    return folder("program")
  }

  /// Writes down all public symbols, with their doc comments.
  ///
  /// - Returns: The path of the JSON file.
  /// - Throws: What the extractor says, if it fails.
  static func extractSymbolGraph(in folder: Folder) async throws -> String {
    let command = """
      swift symbolgraph-extract -module-name ConcurrentFutures -target "$(uname -m)-unknown-linux-gnu" \
      -minimum-access-level public -skip-synthesized-members -output-dir '\(folder.path)' \(options)
      """
    let run = try await run(.shell(command), within: .seconds(120))
    try #require(run.status == 0, "\(run.output)\(run.errors)")
    return folder("ConcurrentFutures.symbols.json")
  }
}
