import TestSupport

/// Programs in Swift, compiled together and run one by one.
struct SwiftPrograms: Sendable {
  /// Goes away with them.
  private let folder: Folder
  private let path: String

  /// Compiles them, each in a file of its own.
  ///
  /// - Parameter programs: Name and text of each.
  /// - Throws: What the compiler says, if it is not content.
  init(compiling programs: [(name: String, text: String)]) async throws {
    folder = try Folder()
    var sources = ["Driver.swift": Self.driver(programs.map(\.name))]
    for (name, text) in programs { sources["\(name).swift"] = Self.part(text, name) }
    path = try await SwiftModule.compile(sources, in: folder)
  }

  func run(_ name: String) async throws -> ProgramRun {
    try await PoolshTests.run(Launch([name]) { $0.program = path })
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
}
