import Synchronization

/// Something that happens once, for several who look.
final class SharedFlag: Sendable {
  private let flag = Atomic(false)

  /// Whether it has happened.
  var isSet: Bool { flag.load(ordering: .acquiring) }

  /// It happens.
  ///
  /// - Returns: Whether it had happened before.
  @discardableResult
  func set() -> Bool { flag.exchange(true, ordering: .acquiringAndReleasing) }
}
