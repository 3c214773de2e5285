/// `a..b`: whole numbers up or down, both ends included, as the texts that they are as items.
struct NumberRange: Sendable, RandomAccessCollection {
  /// More would be a slip of the pen.
  static let longest = 10_000_000

  private let first: Int
  private let step: Int
  let endIndex: Int

  /// - Returns: `nil` if it is too long.
  init?(from first: Int, to last: Int) {
    let (distance, isTooFar) = last.subtractingReportingOverflow(first)
    // The smallest number has no opposite: its magnitude is not what `abs` can give.
    guard !isTooFar, distance.magnitude < UInt(Self.longest) else { return nil }
    self.first = first
    step = distance.signum()
    endIndex = Int(distance.magnitude) + 1
  }

  var startIndex: Int { 0 }

  subscript(index: Int) -> String { String(first + step * index) }
}
