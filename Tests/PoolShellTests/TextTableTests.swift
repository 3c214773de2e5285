import Testing

@testable import PoolShell

/// Tables of text, lists of ids, and the words of `jobs` and `info`.
@Suite("Tables", .timeLimit(.minutes(5)))
struct TextTableTests {
  @Test("columns line up; the last is not padded")
  func columns() {
    let table = TextTable.text([["id", "name", "x"], ["1", "a", "long"], ["22", "bcdef", ""]])
    #expect(table == "id  name   x\n1   a      long\n22  bcdef  \n")
    let right = TextTable.text([["id", "t", "x"], ["1", "0.5s", "y"]], rightAligned: [0, 1])
    #expect(right == "id     t  x\n 1  0.5s  y\n")
    #expect(TextTable.text([]) == "" && TextTable.text([["only"]]) == "only\n")
  }

  @Test("characters count, not bytes")
  func characters() {
    #expect(TextTable.text([["é", "x"], ["ab", "y"]]) == "é   x\nab  y\n")
  }

  @Test("three ids in a row become a range")
  func ids() {
    #expect(IdList.text([]) == "none" && IdList.text([7]) == "7" && IdList.text([1, 2]) == "1 2")
    #expect(
      IdList.text([1, 3, 4, 5]) == "1 3..5"
        && IdList.text([1, 2, 3, 5, 6, 8, 9, 10]) == "1..3 5 6 8..10")
  }

  @Test("counts with their nouns")
  func counts() {
    #expect(Counted.text(1, "worker") == "1 worker" && Counted.text(0, "worker") == "0 workers")
    #expect(Counted.text(2, "worker") == "2 workers")
  }

  @Test("jobs: a line per future, in order of id")
  func jobs() async throws {
    try await expectShell(
      Prologue.states + "jobs\njobs 5 1\nlet seen = $(exception 2)\nopen g",
      Prologue.statesOutput + """
        id  state      worker                  waited    ran  task
         1  finished   ThreadPoolExecutor-0_0[..]s[..]s  return ok
         2  failed     ThreadPoolExecutor-0_0[..]s[..]s  fail bad
         3  running    ThreadPoolExecutor-0_0[..]s[..]s  { open up; gate g; return went }
         4  pending    -[..]s      -  return queued
         5  cancelled  -[..]s      -  return gone
        id  state      worker                  waited    ran  task
         1  finished   ThreadPoolExecutor-0_0[..]s[..]s  return ok
         5  cancelled  -[..]s      -  return gone
        """)
    try await expectShell("jobs", "id  state  worker  waited  ran  task")
  }

  @Test("info: everything about one")
  func info() async throws {
    try await expectShell(
      """
      set quiet on
      pool new p -w 1
      submit --as it return x ::: a
      let w = $(wait)
      info 1
      submit gate g
      submit return
      info 3
      open g
      """,
      """
      id: 1
      state: finished
      task: return x a
      item: a
      label: @it
      pool: p
      worker: ThreadPoolExecutor-0_0
      waited: [..]s
      ran: [..]s
      value: x a
      id: 3
      state: pending
      task: return
      pool: p
      waited: [..]s
      """)
  }
}
