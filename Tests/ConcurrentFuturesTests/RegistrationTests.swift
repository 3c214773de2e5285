import TestSupport
import Testing

@testable import ConcurrentFutures

/// The one hook: who registers with a future is told once, unless it withdrew.
@Suite("Registration", .timeLimit(.minutes(5)))
struct RegistrationTests {
  /// A waiter or a callback that writes its name into a log.
  private final class Probe: Registration {
    private let name: String
    private let log: OrderLog<String>
    private let tracked: LifetimeProbe.Tracked?

    init(_ name: String, _ log: OrderLog<String>, _ tracked: LifetimeProbe.Tracked? = nil) {
      self.name = name
      self.log = log
      self.tracked = tracked
    }

    override var isCallback: Bool { name.hasPrefix("callback") }
    override func completed(_ future: AnyFuture) { log.append(name) }
  }

  @Test("FU-20, FU-21 waiters are told first, then callbacks, each in order of registration")
  func order() throws {
    let promise = Promise<Int>()
    let log = OrderLog<String>()
    for name in ["callback 1", "waiter 1", "callback 2", "waiter 2"] {
      #expect(promise.future.register(Probe(name, log)))
    }
    try promise.setResult(1)
    #expect(log.entries == ["waiter 1", "waiter 2", "callback 1", "callback 2"])
  }

  @Test("who comes too late is refused and not told", arguments: SampleFuture.done)
  func tooLate(sample: SampleFuture) throws {
    let log = OrderLog<String>()
    #expect(try !sample.make().register(Probe("late", log)))
    #expect(log.entries.isEmpty)
  }

  @Test("who withdraws is not told, wherever it stands", arguments: 0..<4)
  func withdraw(position: Int) throws {
    let promise = Promise<Int>()
    let log = OrderLog<String>()
    let probes = (0..<4).map { Probe("\($0)", log) }
    for probe in probes { #expect(promise.future.register(probe)) }
    promise.future.withdraw(probes[position])
    promise.future.withdraw(probes[position])
    try promise.setResult(1)
    #expect(log.entries == (0..<4).filter { $0 != position }.map(String.init))
  }

  @Test("the last one to withdraw leaves nothing behind")
  func empty() throws {
    let future = Promise<Int>().future
    let probe = Probe("", OrderLog())
    #expect(future.register(probe))
    #expect(future.hasRegistrations)
    future.withdraw(probe)
    #expect(!future.hasRegistrations)
  }

  @Test("GC-06 a future lets go of who was told, and of who was not when it goes itself")
  func released() throws {
    let living = LifetimeProbe()
    var promise: Promise<Int>? = Promise()
    let future = promise?.future
    #expect(future?.register(Probe("", OrderLog(), living.make())) == true)
    #expect(living.living == 1)
    try promise?.setResult(1)
    #expect(living.living == 0)
    promise = Promise()
    #expect(promise?.future.register(Probe("", OrderLog(), living.make())) == true)
    promise = nil
    #expect(living.living == 0)
  }

  @Test("a long list is let go without deep recursion")
  func longList() async throws {
    let living = LifetimeProbe()
    let tracked = Guarded(Optional(living.make()))
    do {
      let future = Promise<Int>().future
      for _ in 0..<200_000 { _ = future.register(Probe("", OrderLog(), tracked.withLock { $0 })) }
      tracked.withLock { $0 = nil }
    }
    #expect(living.living == 0)
  }

  @Test("all futures' locks are spread over the stripes")
  func stripes() {
    let futures = (0..<1000).map { _ in Promise<Int>().future }
    let stripes = Set(futures.map { ObjectIdentifier(RegistrationLocks.stripe(for: $0)) })
    #expect(stripes.count > 16)
  }
}
