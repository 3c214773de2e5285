import FoundationEssentials
import Glibc
import TestSupport

/// Programs in Swift, compiled together and run one by one.
struct SwiftPrograms: Sendable {
  let folder: Folder
  private var program: String { folder("programs") }

  /// Compiles them, each in a file of its own, against the library that these tests are built with.
  ///
  /// - Parameter programs: Name and text of each.
  /// - Returns: The programs, or what the compiler says against them.
  /// - Throws: What making the folder throws.
  static func compile(
    _ programs: [(name: String, text: String)]
  ) async throws -> (programs: SwiftPrograms, run: ProgramRun) {
    let folder = try Folder()
    for (name, text) in programs { try folder.write("\(name).swift", Array(part(text, name).utf8)) }
    try folder.write("Driver.swift", Array(driver(programs.map(\.name)).utf8))
    let line = """
      build='\(buildFolder)'
      exec swiftc -swift-version 6 -warnings-as-errors -module-name Programs -o programs *.swift \\
        -module-cache-path "$build/ModuleCache" -I "$build/Modules" -Xcc -fmodule-map-file="$build/CPlatform.build/module.modulemap" \\
        "$build"/ConcurrentFutures.build/*.o "$build"/CPlatform.build/*.o "$build"/Logging.build/*.o
      """
    let compilation = try await PoolshTests.run(
      .shell(line) { $0.directory = folder.path }, within: .seconds(300))
    return (SwiftPrograms(folder: folder), compilation)
  }

  func run(_ name: String) async throws -> ProgramRun {
    try await PoolshTests.run(Launch([name]) { $0.program = folder("programs") })
  }

  /// The program as one of several in a module: what it declares is its own.
  private static func part(_ text: String, _ name: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line == "@main" { return "" }
      if line == "struct Program {" { return "struct Program_\(name) {" }
      let isDeclaration = ["func ", "let ", "struct "].contains { line.hasPrefix($0) }
      return isDeclaration ? "private \(line)" : String(line)
    }.joined(separator: "\n")
  }

  private static func driver(_ names: [String]) -> String {
    """
    import Foundation

    @main
    struct Driver {
      static func main() {
        let programs: [String: () throws -> Void] = [
    \(names.map { "      \"\($0)\": Program_\($0).main," }.joined(separator: "\n"))
        ]
        do {
          try programs[CommandLine.arguments[1]]?()
        } catch {
          // An error that leaves `main` itself ends the process at once, without what is still buffered for a file.
          FileHandle.standardError.write(Data("\\(error)\\n".utf8))
          exit(1)
        }
      }
    }

    """
  }

  /// Where the modules and objects of this build are.
  static let buildFolder: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let path = String(
      decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }()
}
