/// `exception`: waits for a future and tells what its task threw.
struct ExceptionCommand: Command {
  static let declaration = Declaration(
    name: "exception", group: .waiting,
    summary: "wait for a future and tell its error, or none",
    usage: "exception ID [--timeout D]",
    operands: [.one(.future(.done))],
    options: [.init("--timeout", short: "-t", value: "D", "wait no longer; then it fails")],
    details: """
      Python: future.exception(timeout). Raises only if the future was cancelled or skipped, or is not done
      in time.
      """,
    example: .init(
      script: "submit fail boom\nexception 1", output: "[1] fail boom\nboom\n"))

  private let record: FutureRecord
  private let timeout: Duration?

  init(_ arguments: inout Arguments) throws {
    timeout = try arguments.duration(of: "--timeout")
    record = try arguments.oneFuture()
  }

  func run(in context: Context) throws -> Outcome {
    try context.waitFor(record, timeout: timeout)
    record.markSeen(by: .exception)
    switch record.outcome {
    case .failed(let error) where record.state == .failed:
      return .answer(.exception(id: record.id, error.message))
    // Of one that ended well only the value may be lost.
    case .finished, .failed: return .answer(.exception(id: record.id, nil))
    case .cancelled: throw record.cancelledError
    case .skipped(let reason): throw record.skippedError(reason)
    }
  }
}
