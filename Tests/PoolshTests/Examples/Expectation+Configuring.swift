import Testing

extension Expectation {
  /// Workers, their names, their initializer.
  static let configuring: [String: Expectation] = [
    "configure-workers": .checked(checkWorkers),
    "configure-thread-names": .lines(
      """
      MainThread
      ThreadPoolExecutor-0_0
      ThreadPoolExecutor-0_1
      ThreadPoolExecutor-0_2
      ThreadPoolExecutor-0_3
      """),
    "configure-thread-name-prefix": .lines(
      "MainThread\nTaskPool_0\nTaskPool_1\nTaskPool_2\nTaskPool_3"),
    "configure-initializer": .checked(checkInitializer),
  ]

  /// How many workers the first pool has is up to the machine.
  @Sendable private static func checkWorkers(_ lines: [String]) {
    let workers = lines.first.map(workerCount) ?? 0
    #expect(
      lines == [
        "pool pool1: \(workers) workers",
        "pool pool2: 500 workers",
        "  pool1: \(workers) workers, 0 started, 0 idle, 0 queued",
        "* pool2: 500 workers, 0 started, 0 idle, 0 queued",
      ])
  }

  /// The number in `pool NAME: N workers`.
  static func workerCount(_ line: String) -> Int {
    line.split(separator: " ").dropFirst(2).first.flatMap { Int($0) } ?? 0
  }

  /// The values in order; each worker tells once that it is initialized, the first before any value.
  @Sendable private static func checkInitializer(_ lines: [String]) {
    let word = "Initializing worker thread "
    #expect(lines.filter { !$0.hasPrefix(word) } == (0...9).map(String.init))
    #expect(
      lines.filter { $0.hasPrefix(word) }.sorted()
        == [word + "ThreadPoolExecutor-0_0", word + "ThreadPoolExecutor-0_1"])
    #expect(lines.first?.hasPrefix(word) == true)
  }
}
