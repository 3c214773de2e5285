/// Durations as users write and read them.
enum Durations {
  /// `0.5`, `500ms`, `2s`, `1m`, `1h`; seconds without a unit, never negative.
  ///
  /// `nil` if it is none.
  static func parse(_ text: String) -> Duration? {
    let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]
    var number = text[...]
    var factor = 1.0
    for (unit, size) in units where text.hasSuffix(unit) {
      number = text.dropLast(unit.count)
      factor = size
      break
    }
    // Double accepts `inf`, `nan`, hexadecimal and signs; a duration is digits and at most one point.
    guard number.utf8.contains(where: { (48...57).contains($0) }),
      number.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
      let value = Double(number)
    else { return nil }
    let seconds = value * factor
    return seconds < 1e10 ? .nanoseconds(Int64((min(seconds, 9e9) * 1e9).rounded())) : .seconds(9e9)
  }

  /// A length of time for people, two digits after the point: `0.51s`.
  static func text(seconds: Double) -> String {
    decimal(seconds, digits: 2) + "s"
  }

  /// As few digits as tell the duration: `0.5s`, `2s`.
  static func text(_ duration: Duration) -> String {
    var text = decimal(duration / .seconds(1), digits: 3)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + "s"
  }

  /// A number with a fixed count of digits after the point (what printf's `%.2f` does, without Foundation).
  static func decimal(_ value: Double, digits: Int) -> String {
    let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int64((value * scale).rounded())
    let whole = scaled / Int64(scale)
    let fraction = String(abs(scaled % Int64(scale)))
    return "\(whole)." + String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
  }
}
