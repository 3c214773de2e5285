/// What one repetition of a measure has shown: names and numbers.
public typealias Figures = KeyValuePairs<String, Double>

/// Reads `PROGRAM MEASURE key=value…`, runs the measure and prints a line of figures per repetition.
///
/// Ends the process, with 64 if the measure or one of its numbers is missing; threads that are still blocked
/// end with it.
public func runBenchmark(
  _ measures: KeyValuePairs<String, (Arguments) throws -> Figures>
) -> Never {
  let words = CommandLine.arguments.dropFirst()
  let name = words.first ?? ""
  guard let measure = measures.first(where: { $0.key == name })?.value else {
    fail(64, "no measure '\(name)' here; there are: \(measures.map(\.key).joined(separator: " "))")
  }
  let arguments = Arguments(words.dropFirst())
  do {
    for _ in 0..<arguments["repetitions", default: 1] {
      let figures = try measure(arguments)
      print(figures.map { "\($0.key)=\(decimal($0.value))" }.joined(separator: " "))
    }
  } catch {
    fail(1, "\(error)")
  }
  end(0)
}

/// The numbers behind a measure's name: `key=value…`.
public struct Arguments: Sendable {
  private var values: [String: Int] = [:]

  fileprivate init(_ words: some Sequence<String>) {
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let value = Int(parts[1]) else {
        fail(64, "'\(word)' is not key=number")
      }
      values[String(parts[0])] = value
    }
  }

  /// The number called `key`; without one the process ends.
  public subscript(key: String) -> Int {
    guard let value = values[key] else { fail(64, "\(key)= is missing") }
    return value
  }

  /// The number called `key`, or `fallback`.
  public subscript(key: String, default fallback: Int) -> Int { values[key] ?? fallback }
}

/// How long `body` takes, in seconds.
///
/// What it returns is released after the clock has stopped: futures are kept, not freed, while time counts.
public func timed<R>(_ body: () throws -> R) rethrows -> Double {
  let start = monotonicTime()
  let kept = try body()
  let seconds = monotonicTime() - start
  withExtendedLifetime(kept) {}
  return seconds
}

/// The median and the 99th percentile of how long `trip` takes, of `n` times.
public func timedTrips(_ n: Int, _ trip: (Int) throws -> Int) rethrows -> Figures {
  var seconds = [Double](repeating: 0, count: n)
  for i in 0..<n {
    let start = monotonicTime()
    let result = try trip(i)
    seconds[i] = monotonicTime() - start
    check(result, i)
  }
  seconds.sort()
  return ["p50": seconds[n / 2], "p99": seconds[n * 99 / 100]]
}

/// How much resident memory each of `n` things takes that `make` returns.
///
/// They are never released: what an earlier repetition had freed would be used again and hide the growth.
public func residentBytes<R>(per n: Int, _ make: () throws -> R) rethrows -> Figures {
  let before = residentMemory()
  let made = try make()
  let growth = residentMemory() - before
  keepForEver(made)
  return ["bytes": Double(growth) / Double(n)]
}

/// Ends the process if a measure has computed anything but what it should.
public func check(_ result: Int, _ expected: Int) {
  if result != expected { fail(1, "wrong result: \(result) instead of \(expected)") }
}

/// The sum of the numbers in `range`.
public func sum(of range: Range<Int>) -> Int {
  range.count * (range.lowerBound + range.upperBound - 1) / 2
}

private func keepForEver(_ value: Any) {
  final class Kept {
    let value: Any
    init(_ value: Any) { self.value = value }
  }
  _ = Unmanaged.passRetained(Kept(value))
}

/// Without an exponent, which `Double.description` has for small numbers.
private func decimal(_ value: Double) -> String {
  let billionths = Int((value.magnitude * 1e9).rounded())
  let (whole, rest) = billionths.quotientAndRemainder(dividingBy: 1_000_000_000)
  return "\(value < 0 ? "-" : "")\(whole).\("\(1_000_000_000 + rest)".dropFirst())"
}
