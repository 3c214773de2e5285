import ConcurrentFutures
import TestSupport
import Testing

/// What workers are called, here and in the operating system.
@Suite("Thread names", .timeLimit(.minutes(5)))
struct ThreadNamingTests {
  /// The names that the tasks of one saturated pool see.
  private func names(_ pool: ThreadPoolExecutor) throws -> [String] {
    let meeting = Rendezvous(of: pool.maxWorkers)
    let results = try pool.map(0..<pool.maxWorkers, timeout: patience) { _ in
      try meeting.meet()
      return ThreadPoolExecutor.currentWorkerName ?? "none"
    }
    return try results.values().sorted()
  }

  @Test("C-08 with a prefix: PREFIX_k, k from 0, dense (TH-07)")
  func prefix() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 5, threadNamePrefix: "SpecialPool")
      let names = try names(pool)
      #expect(names == (0..<5).map { "SpecialPool_\($0)" })
      #expect(pool.workerNames == names)
      #expect(pool.threadNamePrefix == "SpecialPool")
      try end(pool)
    }
  }

  @Test("C-09 without: ThreadPoolExecutor-N_k, another N for each pool (TH-08)")
  func defaultPrefix() async throws {
    try await onThread {
      let pools = [try ThreadPoolExecutor(maxWorkers: 5), ThreadPoolExecutor()]
      var numbers: [Int] = []
      for pool in pools {
        let prefix = pool.threadNamePrefix
        #expect(prefix.hasPrefix("ThreadPoolExecutor-"))
        numbers.append(try #require(Int(prefix.dropFirst("ThreadPoolExecutor-".count))))
        #expect(try names(pool) == (0..<pool.maxWorkers).map { "\(prefix)_\($0)" })
        try end(pool)
      }
      #expect(numbers[0] < numbers[1])
    }
  }

  @Test("TH-08 pools are numbered from 0; a prefix or a failed construction uses up no number")
  func numbers() async {
    await #expect(processExitsWith: .success) {
      let named = try ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: "X")
      let first = try ThreadPoolExecutor(maxWorkers: 1)
      #expect(throws: ValueError.self) { try ThreadPoolExecutor(maxWorkers: 0) }
      let second = ThreadPoolExecutor()
      let prefixes = [named, first, second].map(\.threadNamePrefix)
      try #require(prefixes == ["X", "ThreadPoolExecutor-0", "ThreadPoolExecutor-1"])
    }
  }

  static let prefixes = ["os", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "fünfzehn-Bytes-ö", "線程池線程池"]

  @Test("TH-07 the operating system shows the first 15 bytes", arguments: prefixes)
  func systemName(prefix: String) async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 1, threadNamePrefix: prefix)
      let name = try pool.submit { SystemThreads.currentName }.soon()
      #expect(name == Array("\(prefix)_0".utf8.prefix(15)))
      try end(pool)
    }
  }

  @Test("TH-01, SD-03 the operating system sees the threads come and go")
  func comeAndGo() async throws {
    try await onThread {
      let pool = try ThreadPoolExecutor(maxWorkers: 3, threadNamePrefix: "comego")
      #expect(SystemThreads.count(prefix: "comego") == 0)
      let blockade = try Blockade(pool)
      #expect(SystemThreads.count(prefix: "comego") == 3)
      blockade.lift()
      try end(pool)
      try eventually("the threads to go") { SystemThreads.count(prefix: "comego") == 0 }
    }
  }
}
