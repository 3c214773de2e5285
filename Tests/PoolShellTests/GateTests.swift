import Testing

/// `gate` and `open`; and how closed gates fail once only gates are left.
@Suite("Gates", .timeLimit(.minutes(5)))
struct GateTests {
  @Test(
    "a gate lets through once it is open, and for good",
    arguments: [
      ShellCase("open g\ngate g\ngate g\nprint through", "through"),
      ShellCase(
        "submit { gate g; return $item } ::: 1..4\nopen g\nopen g\nresult all",
        "[1] { gate g; return $item } ::: 1\n[2] { gate g; return $item } ::: 2\n"
          + "[3] { gate g; return $item } ::: 3\n[4] { gate g; return $item } ::: 4\n1\n2\n3\n4"),
      ShellCase("submit open g\ngate g\nprint through", "[1] open g\nthrough"),
      ShellCase(
        "submit { gate a; open b }\nsubmit { gate b; open c }\nopen a\ngate c\nprint through",
        "[1] { gate a; open b }\n[2] { gate b; open c }\nthrough"),
      ShellCase("let x = $(open g; gate g)\nprint \"<$x>\"", "<>"),
      ShellCase(
        "gate g", errors: "-c:1:1: error: nothing is left that could open gate g\n[..]\n[..]",
        status: 3),
      ShellCase(
        "submit return x\nlet w = $(wait)\ntry { gate g } catch { print $error }",
        "[1] return x\nnothing is left that could open gate g"),
    ])
  func opening(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "at the end, closed gates fail when only gates are left",
    arguments: [
      ShellCase(
        "submit gate g", "[1] gate g",
        errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit { try { gate g } catch { print $error } }",
        "[1] { try { gate g } catch { print $error } }\ngate g was never opened"),
      ShellCase(
        "submit gate g\non_done 1 { print \"$state: $error\" }",
        "[1] gate g\nfailed: gate g was never opened",
        errors: "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit gate a\nsubmit gate b\nsubmit gate a", "[1] gate a\n[2] gate b\n[3] gate a",
        errors: "3 failures were never looked at: 1..3", status: 1),
      ShellCase(
        "submit gate g\nexit 7", "[1] gate g",
        errors: "1 failure was never looked at: 1", status: 7),
      ShellCase(
        "pool new -w 1\nsubmit { gate g; print never }\nsubmit print behind",
        "pool pool1: 1 worker\n[1] { gate g; print never }\n[2] print behind\nbehind",
        errors: "1 failure was never looked at: 1", status: 1),
    ])
  func failing(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "also when tasks wait for those that stand at a gate",
    arguments: [
      ShellCase(
        "submit { try { gate g } catch { } }\nsubmit { result 1; print resulted }\n"
          + "submit { wait 1 2; print waited }\nsubmit { as_completed 1; return }",
        "[1] { try { gate g } catch { } }\n[2] { result 1; print resulted }\n"
          + "[3] { wait 1 2; print waited }\n[4] { as_completed 1; return }\nresulted\nwaited"),
      ShellCase(
        "submit { submit { try { gate a } catch { print $error } }; open up; wait; print w }\n"
          + "gate up",
        "[1] { submit { try { gate a } catch { print $error } }; open up; wait; print w }\n"
          + "gate a was never opened\nw"),
      ShellCase(
        "submit { with pool -w 1 { submit { try { gate a } catch { print $error } }; open up } }\n"
          + "gate up",
        "[1] { with pool -w 1 { submit { try { gate a } catch { print $error } }; open up } }\n"
          + "gate a was never opened"),
      ShellCase(
        "pool new a -w 1\npool new b -w 1\nsubmit { try { gate g } catch { print $error } }\n"
          + "submit --pool a { shutdown --no-wait b; result 1; print second }\n"
          + "submit --pool a print third",
        "pool a: 1 worker\npool b: 1 worker\n[1] { try { gate g } catch { print $error } }\n"
          + "[2] { shutdown --no-wait b; result 1; print second }\n[3] print third\n"
          + "gate g was never opened\nsecond\nthird"),
    ])
  func failingBehindWaits(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "also in callbacks and initializers",
    arguments: [
      ShellCase(
        "submit { gate h; return x }\non_done 1 { gate g; print never }\nopen h",
        "[1] { gate h; return x }",
        errors: "[1] exception calling callback: gate g was never opened"),
      ShellCase(
        "pool new p -w 1 --initializer { gate g }\nsubmit return x",
        "pool p: 1 worker\n[1] return x",
        errors: "exception in initializer of pool p: gate g was never opened\n"
          + "1 failure was never looked at: 1", status: 1),
      ShellCase(
        "submit return x\nlet w = $(wait)\non_done 1 { gate g }\nprint after",
        "[1] return x\nafter",
        errors: "[1] exception calling callback: nothing is left that could open gate g"),
      ShellCase(
        "submit gate a\nsubmit gate b\non_done 1 { open b }\non_done 2 { print \"2 $state\" }",
        "[1] gate a\n[2] gate b\n2 [..]",
        errors: "[..] never looked at: [..]", status: 1),
    ])
  func hooks(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "a gate that somebody can still open does not fail",
    arguments: [
      ShellCase(
        "pool new -w 1\nsubmit gate g\npool new -w 1\nsubmit { sleep 150ms; open g }",
        "pool pool1: 1 worker\n[1] gate g\npool pool2: 1 worker\n[2] { sleep 150ms; open g }"),
      ShellCase(
        "pool new -w 2\nsubmit gate g\nsubmit sleep 150ms\nsubmit sleep 1ms\nsubmit open g",
        "pool pool1: 2 workers\n[1] gate g\n[2] sleep 150ms\n[3] sleep 1ms\n[4] open g"),
      ShellCase(
        "pool new -w 2\nsubmit gate g\nsubmit { sh 'sleep 0.15'; return }\nsubmit open g",
        "pool pool1: 2 workers\n[1] gate g\n[2] { sh 'sleep 0.15'; return }\n[3] open g"),
      ShellCase(
        "submit gate g\nsubmit { wait all --timeout 150ms; open g }",
        "[1] gate g\n[2] { wait all --timeout 150ms; open g }"),
      ShellCase(
        "submit { gate g; return x }\non_done 1 { open h }\nsubmit gate h\n"
          + "submit { sleep 150ms; open g }",
        "[1] { gate g; return x }\n[2] gate h\n[3] { sleep 150ms; open g }"),
      ShellCase(
        "submit gate g\nsubmit return x\non_done 2 { sleep 150ms; open g }",
        "[1] gate g\n[2] return x"),
      ShellCase(
        "submit gate g\nsubmit { for i in 1..15 { sleep 10ms }; open g }",
        "[1] gate g\n[2] { for i in 1..15 { sleep 10ms }; open g }"),
    ])
  func notFailing(expected: ShellCase) async throws { try await expected.check() }

  @Test("a script that stops fails its gates at once")
  func stop() async throws {
    try await expectShell(
      """
      pool new -w 1
      submit { open up; try { gate g } catch { print "told: $error" } }
      submit print never
      gate up
      fail boom
      """,
      """
      pool pool1: 1 worker
      [1] { open up; try { gate g } catch { print "told: $error" } }
      [2] print never
      told: gate g was never opened
      """,
      errors:
        "-c:5:1: error: boom\n  fail boom\n  ^\nstopped: 1 queued cancelled, 1 running waited for",
      status: 3
    )
  }
}
