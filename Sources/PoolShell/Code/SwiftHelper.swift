/// Functions that a program in Swift brings along, if it needs them.
enum SwiftHelper: String, CaseIterable {
  case failure = "Failure"
  case numbered
  case idList
  case failureText
  case stateOf
  case outcome
  case cancelAnswer
  case showEach
  case argument
  case environment
  case trimmed
  case linesOf
  case product
  case runProgram
  case countPrimes
  case fibonacci

  /// The others that it calls.
  var needs: [SwiftHelper] {
    switch self {
    case .idList, .cancelAnswer: [.numbered]
    case .showEach: [.numbered, .idList, .failure]
    case .runProgram, .environment: [.failure]
    default: []
    }
  }

  var usesFoundation: Bool { [.runProgram, .showEach, .environment].contains(self) }

  func text(keepsItems: Bool) -> String {
    switch self {
    case .failure: Self.failureTypeText
    case .numbered: Self.numberedText + (keepsItems ? Self.itemsText : Self.noItemsText)
    case .idList: Self.idListText
    case .failureText: Self.failureTextText
    case .stateOf: Self.stateOfText
    case .outcome: Self.outcomeText
    case .cancelAnswer: Self.cancelAnswerText
    case .showEach: Self.showEachText
    default: workText
    }
  }

  private static let failureTypeText = """
    struct Failure: Error, CustomStringConvertible {
      let description: String

      init(_ description: String) { self.description = description }
    }
    """

  private static let numberedText = """
    /// The number of each future, as poolsh counts them.
    let ids = Mutex<[AnyFuture: Int]>([:])

    func id(_ future: AnyFuture) -> Int { ids.withLock { $0[future] ?? 0 } }


    """

  private static let noItemsText = """
    func numbered<Value>(_ future: Future<Value>) -> Future<Value> {
      ids.withLock { $0[future] = $0.count + 1 }
      return future
    }
    """

  private static let itemsText = """
    /// The item that each was submitted with.
    let itemsOf = Mutex<[AnyFuture: String]>([:])

    func item(_ future: AnyFuture) -> String { itemsOf.withLock { $0[future] ?? "" } }

    func numbered<Value>(_ future: Future<Value>, _ item: String = "") -> Future<Value> {
      ids.withLock { $0[future] = $0.count + 1 }
      itemsOf.withLock { $0[future] = item }
      return future
    }
    """

  private static let idListText = """
    func idList(_ futures: [AnyFuture]) -> String {
      var ranges: [ClosedRange<Int>] = []
      for number in futures.map(id).sorted() {
        if let last = ranges.last, last.upperBound == number - 1 {
          ranges[ranges.count - 1] = last.lowerBound...number
        } else {
          ranges.append(number...number)
        }
      }
      if ranges.isEmpty { return "none" }
      return ranges.map { range in
        range.count > 2
          ? "\\(range.lowerBound)..\\(range.upperBound)"
          : range.map { "\\($0)" }.joined(separator: " ")
      }.joined(separator: " ")
    }
    """

  private static let failureTextText = """
    func failureText(_ future: AnyFuture) -> String {
      do {
        return try future.exception().map { "\\($0)" } ?? ""
      } catch {
        return "\\(error)"
      }
    }
    """

  private static let stateOfText = """
    func stateOf(_ future: AnyFuture) -> String {
      if !future.isDone { return future.isRunning ? "running" : "pending" }
      if future.isCancelled { return "cancelled" }
      return (try? future.exception()) == nil ? "finished" : "failed"
    }
    """

  private static let outcomeText = """
    func outcome<Value>(_ future: Future<Value>) -> String {
      do {
        let value = try future.result()
        let text = value as? String ?? "\\(value)"
        return value is Void || ["", "nil"].contains(text) ? "finished" : text
      } catch is CancelledError {
        return "cancelled"
      } catch {
        return "error: \\(error)"
      }
    }
    """

  private static let cancelAnswerText = """
    func cancelAnswer(_ future: AnyFuture) -> String {
      if future.cancel() { return "[\\(id(future))] cancelled" }
      return "[\\(id(future))] not cancelled: \\(future.isDone ? "already finished" : "running")"
    }
    """

  private static let showEachText = """
    func showEach<Value>(
      _ futures: some Sequence<Future<Value>>, terminator: String = "\\n", timeout: Duration? = nil
    ) throws {
      var total = 0
      var failed: [AnyFuture] = []
      for future in futures {
        total += 1
        do {
          let value = try future.result(timeout: timeout)
          let text = value as? String ?? "\\(value)"
          if !(value is Void), text != "nil" || value is String { print(text, terminator: terminator) }
        } catch {
          failed.append(future)
          FileHandle.standardError.write(Data("[\\(id(future))] error: \\(error)\\n".utf8))
        }
      }
      if failed.isEmpty { return }
      throw Failure("\\(failed.count) of \\(total) items failed: \\(idList(failed))")
    }
    """
}
