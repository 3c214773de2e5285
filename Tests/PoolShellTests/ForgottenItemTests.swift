import Testing

@testable import PoolShell

/// A map with a window forgets what it has shown long ago; how each item ended stays known.
@Suite("map --buffersize: what is forgotten", .timeLimit(.minutes(5)))
struct ForgottenItemTests {
  /// 1,500 items, of which 1 and 95 to 1500 fail; 1 to 500 are forgotten.
  private static let map = """
    set quiet on
    try { map --as L --buffersize 8 fibonacci ::: -1 1..1499 } catch { print $error }

    """

  @Test(
    "selectors and counts stay true",
    arguments: [
      ("state 1", "failed"), ("state 2", "finished"), ("failed 1", "true"), ("done 500", "true"),
      ("wait all all", "done: 1..1500\nnot done: none"),
      ("wait @L", "done: 1..1500\nnot done: none"),
      ("wait failed", "done: 1 95..1500\nnot done: none"),
      ("wait finished", "done: 2..94\nnot done: none"),
      ("wait 3 4 499..502", "done: 3 4 499..502\nnot done: none"),
      ("wait", "done: none\nnot done: none"),
      ("cancel 2", "[2] not cancelled: already finished"),
      ("try { result 2 } catch { print $error }", "[2] was shown by map, and is no longer kept"),
      ("exception 2", "none"), ("exception 1", "[1] was shown by map, and is no longer kept"),
      ("on_done 2 { print $state }", "finished"),
      ("submit print x\nwait", "x\ndone: 1501\nnot done: none"),
      ("try { state 1502 } catch { print $error }", "no future 1502"),
    ])
  func selectors(command: String, answer: String) async throws {
    let run = try await runShell(Self.map + command)
    let lines = run.output.split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.contains(" of 1500 items failed: 1 95..1500") })
    #expect(lines[place].hasPrefix("1407 of 1500"))
    #expect(lines[(place + 1)...].joined(separator: "\n") == answer, "\(run.errors.suffix(300))")
    #expect(run.status == 0)
  }

  @Test("jobs and info still know the command, the pool and the label")
  func table() async throws {
    let run = try await runShell(
      """
      set quiet on
      let x = $(map --as L --buffersize 2 return {} ::: 1..1100)
      jobs 100 1100
      info 100
      """)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines[1].hasSuffix("  return {}") && lines[1].contains("finished"))
    #expect(lines[2].hasSuffix("  return 1100"))
    for line in ["id: 100", "state: finished", "task: return {}", "label: @L", "pool: main"] {
      #expect(lines.contains(line))
    }
  }

  @Test("a map without a window, or one that is short, forgets nothing")
  func keeps() async throws {
    try await expectShell(
      """
      set quiet on
      let a = $(map return ::: 1..1200)
      let b = $(map --buffersize 1 return ::: 1..1000)
      result 1
      result 1201
      result 2200
      """, "1\n1\n1000")
  }

  @Test("a wait that has seen an item pending, which is then forgotten, does not wait for it")
  func watchedElsewhere() async throws {
    let run = try await runShell(
      """
      set quiet on
      pool new -w 1 q
      pool new -w 2 p
      submit --pool q { map --pool p --buffersize 32 return ::: 1..1600; return through }
      repeat 40 wait --timeout 1ms
      wait
      result 1
      """)
    #expect(run.output.hasSuffix("\nnot done: none\nthrough\n"), "\(run.output.suffix(200))")
    #expect(run.status == 0)
  }
}

/// Records in blocks.
@Suite("Records of futures, in blocks")
struct RecordStoreTests {
  @Test("ids are counted up, and given back only at the end")
  func ids() {
    var store = RecordStore()
    for id in 1...3000 { #expect(store.reserve() == id) }
    store.giveBack(2999)
    #expect(store.count == 3000)
    for id in (1...3000).reversed() { store.giveBack(id) }
    #expect(store.count == 0 && store.reserve() == 1)
    #expect(store[0] == nil && store[1] == nil && store[2] == nil && store[-1] == nil)
    #expect(store.records(1...5000).isEmpty && store.last == nil)
  }

  @Test("what is forgotten is gone, the rest is found")
  func forgetting() throws {
    let shell = ShellUnderTest()
    let run = shell.run("set quiet on\nsubmit return ::: 1..2500\nwait")
    #expect(run.status == 0)
    let records = shell.session.futures.all
    var store = RecordStore()
    for record in records {
      _ = store.reserve()
      store.insert(record)
    }
    #expect(store.records(1000...1100).map(\.id) == Array(1000...1100))
    for id in 1...2047 { store.forget(id) }
    store.forget(5)
    #expect(store[2047] == nil && store[2048]?.id == 2048)
    #expect(store.records(1...9999).map(\.id) == Array(2048...2500))
    store.forget(2500)
    #expect(store.last?.id == 2499)
    for id in 2048...2499 { store.forget(id) }
    #expect(store.last == nil && store.count == 2500)
  }
}
