/// Lines of a program, each under what it belongs to.
struct CodeWriter {
  private let unit: String
  private var level = 0
  private(set) var lines: [String] = []

  init(indentation: Int) { unit = String(repeating: " ", count: indentation) }

  /// A line, or several that are indented among themselves already.
  mutating func line(_ text: String) {
    let indentation = String(repeating: unit, count: level)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(line.isEmpty ? "" : indentation + line)
    }
  }

  mutating func indent() { level += 1 }

  mutating func outdent() { level -= 1 }

  /// An empty line, but only one, and not at the beginning.
  mutating func gap() {
    if lines.last?.isEmpty == false { lines.append("") }
  }

  /// Several empty lines.
  mutating func gap(of count: Int) {
    while lines.last?.isEmpty == true { lines.removeLast() }
    if !lines.isEmpty { lines += [String](repeating: "", count: count) }
  }

  var text: String { lines.joined(separator: "\n") }

  /// A number with no more digits than it needs.
  static func number(_ value: Double) -> String {
    var text = Durations.decimal(value, digits: 6)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A text between double quotes, with what both languages write with a backslash.
  static func quoted(_ text: String, control: (UInt32) -> String) -> String {
    "\"" + escaped(text, control: control) + "\""
  }

  static func escaped(_ text: String, control: (UInt32) -> String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case "\r": escaped += "\\r"
      case _ where scalar.properties.generalCategory == .control: escaped += control(scalar.value)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
