import TestSupport
import Testing

/// What `code` writes is a whole program that prints what poolsh prints.
@Suite(.fewAtOnce, .timeLimit(.minutes(10))) struct CodeProgramTests {
  /// Whether there is a program of that name; if not, says that it is missing.
  private func isThere(_ program: String) async throws -> Bool {
    let run = try await shell("command -v \(program)")
    if run.status != 0 { print("skipped: there is no \(program)") }
    return run.status == 0
  }

  private func code(_ script: CodeScript, _ language: String) async throws -> String {
    let run = try await poolsh("-c", "code \"$1\" --\(language)", script.path)
    try #require(run.status == 0, "\(script.name): \(run.errors)")
    return run.output
  }

  @Test("an example that cannot be translated says why", arguments: CodeScript.untranslatable)
  func untranslatable(name: String) async throws {
    let path = ExamplesFolder.path(of: name)
    let run = try await poolsh("-c", "code \"$1\"", path)
    #expect(run.status == 3 && run.output == "")
    #expect(
      run.errors.hasPrefix("\(path):15:23: error: code: a gate whose name is not written out"))
  }

  @Test("in Python", arguments: try CodeScript.examples)
  func python(script: CodeScript) async throws {
    guard try await isThere("python3") else { return }
    try await comparePython(script, expected: nil)
  }

  private func comparePython(_ script: CodeScript, expected: ProgramRun?) async throws {
    let folder = try Folder()
    try folder.write("program.py", Array(try await code(script, "python").utf8))
    if script.comparison == .notAtAll {
      let run = try await shell("python3 -m py_compile program.py") { $0.directory = folder.path }
      #expect(run.status == 0, "\(run.errors)")
      return
    }
    let run = try await shell("python3 program.py") { $0.directory = folder.path }
    compare(run, expected == nil ? try await poolsh("--quiet", script.path) : expected, script)
  }

  private func compare(_ run: ProgramRun, _ expected: ProgramRun?, _ script: CodeScript) {
    guard let expected else { return }
    #expect(
      script.comparable(run) == script.comparable(expected), "\(script): \(run.errors)")
    let endsWell = expected.status.map { $0 < 2 } == true
    #expect((run.status == 0) == endsWell, "\(script): \(run.errors)")
  }

  @Test("what the lessons have one type, in Python", arguments: LessonScripts.names)
  func lessonInPython(name: String) async throws {
    guard try await isThere("python3") else { return }
    let lesson = try await LessonScripts.lesson(name)
    #expect(
      lesson.kept * 3 >= lesson.all,
      "only \(lesson.kept) of \(lesson.all) commands of \(name) are translated")
    try await comparePython(lesson.script, expected: lesson.expected)
  }

  @Test("in Swift, without a warning")
  func swift() async throws {
    guard try await isThere("swiftc") else { return }
    var scripts: [(script: CodeScript, expected: ProgramRun?)] = []
    for script in try CodeScript.examples { scripts.append((script, nil)) }
    for name in LessonScripts.names {
      let lesson = try await LessonScripts.lesson(name)
      scripts.append((lesson.script, lesson.expected))
    }
    var programs: [(name: String, text: String)] = []
    for (script, _) in scripts {
      programs.append((script.identifier, try await code(script, "swift")))
    }
    let compiled = try await SwiftPrograms(compiling: programs)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (script, expected) in scripts where script.comparison != .notAtAll {
        group.addTask {
          let run = try await compiled.run(script.identifier)
          let answer =
            expected == nil ? try await poolsh("--quiet", script.path) : expected
          compare(run, answer, script)
        }
      }
      try await group.waitForAll()
    }
  }
}
