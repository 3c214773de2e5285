import TestSupport
import Testing

@testable import PoolShell

/// Random scripts: whatever they are, the shell ends, and leaves no future unfinished.
@Suite("Random scripts", .timeLimit(.minutes(5)))
struct ScriptFuzzTests {
  @Test("a random script ends, and every accepted future is done", arguments: 0..<60)
  func scripts(seed: Int) async throws {
    var maker = ScriptMaker(seed: UInt64(seed) + 1)
    let script = maker.script()
    let isContinuing = !seed.isMultiple(of: 3)
    try await check(script, isContinuing: isContinuing)
  }

  @Test("so does a script with holes, twists and garbage", arguments: 0..<60)
  func damaged(seed: Int) async throws {
    var maker = ScriptMaker(seed: UInt64(seed) + 10_001)
    try await check(maker.damaged(maker.script()), isContinuing: true)
  }

  private func check(_ script: String, isContinuing: Bool) async throws {
    try await onShellThread {
      var values = Settings.Values()
      values.onError = isContinuing ? .continue : .stop
      values.workers = 3
      let shell = ShellUnderTest(values)
      let run = try inTime("the end of:\n\(script)") { shell.run(script) }
      #expect([0, 1, 3].contains(run.status), "\(script)\nended with \(run.status)")
      let unfinished = shell.session.futures.all.filter {
        $0.state == .pending || $0.state == .running
      }
      #expect(unfinished.isEmpty, "\(script)\nleft \(unfinished.map(\.id)) unfinished")
      #expect(!run.errors.contains("Error(") && !run.errors.contains("Optional("))
    }
  }
}

/// Makes scripts out of real commands that can be put together in any way without waiting for ever.
struct ScriptMaker {
  private var random: SeededGenerator
  /// Whether what is made now runs on a worker, where waiting for the own pool may be for ever.
  private var isInTask = false

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func script() -> String {
    let count = 3 + random.below(15)
    return (0..<count).map { _ in command(depth: 0) }.joined(separator: "\n") + "\n"
  }

  private mutating func pick(_ choices: String...) -> String {
    choices[random.below(choices.count)]
  }

  private mutating func number() -> Int { random.below(12) }

  private mutating func selector() -> String {
    pick(
      "\(number())", "all", "last", "unseen", "failed", "done", "1..\(number())", "@a", "pending",
      "running $x", "$ids", "finished cancelled", "1 2")
  }

  private mutating func word() -> String {
    pick(
      "a", "'b c'", "$x", "\"$x-$worker\"", "${y:-d}", "$(return v)", "é", "{}", "\\$z", "''",
      "$item", "1..3")
  }

  /// A command that any thread may run.
  private mutating func plain(_ depth: Int) -> String {
    switch random.below(20) {
    case 0...2: "print \(word()) \(word())"
    case 3: "sleep 1ms"
    case 4: "sleep 0..2ms"
    case 5: "return \(word())"
    case 6: "fail \(word())"
    case 7: "fibonacci \(number() * 10)"
    case 8: "primes \(number() * 100)"
    case 9: "let \(pick("x", "y", "ids")) = \(word())"
    case 10: "open \(pick("g", "h"))"
    case 11: "state \(number())"
    case 12: "cancel \(selector())"
    case 13: "result \(selector()) --timeout \(pick("0", "1ms", "5ms"))"
    case 14:
      "wait \(pick("all", "first", "exception", "")) \(selector()) --timeout \(pick("0", "2ms"))"
    case 15: "as_completed \(selector()) --timeout 2ms"
    case 16: "exception \(number()) -t 0"
    case 17: pick("jobs", "pools", "workers", "pool", "info \(number())", "version", "help wait")
    case 18: "nosuch \(word())"
    default: "read /dev/null"
    }
  }

  /// A command, or several that hold others.
  private mutating func command(depth: Int) -> String {
    guard depth < 3 else { return plain(depth) }
    let block = { (maker: inout ScriptMaker) in maker.block(depth + 1) }
    switch random.below(24) {
    case 0...4: return submit(depth)
    case 5: return map(depth)
    case 7: return "for i in 1..3 \(block(&self))"
    case 8: return "try \(block(&self)) catch \(block(&self))"
    case 9: return "with pool -w 2 \(block(&self))"
    case 10: return "on_done \(selector()) \(onWorker { $0.block(depth + 1) })"
    case 11: return "repeat 2 \(command(depth: depth + 1))"
    case 12: return "\(command(depth: depth + 1)) \(pick("&&", "||")) \(command(depth: depth + 1))"
    case 13: return "as_completed \(selector()) --timeout 2ms do \(block(&self))"
    case 14: return "let \(pick("x", "ids")) = $(\(command(depth: depth + 1)))"
    case 15: return "time \(block(&self))"
    case 16 where depth == 0: return "def f\(number()) p \(onWorker { $0.block(depth + 1) })"
    case 17: return "f\(number()) \(word())"
    case 18: return "shutdown --no-wait \(pick("", "--cancel-futures"))"
    case 19: return "pool new -w \(1 + random.below(3)) \(pick("", "--initializer { let x = i }"))"
    case 20 where depth == 0: return "submit { gate \(pick("g", "h")); \(plain(depth)) }"
    default: return plain(depth)
    }
  }

  private mutating func submit(_ depth: Int) -> String {
    let options = pick("", "--as a", "--timeout 20ms", "--as b --timeout 1h")
    let items = pick("", "::: 1..3", "::: a 'b c'", "--zip ::: a")
    return "submit \(options) \(inner(depth)) \(items)"
  }

  private mutating func map(_ depth: Int) -> String {
    let waits = isInTask ? "--timeout 20ms" : pick("", "--buffersize 2", "--timeout 20ms")
    let options = random.oneIn(4) ? "--no-wait" : waits
    return random.oneIn(4)
      ? "map \(options) --zip print {2}{1} ::: a b ::: 1..3"
      : "map \(options) \(inner(depth)) ::: 1..4"
  }

  /// What a task does.
  private mutating func inner(_ depth: Int) -> String {
    onWorker { $0.random.oneIn(3) ? $0.plain(depth) : $0.block(depth + 1) }
  }

  private mutating func onWorker(_ make: (inout ScriptMaker) -> String) -> String {
    let wasInTask = isInTask
    isInTask = true
    defer { isInTask = wasInTask }
    return make(&self)
  }

  private mutating func block(_ depth: Int) -> String {
    let commands = (0...random.below(3)).map { _ in command(depth: depth) }
    return "{ \(commands.joined(separator: pick("; ", "\n"))) }"
  }

  /// The script with some characters taken out, doubled, or replaced; its time limits stay.
  mutating func damaged(_ script: String) -> String {
    let script = script.replacing("gate", with: "open")
    var characters = Array(script)
    for _ in 0..<(1 + random.below(6)) where characters.count > 2 {
      let position = random.below(characters.count)
      switch random.below(4) {
      case 0: characters.remove(at: position)
      case 1: characters.insert(characters[position], at: position)
      case 2: characters[position] = Array("{}$();&|'\"\\ \n#:.-")[random.below(17)]
      default: characters.swapAt(position, random.below(characters.count))
      }
    }
    return Self.limits(String(characters)) == Self.limits(script) ? String(characters) : script
  }

  /// What keeps a script from taking for ever.
  private static func limits(_ script: String) -> [Substring] {
    script.matches(
      of: /(--timeout|-t|sleep) [^\s;]+[\s;]|(wait|as_completed|result|exception|map)\b/
    )
    .map(\.0)
  }
}
