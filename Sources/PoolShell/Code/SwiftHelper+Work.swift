extension SwiftHelper {
  /// Those that stand for commands which do the work itself.
  var workText: String {
    switch self {
    case .argument: Self.argumentText
    case .environment: Self.environmentText
    case .trimmed: Self.trimmedText
    case .linesOf: Self.linesOfText
    case .product: Self.productText
    case .runProgram: Self.runProgramText
    case .countPrimes: Self.countPrimesText
    default: Self.fibonacciText
    }
  }

  private static let argumentText = """
    func argument(_ position: Int, _ fallback: String) -> String {
      let words = CommandLine.arguments.dropFirst(position)
      return words.first.flatMap { $0.isEmpty ? nil : $0 } ?? fallback
    }
    """

  private static let environmentText = """
    func environment(_ name: String) throws -> String {
      guard let value = ProcessInfo.processInfo.environment[name] else {
        throw Failure("$\\(name) is not set")
      }
      return value
    }
    """

  private static let trimmedText = """
    /// A text without the newlines at its end.
    func trimmed(_ text: String) -> String {
      var text = text
      while text.hasSuffix("\\n") { text.removeLast() }
      return text
    }
    """

  private static let linesOfText = """
    func linesOf(_ text: String) -> [String] {
      text.isEmpty ? [] : text.split(separator: "\\n", omittingEmptySubsequences: false).map(String.init)
    }
    """

  private static let productText = """
    /// Every pair of elements.
    func product<A, B>(_ first: some Sequence<A>, _ second: some Sequence<B>) -> [(A, B)] {
      first.flatMap { a in second.map { b in (a, b) } }
    }
    """

  private static let runProgramText = """
    func runProgram(_ words: String...) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = words
      process.standardInput = FileHandle.nullDevice
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        throw Failure("\\(words[0]): exit status \\(process.terminationStatus)")
      }
      return String(decoding: data, as: UTF8.self)
    }
    """

  private static let countPrimesText = """
    func countPrimes(_ bound: Int) -> Int {
      var primes: [Int] = []
      var count = 0
      for number in stride(from: 2, through: bound, by: 1) {
        let small = primes.lazy.prefix { $0 * $0 <= number }
        guard small.allSatisfy({ number % $0 != 0 }) else { continue }
        count += 1
        primes.append(number)
      }
      return count
    }
    """

  private static let fibonacciText = """
    func fibonacci(_ n: Int) -> Int {
      var (a, b) = (0, 1)
      for _ in 0..<n { (a, b) = (b, a &+ b) }
      return a
    }
    """
}
