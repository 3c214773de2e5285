import FoundationEssentials
import TestSupport
import Testing

/// A script whose programs must print what it prints itself.
struct CodeScript: Sendable, CustomTestStringConvertible {
  /// How the outputs are compared.
  enum Comparison: Sendable {
    case exactly
    /// Its tasks print in any order.
    case inAnyOrder
    /// It needs arguments, or its output is another one each time: its programs are only compiled.
    case notAtAll
  }

  let name: String
  let path: String
  var comparison = Comparison.exactly

  var testDescription: String { name }

  /// A name for a type or a file.
  var identifier: String {
    String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// What a program says, as far as it is compared.
  ///
  /// The library does not tell which worker runs a task.
  func comparable(_ run: ProgramRun) -> [String] {
    let lines = run.lines.map { line in
      line.firstRange(of: " not cancelled: running on ").map {
        line[..<$0.lowerBound] + " not cancelled: running"
      }
        ?? line
    }
    return comparison == .inAnyOrder ? lines.sorted() : lines
  }

  // MARK: The scripts of examples/

  /// Those in which the order of lines is that in which tasks print.
  private static let unordered = [
    "configure-initializer", "pattern-map-not-iterated", "pattern-submit-as-completed",
    "pattern-submit-callback", "pattern-submit-two-callbacks", "pattern-wait-for-all",
    "pattern-wait-for-all-shutdown", "pattern-wait-for-all-with",
  ]

  private static let onlyCompiled = [
    "download-as-completed", "download-serial", "download-submit", "hash-files",
    "pattern-wait-for-first",
    // They show what only the shell has: workers, pools.
    "configure-thread-names", "configure-thread-name-prefix", "configure-workers",
  ]

  /// A gate whose name is an item.
  static let untranslatable = ["wait-timeouts"]

  static var examples: [CodeScript] {
    get throws {
      try ExamplesFolder.scripts.filter { !untranslatable.contains($0) }.map { name in
        CodeScript(
          name: name, path: ExamplesFolder.path(of: name),
          comparison: onlyCompiled.contains(name)
            ? .notAtAll : unordered.contains(name) ? .inAnyOrder : .exactly)
      }
    }
  }
}
