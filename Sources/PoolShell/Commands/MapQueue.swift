import ConcurrentFutures

/// One item of a map, submitted and not yet shown.
struct MapItem {
  /// Its place in the input, from 0.
  let index: Int
  let record: FutureRecord
  let collector: Collector
}

/// The items of a map that are to be shown, in the order in which they are.
protocol MapQueue: AnyObject {
  var count: Int { get }
  /// What is still to be shown.
  var items: [MapItem] { get }

  func add(_ item: MapItem)

  /// Takes the next one, if it is done.
  func takeDone() -> MapItem?

  /// Sleeps until there may be one to take, or until there may be more input.
  ///
  /// - Returns: False if the time was up first.
  /// - Throws: As `Context.waitFor`.
  func wait(orFor input: AnyFuture?, timeout: Duration?, in context: Context) throws -> Bool
}

/// In the order of the input.
final class InputOrder: MapQueue {
  private var window: [MapItem?] = []
  private var head = 0

  var count: Int { window.count - head }
  var items: [MapItem] { window[head...].compactMap(\.self) }

  func add(_ item: MapItem) { window.append(item) }

  func takeDone() -> MapItem? {
    guard head < window.count, let item = window[head], item.record.future.isDone else {
      return nil
    }
    window[head] = nil
    head += 1
    // Not before half of them are gone: moving the others would cost more than showing these.
    if head > 1024, 2 * head > window.count {
      window.removeFirst(head)
      head = 0
    }
    return item
  }

  func wait(orFor input: AnyFuture?, timeout: Duration?, in context: Context) throws -> Bool {
    let oldest = head < window.count ? window[head]?.record : nil
    guard let input else {
      return try context.waitFor([oldest].compactMap(\.self), timeout: timeout) { _ in false }
    }
    let futures = [oldest?.future, input].compactMap(\.self)
    return try context.waitFor(futures, timeout: timeout, forInput: true) { _ in false }
  }
}

/// In the order in which they end.
final class CompletionOrder: MapQueue {
  private enum Place {
    case free, input, interrupt, alarm
    case item(MapItem)
  }

  /// Kept from wait to wait, so that each future is registered with once.
  private let set = CompletionSet([])
  private var places: [Place] = []
  private var freePlaces: [Int] = []
  /// Those that were found done outside of the set.
  private var done: [MapItem] = []
  private var watchedInput: AnyFuture?
  private var watchesInterrupt = false
  private var watchedAlarm: AnyFuture?
  private var isInterrupted = false
  private(set) var count = 0

  var items: [MapItem] {
    done + places.compactMap { if case .item(let item) = $0 { item } else { nil } }
  }

  func add(_ item: MapItem) {
    count += 1
    if !watch(item.record.future, .item(item)) { done.append(item) }
  }

  /// - Returns: False if it is done.
  private func watch(_ future: AnyFuture, _ kind: Place) -> Bool {
    let place = freePlaces.last ?? places.count
    guard set.add(future, at: place) else { return false }
    if freePlaces.popLast() == nil { places.append(kind) } else { places[place] = kind }
    return true
  }

  func takeDone() -> MapItem? {
    while done.isEmpty, let place = set.takeIndex() { arrived(place) }
    guard !done.isEmpty else { return nil }
    count -= 1
    return done.removeFirst()
  }

  private func arrived(_ place: Int) {
    switch places[place] {
    case .item(let item): done.append(item)
    case .input: watchedInput = nil
    case .interrupt: isInterrupted = true
    case .alarm: watchedAlarm = nil
    case .free: break
    }
    places[place] = .free
    freePlaces.append(place)
  }

  func wait(orFor input: AnyFuture?, timeout: Duration?, in context: Context) throws -> Bool {
    watchInterrupt(in: context)
    if let input, watchedInput !== input {
      guard watch(input, .input) else { return true }
      watchedInput = input
    }
    guard watchAlarm(in: context) else { return true }
    if !isInterrupted {
      let records = items.map(\.record)
      let deadline = context.deadline(after: timeout)
      let place: Int? = try context.whileBlocked(
        on: input == nil ? .any(records) : nil, until: deadline,
        { input == nil && !records.contains { $0.future.isDone } },
        {
          context.lookingUp(until: deadline, set.hasNews, forInput: input != nil) {
            set.nextIndex(until: $0)
          }
        })
      guard let place else {
        return try context.goesOnWaiting(until: deadline, forInput: input != nil)
          || context.timeIsUp()
      }
      arrived(place)
    }
    if isInterrupted { throw ControlFlow.interrupted }
    return true
  }

  /// - Returns: False if it has gone off.
  private func watchAlarm(in context: Context) -> Bool {
    guard let alarm = context.alarm, watchedAlarm !== alarm else { return true }
    guard watch(alarm, .alarm) else { return false }
    watchedAlarm = alarm
    return true
  }

  private func watchInterrupt(in context: Context) {
    guard !watchesInterrupt, let interrupt = context.interrupt else { return }
    watchesInterrupt = true
    isInterrupted = !watch(interrupt.future, .interrupt)
  }
}
