import TestSupport

/// Random scripts of all that waits, for `VirtualTimeWalkTests`.
struct VirtualTimeWalk {
  private var random: SeededGenerator
  private let seed: Int
  /// How many futures there are at least.
  private var futures = 0

  init(seed: Int) {
    self.seed = seed
    random = SeededGenerator(seed: UInt64(seed))
  }

  /// A script that ends: tasks wait for others only in a pool that has room for all, and gates are opened at the end.
  mutating func script() -> String {
    var lines = [
      "set on_error continue", "set seed \(seed)", "pool new side -w 2",
      "pool new lim -w \(1 + random.below(2)) --queue-limit 2", "pool new deep -w 60",
      "pool new main -w \(1 + random.below(8))",
    ]
    for _ in 0..<(5 + random.below(20)) { lines.append(command()) }
    return (lines + ["open g0", "open g1", "open g2"]).joined(separator: "\n")
  }

  private mutating func one(of words: [String]) -> String { words[random.below(words.count)] }

  private mutating func duration() -> String { one(of: ["0", "0.1", "0.5", "1", "2", "3"]) }

  private mutating func id() -> Int { 1 + random.below(max(futures, 1)) }

  /// A task.
  private mutating func task(depth: Int = 0) -> String {
    let (long, short, gate) = (duration(), duration(), "g\(random.below(3))")
    if depth < 2, random.oneIn(6) {
      return one(of: [
        "{ submit --pool deep \(task(depth: depth + 1)); wait }",
        "{ let id = $(submit --pool deep \(task(depth: depth + 1))); sleep \(long); wait $id; print sub }",
      ])
    }
    return one(of: [
      "sleep \(long)", "sleep 0..3", "fail boom", "print x", "{ sleep \(long); return r }",
      "{ sleep \(long); fail late }", "{ gate \(gate); print through }",
      "{ sleep \(long); open \(gate) }", "{ open \(gate); print opened }",
      "{ print a; sleep \(long); print b; sleep \(short); print $worker }",
      "{ sleep 0..2; print rand }", "{ wait first --timeout \(long) 1; print waited }",
      "{ try { result 1 --timeout \(long) } catch { print $error } }",
    ])
  }

  private mutating func options() -> String {
    var options = ""
    if random.oneIn(3) { options += " --timeout \(duration())" }
    if random.oneIn(5) { options += " --retries \(random.below(3)) --backoff \(duration())" }
    if random.oneIn(6) { options += " --priority \(random.below(3))" }
    if futures > 0, random.oneIn(6) { options += " --after\(one(of: ["", "-any"])) \(id())" }
    return options
  }

  private mutating func command() -> String {
    switch random.below(10) {
    case 0..<3:
      defer { futures += 1 }
      return "submit\(one(of: ["", "", " --pool side", " --pool lim"]))\(options()) \(task())"
    case 3:
      defer { futures += 4 }
      return "submit\(one(of: ["", " --pool lim"])) { sleep \(duration()); "
        + "print \"i$item on $worker\" } ::: a b c d"
    case 4: return map()
    case 5: return with()
    case 6 where futures > 0: return aboutOne()
    default: return waiting()
    }
  }

  private mutating func map() -> String {
    let options = one(of: [
      "", "--delay 0.5", "--timeout 1.5", "--job-timeout 1", "--as-completed", "--buffersize 2",
      "--halt now,done=2", "--halt soon,done=1", "--as-completed --tag", "--delay 1 --as-completed",
    ])
    return "try { map \(options) { sleep 0..2; print \"m$item\"; return $worker } ::: 1 2 3 4 } "
      + "catch { print $error }"
  }

  private mutating func with() -> String {
    let initializer = "--initializer { sleep 0..1; let me = $worker; print \"init $worker\" }"
    return "try { with pool -w \(1 + random.below(3)) \(one(of: ["", initializer])) "
      + "{ submit { sleep \(duration()); print \"w$item $worker\" } ::: 1 2 3; print in } } "
      + "catch { print $error }"
  }

  /// A command about a future that there is, or may be.
  private mutating func aboutOne() -> String {
    let id = id()
    return one(of: [
      "cancel \(id)", "kill \(id)", "info \(id)", "running \(id)",
      "try { result \(id) --timeout \(duration()) } catch { print $error }",
      "on_done \(id) { print \"cb $id on $worker\"; sleep \(duration()); print \"cb2 $id\" }",
      "try { race \(id) \(self.id()) --timeout \(duration()) } catch { print $error }",
    ])
  }

  private mutating func waiting() -> String {
    one(of: [
      "wait first", "wait --timeout \(duration())", "wait exception --timeout \(duration())",
      "try { as_completed --timeout \(duration()) } catch { print $error }", "sleep \(duration())",
      "jobs", "pause", "resume", "open g\(random.below(3))", "pools", "workers", "print -",
      "time sleep \(duration())", "try { retry failed } catch { print $error }",
    ])
  }
}
