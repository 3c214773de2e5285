import Testing

@testable import PoolShell

/// What `code` writes for small commands, letter by letter.
@Suite("code", .timeLimit(.minutes(10)))
struct CodeTests {
  /// The program for commands as they stand in a file.
  private func program(_ script: String, python: Bool = false) throws -> String {
    var parser = Parser(source: TextSource(name: "script", text: script))
    var chains: [ParsedChain] = []
    while let chain = try parser.next() { chains.append(chain) }
    let program = try CodeTranslator(source: CodeSource(chains: chains)).program()
    return python ? PythonWriter(program).text : SwiftWriter(program).text
  }

  /// The lines of `main`, without its indentation.
  private func swift(_ script: String) throws -> String {
    let text = try program(script)
    let main = text.components(text.contains("main() throws") ? "main() throws {\n" : "main() {\n")
    guard main.count == 2 else { return text }
    return main[1].split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }.joined(separator: "\n")
  }

  @Test("one command is a whole program in Swift")
  func wholeSwift() throws {
    #expect(
      try program("submit return 42\nresult 1") == """
        import ConcurrentFutures

        @main
        struct Program {
          static func main() throws {
            let pool = ThreadPoolExecutor()
            let future1 = try pool.submit { 42 }
            try print(future1.result())
            pool.shutdown()
          }
        }

        """)
  }

  @Test("one command is a whole program in Python")
  func wholePython() throws {
    #expect(
      try program("submit return 42\nresult 1", python: true) == """
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor()
        future1 = pool.submit(lambda: 42)
        print(future1.result())

        """)
  }

  @Test(
    "in Swift",
    arguments: [
      (
        "pool new -w 2\nshutdown",
        "let pool = try ThreadPoolExecutor(maxWorkers: 2)\npool.shutdown()"
      ),
      (
        "pool new net -w 2 --thread-name-prefix N\nshutdown --no-wait --cancel-futures net",
        "let net = try ThreadPoolExecutor(maxWorkers: 2, threadNamePrefix: \"N\")\n"
          + "net.shutdown(wait: false, cancelFutures: true)\nnet.shutdown()"
      ),
      (
        "with pool -w 3 { map fibonacci ::: 1..3 }",
        "try withThreadPool(maxWorkers: 3) { pool in\n"
          + "  let results = try pool.map(1...3) { item in fibonacci(item) }\n"
          + "  for result in results {\n    print(try result.get())\n  }\n}"
      ),
      (
        "let class = $(submit return 'a \"b\" \\')\nresult $class",
        "let pool = ThreadPoolExecutor()\nlet class2 = try pool.submit { \"a \\\"b\\\" \\\\\" }\n"
          + "try print(class2.result())\npool.shutdown()"
      ),
      (
        "try { fail oops } catch { print \"no: $error\" }",
        "do {\n  throw Failure(\"oops\")\n} catch {\n  print(\"no: \\(error)\")\n}"
      ),
      (
        "submit print hi\njobs\nexplain 1\nsubmit --timeout 1 sleep 2",
        "let pool = ThreadPoolExecutor()\n_ = try pool.submit { print(\"hi\") }\n"
          + "// jobs: only in the shell\n// explain: only in the shell\n"
          + "// --timeout: only in the shell, the library cannot end what runs\n"
          + "_ = try pool.submit { Thread.sleep(forTimeInterval: 2) }\npool.shutdown()"
      ),
    ])
  func inSwift(script: String, expected: String) throws {
    #expect(try swift(script) == expected)
  }

  @Test(
    "in Python",
    arguments: [
      (
        "def task name { sleep 0..1; return $name }\nwith pool -w 10 { map task ::: 0..9 }",
        """
        import random
        import time
        from concurrent.futures import ThreadPoolExecutor


        def task(name):
            time.sleep(random.random())
            return name


        with ThreadPoolExecutor(max_workers=10) as pool:
            for value in pool.map(task, range(10)):
                print(value)

        """
      ),
      (
        "let n = 5\nsubmit { sleep 0.1; return \"n=$n\" }\nlet n = 6\nresult 1",
        """
        import time
        from concurrent.futures import ThreadPoolExecutor

        n = 5
        pool = ThreadPoolExecutor()

        def task(n=n):
            time.sleep(0.1)
            return f"n={n}"

        future1 = pool.submit(task)
        n = 6
        print(future1.result())

        """
      ),
      (
        "for x in a b { submit print $x }\nshutdown --cancel-futures",
        """
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor()
        futures = []
        for x in ["a", "b"]:
            futures.append(pool.submit(lambda x=x: print(f"{x}\\n", end="")))
        pool.shutdown(cancel_futures=True)

        """
      ),
      (
        "submit --zip print {2} of {1} ::: a b ::: 1 2\nas_completed do { print \"ended\" }",
        """
        from concurrent.futures import ThreadPoolExecutor, as_completed

        pool = ThreadPoolExecutor()
        futures = [pool.submit(lambda item1, item2: print(f"{item2} of {item1}\\n", end=""), item1, item2) for item1, item2 in zip(["a", "b"], [1, 2])]
        for future in as_completed(futures):
            print("ended")

        """
      ),
    ])
  func inPython(script: String, expected: String) throws {
    #expect(try program(script, python: true) == expected)
  }

  @Test(
    "what cannot be translated is an error with its place",
    arguments: [
      ("print a\nsubmit --retries 2 fail x", "--retries of submit has no counterpart", 2, 8),
      ("submit gate never", "nothing opens the gate never", 1, 13),
      ("sleep $x", "a duration that comes out of a text is not translated", 1, 7),
      ("result 3", "no future 3 is known here", 1, 8),
      ("race 1 2", "race has no counterpart in a program", 1, 1),
      ("map print ::: *.txt", "a pattern of file names is not translated", 1, 15),
      (
        "for x in 1..2 { let f = $(submit print a) }\nwait",
        "futures that a loop has put in a variable are not known any more", 2, 1
      ),
    ])
  func untranslatable(script: String, message: String, line: Int, column: Int) throws {
    let error = #expect(throws: ShellError.self) { _ = try program(script) }
    #expect(error?.message == "code: " + message)
    #expect(error?.place?.line == line && error?.place?.column == column)
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    guard let range = firstRange(of: separator) else { return [self] }
    return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
  }
}
