import ConcurrentFutures
import Synchronization

/// Futures that belong together: all of the session, those of a pool, what a task has submitted.
///
/// Any thread adds ids and notes what has become of them; the group's `Backlog` takes the news.
final class FutureGroup: Sendable {
  /// What has happened since the last look.
  struct News {
    var added = IDSet()
    /// Ids of futures that somebody has found done, looked at, or listed.
    var changed: [Int] = []
    /// The same of longer ago, when there are many: those of a long `map` are a range.
    var changedBefore = IDSet()

    static let most = 4096

    fileprivate mutating func append(_ ids: [Int]) {
      changed += ids
      guard changed.count > Self.most else { return }
      changedBefore = changedBefore.union(IDSet(changed.sorted()))
      changed = []
    }
  }

  private struct State {
    var members = IDSet()
    var news = News()
  }

  private let state = Monitor(State())
  /// Whether news are kept: most pools and tasks never wait without a selector.
  private let isFollowed = Atomic(false)

  /// The ids of all futures of the group.
  var members: IDSet { state.withLock { $0.members } }

  func add(_ id: Int) {
    state.withLock { state in
      state.members.insert(id)
      if isFollowed.load(ordering: .relaxed) { state.news.added.insert(id) }
    }
  }

  /// Notes that a future's flags have changed.
  ///
  /// The flag and `isFollowed` are set and read in opposite order here and in `follow`: sequentially
  /// consistent, so that one of the two sees the other.
  func note(_ id: Int) { note(all: [id]) }

  /// The same of many futures, with the lock taken once.
  func note(all ids: @autoclosure () -> [Int]) {
    guard isFollowed.load(ordering: .sequentiallyConsistent) else { return }
    let ids = ids()
    state.withLock { $0.news.append(ids) }
  }

  /// Begins to keep the news.
  ///
  /// - Returns: The futures that were added before.
  func follow() -> IDSet {
    state.withLock { state in
      isFollowed.store(true, ordering: .sequentiallyConsistent)
      return state.members
    }
  }

  /// Nobody asks any more.
  func unfollow() {
    state.withLock { state in
      isFollowed.store(false, ordering: .sequentiallyConsistent)
      state.news = News()
    }
  }

  func takeNews() -> News {
    state.withLock { state in
      let news = state.news
      if news.added.isEmpty, news.changed.isEmpty, news.changedBefore.isEmpty { return News() }
      state.news = News()
      return news
    }
  }
}
