import FoundationEssentials
import TestSupport
import Testing

/// The README's blocks of shell: what is typed after `$`, and exactly what comes back.
@Suite(.fewAtOnce) struct ReadmeTests {
  static let root = #filePath.components(separatedBy: "/Tests/").first ?? "."
  static let text = (try? String(contentsOfFile: root + "/README.md", encoding: .utf8)) ?? ""

  /// A line that is typed, and the lines that it answers.
  struct Step: Sendable, CustomTestStringConvertible {
    var line: String
    var output = ""
    var testDescription: String { line }
  }

  static let steps: [Step] = {
    var steps: [Step] = []
    for block in text.components(separatedBy: "```console\n").dropFirst() {
      for line in (block.components(separatedBy: "```").first ?? "").split(separator: "\n") {
        if line.hasPrefix("$ ") {
          steps.append(Step(line: String(line.dropFirst(2))))
        } else if !steps.isEmpty {
          steps[steps.count - 1].output += line + "\n"
        }
      }
    }
    return steps
  }()

  @Test("a line of shell in README.md answers what it says", arguments: steps)
  func answers(_ step: Step) async throws {
    let result = try await run(.shell(step.line) { $0.directory = Self.root })
    #expect(result.output == step.output)
    #expect(result.status == 0)
  }

  @Test("README.md has such lines")
  func areThere() {
    #expect(Self.steps.count >= 3)
  }

  @Test("the scripts that README.md names are there")
  func scriptsAreThere() throws {
    let words = Self.text.split { " `\n()".contains($0) }
    let scripts = words.filter { $0.hasPrefix("examples/") && $0.hasSuffix(".poolsh") }
    #expect(!scripts.isEmpty)
    for script in scripts {
      #expect(FileManager.default.fileExists(atPath: Self.root + "/" + script), "\(script)")
    }
  }
}
