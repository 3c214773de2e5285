/// A JSON object with its members in the order in which they were added.
///
/// Written here because order is part of the output's form, which Foundation's encoder does not keep (it sorts
/// or scrambles), and because Foundation would double the time to start.
struct JSONObject {
  private var members: [String] = []

  /// The object on one line.
  var text: String { "{" + members.joined(separator: ",") + "}" }

  /// The object with one more member; with itself if the value is `nil`.
  func adding(_ name: String, _ value: String?) -> JSONObject {
    adding(name, raw: value.map(Self.quoted))
  }

  func adding(_ name: String, _ value: Int?) -> JSONObject {
    adding(name, raw: value.map { "\($0)" })
  }

  /// A number of seconds, to the millisecond.
  func adding(_ name: String, _ value: Double?) -> JSONObject {
    adding(name, raw: value.map { Durations.decimal($0, digits: 3) })
  }

  func adding(_ name: String, _ values: some Sequence<Int>) -> JSONObject {
    adding(name, raw: "[" + values.map { "\($0)" }.joined(separator: ",") + "]")
  }

  func adding(_ name: String, _ values: [String]) -> JSONObject {
    adding(name, raw: "[" + values.map(Self.quoted).joined(separator: ",") + "]")
  }

  func adding(_ name: String, _ values: [JSONObject]) -> JSONObject {
    adding(name, raw: "[" + values.map(\.text).joined(separator: ",") + "]")
  }

  /// The same if there is a list.
  func adding(_ name: String, _ values: [JSONObject]?) -> JSONObject {
    values.map { adding(name, $0) } ?? self
  }

  private func adding(_ name: String, raw: String?) -> JSONObject {
    guard let raw else { return self }
    var object = self
    object.members.append(Self.quoted(name) + ":" + raw)
    return object
  }

  /// A JSON string (RFC 8259, section 7).
  ///
  /// Byte by byte, for a value may be large.
  private static func quoted(_ text: String) -> String {
    var quoted: [UInt8] = [UInt8(ascii: "\"")]
    quoted.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): quoted += "\\n".utf8
      case UInt8(ascii: "\r"): quoted += "\\r".utf8
      case UInt8(ascii: "\t"): quoted += "\\t".utf8
      case 0..<0x20: quoted += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default: quoted.append(byte)
      }
    }
    quoted.append(UInt8(ascii: "\""))
    return String(decoding: quoted, as: UTF8.self)
  }
}
