import Testing

extension Expectation {
  /// Tasks and initializers that fail.
  static let exceptions: [String: Expectation] = [
    "exception-of-future": .lines(
      """
      done: 1
      not done: none
      Task running=false, cancelled=false, done=true
      Exception=This is Fake!
      Unable to get the result
      """),
    "exception-in-task": .lines("Unable to get the result"),
    "exception-by-receiver": .lines("Unable to get the result: Something bad happened!"),
    "exception-asked-for": .lines(
      """
      Something bad happened!
      There is no result
      none
      All went well
      """),
    "exception-in-map": .lines(
      "Result 1\nResult 3",
      errors: """
        [2] error: Something bad happened!
        exception-in-map.poolsh:14:3: error: 1 of 3 items failed: 2
            map work ::: 1..3
            ^

        """,
      status: 3),
    "exception-in-initializer": exceptionInInitializer,
  ]

  private static let broken = "A thread initializer failed, the thread pool is not usable anymore"

  private static var exceptionInInitializer: Expectation {
    var expectation = Expectation.lines(
      """
      pool pool1: 2 workers
      No results: the pool is broken
      Not accepted: \(broken)
      """)
    expectation.checkErrors = checkBrokenPool
    return expectation
  }

  /// One line from each worker that was started, and one for each item that was accepted before the pool
  /// broke: how many of both is up to the threads.
  @Sendable private static func checkBrokenPool(_ lines: [String]) {
    let told = "exception in initializer of pool pool1: Something bad happened!"
    #expect((1...2).contains(lines.count { $0 == told }))
    let items = lines.filter { $0 != told }
    #expect(items == (0..<items.count).map { "[\($0 + 1)] error: \(broken)" })
    #expect(items.count <= 10)
  }
}
