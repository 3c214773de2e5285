import TestSupport
import Testing

@testable import PoolShell

/// A script does not wait for ever for what only closed gates hold up.
@Suite("Waits that nothing is left to end", .timeLimit(.minutes(5)))
struct OutlookTests {
  @Test(
    "a wait for a task at a gate fails when nobody is left who could open it",
    arguments: [
      "wait", "wait 1", "wait first", "result 1", "as_completed", "as_completed 1", "race 1",
      "exception 1", "shutdown", "map gate ::: g", "map --as-completed gate ::: g",
      "map --delay 1ms gate ::: g", "with pool { submit gate g }",
    ])
  func gates(wait: String) async throws {
    let run = try await runShell("set quiet on\nsubmit gate g\n\(wait)")
    #expect(run.status == 3)
    let message = "error: nothing is left that could open gate g\n"
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test(
    "it can be caught, and the gate opened",
    arguments: [
      ShellCase(
        "submit { gate g; return x }\ntry { result 1 } catch { print $error }\nopen g\nresult 1",
        "[1] { gate g; return x }\nnothing is left that could open gate g\nx"),
      ShellCase(
        "submit gate a\nsubmit gate b\ntry { wait } catch { print $error }\nopen a\nopen b",
        "[1] gate a\n[2] gate b\nnothing is left that could open gates a, b"),
      ShellCase(
        "submit { gate g }\nsubmit { sleep 0.3; open g }\nwait",
        "[1] { gate g }\n[2] { sleep 0.3; open g }\ndone: 1 2\nnot done: none"),
      ShellCase(
        "submit gate g\nwait -t 0.2\nopen g", "[1] gate g\ndone: none\nnot done: 1"),
      ShellCase(
        "submit { gate g }\nsubmit { result 1 }\ntry { wait 2 } catch { print $error }\nopen g\nwait",
        "[1] { gate g }\n[2] { result 1 }\nnothing is left that could open gate g\ndone: 1 2\n"
          + "not done: none"),
    ])
  func goesOn(expected: ShellCase) async throws { try await expected.check() }
}
