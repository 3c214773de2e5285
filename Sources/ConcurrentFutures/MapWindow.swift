/// `map` with a future for each element: with a `bufferSize`, over lazy elements, on any executor.
@usableFromInline
final class MapWindow<Output: Sendable> {
  /// Submits the next element; `nil` when there are no more.
  private var submitNext: (() throws -> Future<Output>?)?
  /// Submitted and not yet handed out, the oldest at `head`.
  private var window: [Future<Output>?] = []
  private var head = 0
  /// An error of `submit`, which comes after what is in the window (MA-27).
  private var refusal: (any Error)?

  /// Submits what may be submitted at once.
  ///
  /// - Throws: `ValueError` for a size below 1; what `submitNext` throws, after everything was cancelled.
  @usableFromInline
  init(bufferSize: Int?, submitNext: @escaping () throws -> Future<Output>?) throws {
    if let bufferSize, bufferSize < 1 { throw ValueError("buffersize must be None or > 0") }
    self.submitNext = submitNext
    fill(upTo: bufferSize ?? .max)
    if let refusal {
      cancel()
      throw refusal
    }
    if bufferSize == nil { self.submitNext = nil }
  }

  /// The oldest future, if it is not done.
  var awaited: Future<Output>? {
    guard head < window.count, let oldest = window[head], !oldest.isDone else { return nil }
    return oldest
  }

  /// The next outcome, which must be there; `nil` at the end.
  ///
  /// Submits one more in its place, after it was taken out: the window never grows beyond its size, not even
  /// for a moment (MA-23).
  @usableFromInline
  func take() -> Result<Output, any Error>? {
    guard let future = takeOldest() else {
      defer { refusal = nil }
      return refusal.map { .failure($0) }
    }
    fill(upTo: 1)
    return Result { try future.outcome() }
  }

  /// Cancels everything that has not begun.
  @usableFromInline
  func cancel() {
    submitNext = nil
    refusal = nil
    let rest = window[head...]
    window = []
    head = 0
    for future in rest { future?.cancel() }
  }

  private func takeOldest() -> Future<Output>? {
    guard head < window.count, let future = window[head] else { return nil }
    window[head] = nil
    head += 1
    if head == window.count || head > 1024 && head * 2 > window.count {
      window.removeFirst(head)
      head = 0
    }
    return future
  }

  private func fill(upTo count: Int) {
    guard let submitNext else { return }
    do {
      for _ in 0..<count {
        guard let future = try submitNext() else {
          self.submitNext = nil
          return
        }
        window.append(future)
      }
    } catch {
      self.submitNext = nil
      refusal = error
    }
  }
}
