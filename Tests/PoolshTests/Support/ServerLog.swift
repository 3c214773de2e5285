import TestSupport

/// Which requests a server has had, and which were open at the same time.
final class ServerLog: Sendable {
  struct Entry: Sendable {
    let number: Int
    let path: String
    /// How many were open when this one came, with itself.
    let openWithIt: Int
  }

  private struct State {
    var entries: [Entry] = []
    var open: [Int: Connection] = [:]
  }

  private let state = Guarded(State())

  /// A request has come.
  ///
  /// A client that has gone away without an answer has ended its request: the thread that serves it may just
  /// not have noticed yet.
  func begin(_ number: Int, _ path: String, _ connection: Connection) {
    state.withLock { state in
      state.open = state.open.filter { !$0.value.isClosedByClient }
      state.open[number] = connection
      state.entries.append(Entry(number: number, path: path, openWithIt: state.open.count))
    }
  }

  /// A request is answered, or its client has gone away.
  func end(_ number: Int) {
    state.withLock { _ = $0.open.removeValue(forKey: number) }
  }

  /// Drops the connections that are open.
  func dropAll() {
    state.withLock { state in
      for connection in state.open.values { connection.shutDown() }
    }
  }

  /// The requested paths, in the order in which the requests came.
  var paths: [String] { state.withLock { $0.entries.map(\.path) } }

  /// The largest number of requests that were open at the same time.
  var mostAtOnce: Int { state.withLock { $0.entries.map(\.openWithIt).max() ?? 0 } }
}
