/// Functions that a program in Python brings along, if it needs them.
enum PythonHelper: String, CaseIterable {
  case numbered
  case idList = "id_list"
  case truth
  case errorText = "error_text"
  case stateOf = "state_of"
  case failureText = "failure_text"
  case outcome
  case cancelAnswer = "cancel_answer"
  case waitFor = "wait_for"
  case completed
  case showEach = "show_each"
  case argument
  case runProgram = "run_program"
  case fetchURL = "fetch_url"
  case readFile = "read_file"
  case countPrimes = "count_primes"
  case fibonacci

  /// The others that it calls.
  var needs: [PythonHelper] {
    switch self {
    case .idList: [.numbered]
    case .failureText: [.errorText]
    case .outcome: [.failureText]
    case .cancelAnswer: [.numbered]
    case .showEach: [.numbered, .idList, .errorText]
    default: []
    }
  }

  var modules: [String] {
    switch self {
    case .showEach, .argument: ["sys"]
    case .runProgram: ["subprocess"]
    case .fetchURL: ["urllib.request"]
    case .countPrimes: ["math"]
    default: []
    }
  }

  /// What it uses of concurrent.futures.
  var futuresNames: [String] {
    switch self {
    case .waitFor: ["ALL_COMPLETED", "FIRST_COMPLETED", "wait"]
    case .completed: ["as_completed"]
    default: []
    }
  }

  func text(keepsItems: Bool) -> String {
    switch self {
    case .numbered: keepsItems ? Self.numberedWithItemsText : Self.numberedText
    case .idList: Self.idListText
    case .truth: Self.truthText
    case .errorText: Self.errorTextText
    case .stateOf: Self.stateOfText
    case .failureText: Self.failureTextText
    case .outcome: Self.outcomeText
    case .cancelAnswer: Self.cancelAnswerText
    case .showEach: Self.showEachText
    case .waitFor: Self.waitForText
    case .completed: Self.completedText
    default: workText
    }
  }

  private static let numberedText = """
    ids = {}  # the number of each future, as poolsh counts them


    def numbered(future):
        ids[future] = len(ids) + 1
        return future
    """

  private static let numberedWithItemsText = """
    ids = {}  # the number of each future, as poolsh counts them
    items_of = {}  # the item that each was submitted with


    def numbered(future, item=""):
        ids[future] = len(ids) + 1
        items_of[future] = item
        return future
    """

  private static let idListText = """
    def id_list(futures):
        ranges = []
        for number in sorted(ids[future] for future in futures):
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
        return " ".join(
            f"{first}..{last}" if last - first > 1 else " ".join(map(str, range(first, last + 1)))
            for first, last in ranges
        ) or "none"
    """

  private static let truthText = """
    def truth(value):
        return "true" if value else "false"
    """

  private static let errorTextText = """
    def error_text(error):
        name, text = type(error).__name__, str(error)
        if name not in ("TimeoutError", "CancelledError"):
            return text
        return f"{name}: {text}" if text else name
    """

  private static let stateOfText = """
    def state_of(future):
        if not future.done():
            return "running" if future.running() else "pending"
        if future.cancelled():
            return "cancelled"
        return "failed" if future.exception() else "finished"
    """

  private static let failureTextText = """
    def failure_text(future):
        try:
            future.result()
        except BaseException as error:
            return error_text(error)
        return ""
    """

  private static let outcomeText = """
    def outcome(future):
        if future.cancelled():
            return "cancelled"
        if future.exception():
            return f"error: {failure_text(future)}"
        value = future.result()
        return "finished" if value in (None, "") else str(value).removesuffix("\\n")
    """

  private static let cancelAnswerText = """
    def cancel_answer(future):
        if future.cancel():
            return f"[{ids[future]}] cancelled"
        reason = "already finished" if future.done() else "running"
        return f"[{ids[future]}] not cancelled: {reason}"
    """

  private static let waitForText = """
    # To wait() a cancelled future is done only when a worker has come across it.
    def wait_for(futures, timeout=None, return_when=ALL_COMPLETED):
        cancelled = {future for future in futures if future.cancelled()}
        if cancelled and return_when == FIRST_COMPLETED:
            timeout = 0
        done, not_done = wait([f for f in futures if f not in cancelled], timeout, return_when)
        return cancelled | done, not_done
    """

  private static let completedText = """
    # To as_completed() a cancelled future is done only when a worker has come across it.
    def completed(futures, timeout=None):
        cancelled = [future for future in futures if future.cancelled()]
        yield from cancelled
        yield from as_completed([f for f in futures if f not in cancelled], timeout)
    """

  private static let showEachText = """
    def show_each(futures, end="\\n", timeout=None):
        total, failed = 0, []
        for future in futures:
            total += 1
            try:
                value = future.result(timeout)
                if value is not None:
                    print(value, end=end)
            except Exception as error:
                failed.append(future)
                print(f"[{ids[future]}] error: {error_text(error)}", file=sys.stderr)
        if failed:
            raise Exception(f"{len(failed)} of {total} items failed: {id_list(failed)}")
    """
}
