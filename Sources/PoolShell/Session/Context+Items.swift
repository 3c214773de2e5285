import ConcurrentFutures

extension Context {
  /// The next item of a source, waited for if it has none yet.
  ///
  /// - Parameters:
  ///   - source: Where it comes from.
  ///   - beforeWaiting: Called when there is nothing to do but wait.
  /// - Returns: `nil` at the end.
  /// - Throws: As `waitFor`; what the source throws.
  func nextItem(
    of source: any ItemSource, beforeWaiting: () throws -> Void = {}
  ) throws -> [String]? {
    while true {
      switch try source.next() {
      case .item(let items):
        // Items that are all there are never waited for, and may be many.
        if session.interrupt.hasBeenFired { try checkPatience() }
        return items
      case .end: return nil
      case .later(let future):
        try beforeWaiting()
        try showingProgress({ .plain("input") }) {
          try waitFor([future], timeout: nil, forInput: true) { _ in true }
        }
      }
    }
  }
}
