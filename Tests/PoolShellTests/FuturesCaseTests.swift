import Testing

/// The scenarios of CPython's own thread-pool tests as scripts, by their ID in futures-cases.md.
///
/// C-38 to C-41, the tables of states, are in `CancelTests` and `ResultTests`.
@Suite("CPython's scenarios", .timeLimit(.minutes(5)))
struct FuturesCaseTests {
  @Test(
    "submit and pool",
    arguments: [
      scenario("C-01", "submit fibonacci 13\nresult 1", "[1] fibonacci 13\n233"),
      scenario(
        "C-02", "submit exec printf '%s,' --as --timeout max_workers=4 -w\nresult 1\nprint",
        "[1] exec printf '%s,' --as --timeout max_workers=4 -w\n--as,--timeout,max_workers=4,-w,"),
      scenario(
        "C-02 no body", "try { submit } catch { }\njobs", "id  state  worker  waited  ran  task"),
      scenario(
        "C-03",
        "try { pool new -w 0 } catch { print $error }\n"
          + "try { pool new -w -1 } catch { print $error }\npools",
        "max_workers must be greater than 0\nmax_workers must be greater than 0"),
      scenario(
        "C-05",
        "set quiet on\npool new -w 4\nsubmit { gate g } ::: 1..60\nlet w = $(wait --timeout 0)\n"
          + "open g\nshutdown\nwait", "done: 1..60\nnot done: none"),
      scenario(
        "C-07",
        "set quiet on\npool new -w 5\nsubmit { open $item; gate g } ::: 1..3\ngate 1\ngate 2\n"
          + "gate 3\n"
          + "workers\nopen g\nshutdown\nworkers",
        "MainThread\nThreadPoolExecutor-0_0\nThreadPoolExecutor-0_1\nThreadPoolExecutor-0_2\n"
          + "MainThread"
      ),
      scenario(
        "C-08",
        "set quiet on\npool new o -w 1\nsubmit { for i in 1..5 { gate $i }; open all }\n"
          + "pool new -w 5 --thread-name-prefix SpecialPool\n"
          + "map { open $item; gate all; return $worker } ::: 1..5",
        (0..<5).map { "SpecialPool_\($0)" }.joined(separator: "\n"), isUnordered: true),
      scenario(
        "C-09",
        "set quiet on\npool new a -w 1\npool new b -w 1\nmap --pool b { return $worker } ::: 1\n"
          + "map --pool a { return $worker } ::: 1",
        "ThreadPoolExecutor-1_0\nThreadPoolExecutor-0_0"),
      scenario(
        "C-10",
        "set quiet on\npool new -w 2 --initializer { let x = set }\nmap { return $x } ::: 1 2",
        "set\nset"),
      scenario(
        "C-11",
        "set quiet on\npool new -w 2 --initializer { fail init }\nsubmit return x\nexception 1\n"
          + "try { submit return y } catch { print $error }",
        "A thread initializer failed, the thread pool is not usable anymore\n"
          + "A thread initializer failed, the thread pool is not usable anymore",
        errors: "exception in initializer of pool pool1: init"),
      scenario(
        "C-13",
        "submit fail ''\nlet w = $(wait)\nstate 1\n"
          + "try { result 1; print never } catch { print caught }",
        "[1] fail ''\nfailed\ncaught"),
    ])
  func submitting(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "map",
    arguments: [
      scenario(
        "C-14", "map fibonacci ::: 0..9\nfor i in 0..9 { fibonacci $i }",
        "0\n1\n1\n2\n3\n5\n8\n13\n21\n34\n0\n1\n1\n2\n3\n5\n8\n13\n21\n34"),
      scenario(
        "C-15", "map --no-wait print ::: 0..9\nshutdown",
        "[1..10] 10 futures\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"
          + "pool main: shut down", isUnordered: true),
      scenario(
        "C-16", "def divide n { exec expr 5 / $n }\nmap divide ::: 2 3 0 5 || print $error",
        "2\n1\n1\n1 of 4 items failed: 3",
        errors: "[3] error: expr: exit status 2: expr: division by zero"),
      scenario(
        "C-17",
        "def f n { exec test $n = 1 || return $n; fail TimeoutError }\n"
          + "map --timeout 1h f ::: 0..3 || print $error",
        "0\n2\n3\n1 of 4 items failed: 2", errors: "[2] error: TimeoutError"),
      scenario(
        "C-20",
        "set quiet on\npool new -w 1\nsubmit { open up; gate g; print first }\ngate up\n"
          + "try { map --timeout 0 print ::: second third } catch { print $error }\nopen g\n"
          + "shutdown\nwait cancelled",
        "TimeoutError: 2 of 2 items were not finished\nfirst\ndone: 2 3\nnot done: none"),
      scenario(
        "C-21",
        "try { map --buffersize foo print ::: 1 } catch { print refused }\n"
          + "try { map --buffersize 2.0 print ::: 1 } catch { print refused }\njobs",
        "refused\nrefused\nid  state  worker  waited  ran  task"),
      scenario(
        "C-22",
        "try { map --buffersize 0 print ::: 1 } catch { print refused }\n"
          + "try { map --buffersize -1 print ::: 1 } catch { print refused }", "refused\nrefused"),
      scenario(
        "C-23", "for n in 1 2 4 8 { map --buffersize $n return ::: 0..3 }",
        Array(repeating: "0\n1\n2\n3", count: 4).joined(separator: "\n")),
      scenario(
        "C-24",
        "for n in 1 2 4 8 { map --buffersize $n --zip exec expr {1} + {2} ::: 1..3 ::: 1..3 }",
        Array(repeating: "2\n4\n6", count: 4).joined(separator: "\n")),
      scenario(
        "C-27", "map --buffersize 2 return :::\nmap --buffersize 2 --zip return ::: 1 2 :::"),
      scenario(
        "C-28",
        "set quiet on\npool new o -w 1\nsubmit { gate up; try { state 4 } catch { print $error }; "
          + "open g }\npool new -w 4\n"
          + "map --buffersize 2 { open up; gate g; return $item } ::: 1..4",
        "no future 4\n1\n2\n3\n4"),
      scenario(
        "C-30",
        "set quiet on\nrepeat 50 with pool -w 5 { map --no-wait return ::: 1..6 }\nwait finished",
        "done: 1..300\nnot done: none"),
    ])
  func mapping(expected: ShellCase) async throws { try await expected.check() }

  @Test(
    "futures and callbacks",
    arguments: [
      scenario(
        "C-31", "submit { gate g; return 5 }\non_done 1 { print $result }\nopen g",
        "[1] { gate g; return 5 }\n5"),
      scenario(
        "C-32",
        "submit { gate g; fail test }\non_done 1 { print $error }\nopen g\nlet e = $(exception 1)",
        "[1] { gate g; fail test }\ntest"),
      scenario(
        "C-33",
        "set quiet on\npool new -w 1\nsubmit gate g\nsubmit return\non_done 2 { print $state }\n"
          + "cancel 2\nopen g",
        "cancelled\n[2] cancelled"),
      scenario(
        "C-34",
        "set quiet on\nsubmit { gate g; return 5 }\non_done 1 { fail doh! }\n"
          + "on_done 1 { print second }\n"
          + "open g\nshutdown\nresult 1", "second\n5",
        errors: "[1] exception calling callback: doh!"),
      scenario(
        "C-35",
        "set quiet on\nsubmit return 5\nlet w = $(wait)\non_done 1 { print $result }\nprint after",
        "5\nafter"),
      scenario(
        "C-36",
        "set quiet on\nsubmit return 5\nlet w = $(wait)\non_done 1 { fail doh! } && print fine",
        "fine", errors: "[1] exception calling callback: doh!"),
      scenario(
        "C-42", "set quiet on\nsubmit { gate g; return 42 }\nsubmit open g\nresult 1 --timeout 1m",
        "42"),
      scenario(
        "C-43",
        "set quiet on\npool new o -w 1\npool new -w 1\nsubmit gate g\nsubmit return x\n"
          + "submit --pool o cancel 2\ntry { result 2 --timeout 1m } catch { print $error }\n"
          + "open g",
        "CancelledError: [2] was cancelled"),
      scenario(
        "C-44",
        "set quiet on\nsubmit { gate g; fail late }\nsubmit open g\nexception 1 --timeout 1m",
        "late"),
    ])
  func futures(expected: ShellCase) async throws { try await expected.check() }
}

/// A scenario of CPython's tests; its output is compared line by line.
func scenario(
  _ id: String, _ script: String, _ output: String = "", errors: String = "", status: Int32 = 0,
  isUnordered: Bool = false
) -> ShellCase {
  ShellCase(script, output, errors: errors, status: status, isUnordered: isUnordered, name: id)
}
