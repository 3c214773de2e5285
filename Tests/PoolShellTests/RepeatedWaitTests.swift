import Testing

/// Bare `wait` and `as_completed` again and again, and within each other.
@Suite("Repeated waits", .timeLimit(.minutes(5)))
struct RepeatedWaitTests {
  @Test(
    "each says what is new since the last one",
    arguments: [
      ShellCase(
        "let s = $(submit { gate $item } ::: 1..5)\nfor i in 1..5 { open $i; wait first }",
        """
        done: 1
        not done: 2..5
        done: 2
        not done: 3..5
        done: 3
        not done: 4 5
        done: 4
        not done: 5
        done: 5
        not done: none
        """),
      ShellCase(
        "set quiet on\nfor i in 1..3 { submit return $i; wait }\nas_completed",
        """
        done: 1
        not done: none
        done: 2
        not done: none
        done: 3
        not done: none
        [1] 1
        [2] 2
        [3] 3
        """),
      ShellCase(
        "set quiet on\nfor i in 1..3 { submit return $i; as_completed }\nwait",
        "[1] 1\n[2] 2\n[3] 3\ndone: none\nnot done: none"),
      ShellCase(
        "set quiet on\nfor i in 1..3 { submit return $i; result last }\nwait\nas_completed",
        "1\n2\n3\ndone: none\nnot done: none"),
      ShellCase(
        "set quiet on\npool new -w 1\nlet s = $(submit return ::: 1..4)\nresult 4\n"
          + "for i in 1..3 { try { as_completed do { print $id; fail x } } catch { } }\nwait",
        "4\n1\n2\n3\ndone: none\nnot done: none"),
      ShellCase(
        "set quiet on\nfor i in 1..3 { with pool -w 1 { submit return $i; wait } }\nwait\nas_completed",
        """
        done: 1
        not done: none
        done: 2
        not done: none
        done: 3
        not done: none
        done: none
        not done: none
        [1] 1
        [2] 2
        [3] 3
        """),
      ShellCase(
        "set quiet on\nsubmit { for i in 1..3 { submit return $i; print $(wait) }; as_completed }\n"
          + "result 1", "2\n3\n4\n[2] 1\n[3] 2\n[4] 3"),
    ])
  func again(expected: ShellCase) async throws { try await expected.check() }

  @Test("what another task looks at while we wait is listed by this wait, and by no later one")
  func seenMeanwhile() async throws {
    try await expectShell(
      """
      set quiet on
      submit { gate g; return x }
      submit { result 1; open seen; return }
      submit { gate seen }
      submit { sleep 0.5; open g }
      wait
      wait
      """,
      "done: 1..4\nnot done: none\ndone: none\nnot done: none")
  }

  @Test("the block of as_completed may wait for the same futures; each still has its turn")
  func nested() async throws {
    try await expectShell(
      """
      set quiet on
      pool new -w 1
      let s = $(submit return ::: a b c)
      exception 3
      as_completed do { print "turn $id"; as_completed; wait }
      """,
      """
      none
      turn 1
      [2] b
      done: none
      not done: none
      turn 2
      done: none
      not done: none
      """)
  }
}
