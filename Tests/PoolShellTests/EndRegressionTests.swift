import Testing

/// Sessions that once did not end, or ended too early.
@Suite("Ends that went wrong once", .timeLimit(.minutes(5)))
struct EndRegressionTests {
  @Test(
    "gates",
    arguments: [
      // A callback that runs inside of another task hid its gate behind that task.
      ShellCase(
        "submit print x\nlet w = $(wait)\nsubmit on_done 1 { gate g }",
        "[1] print x\nx\n[2] on_done 1 { gate g }",
        errors: "[1] exception calling callback: gate g was never opened"),
      // All futures are done, but a callback is about to open the gate.
      ShellCase(
        "submit gate s\non_done 1 { sleep 100ms; open g }\nopen s\ngate g\nprint through",
        "[1] gate s\nthrough"),
      // What a callback submits to a pool of its own is accepted work.
      ShellCase(
        "set quiet on\nsubmit { gate g; return }\n"
          + "on_done 1 { pool new late -w 1; submit { sleep 50ms; print late } }\nopen g", "late"),
    ])
  func gates(expected: ShellCase) async throws { try await expected.check() }

  @Test("what an item prints after its map has given up is not lost")
  func printsAfterTheMap() async throws {
    // Time enough for the item to begin on a busy machine: one that has not is cancelled, and prints nothing.
    try await expectShell("map --timeout 2s { gate g; print hi } ::: 1 || open g", "hi")
  }

  @Test("a pool whose name was given to another is still cancelled by an error")
  func replacedPool() async throws {
    try await expectShell(
      """
      set quiet on
      pool new a -w 1
      submit { open up; gate go }
      submit print never
      gate up
      shutdown --no-wait a
      pool new a
      fail boom
      """, "",
      errors: "-c:8:1: error: boom\n[..]\n[..]\nstopped: 1 queued cancelled, 1 running waited for",
      status: 3)
  }
}
