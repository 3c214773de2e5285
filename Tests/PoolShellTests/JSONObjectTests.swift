import Foundation
import Testing

@testable import PoolShell

/// The writer of JSON objects.
@Suite("JSON objects")
struct JSONObjectTests {
  @Test("members keep the order in which they were added")
  func order() {
    let object = JSONObject().adding("z", 1).adding("a", "x").adding("m", [3, 2]).adding("b", 0.25)
    #expect(object.text == #"{"z":1,"a":"x","m":[3,2],"b":0.250}"#)
    #expect(JSONObject().text == "{}")
  }

  @Test("what has no value is left out")
  func missing() {
    let object = JSONObject().adding("a", nil as String?).adding("b", nil as Int?).adding(
      "c", nil as Double?)
    #expect(object.text == "{}")
    #expect(
      JSONObject().adding("a", [] as [Int]).adding("b", [] as [String]).text == #"{"a":[],"b":[]}"#)
  }

  @Test("objects and lists nest")
  func nesting() {
    let inner = JSONObject().adding("x", "y")
    #expect(JSONObject().adding("l", [inner, inner]).text == #"{"l":[{"x":"y"},{"x":"y"}]}"#)
    #expect(JSONObject().adding("l", ["a", "b\"c"]).text == #"{"l":["a","b\"c"]}"#)
  }

  @Test(
    "strings are escaped as RFC 8259 says",
    arguments: [
      ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\n\r\t", #""\n\r\t""#),
      ("\u{0}\u{1}\u{8}\u{1F}", #""\u0000\u0001\u0008\u001f""#), ("\u{7F}é🙂", "\"\u{7F}é🙂\""),
      ("\r\n", #""\r\n""#), ("", #""""#), ("e\u{301}", "\"e\u{301}\""),
      ("\u{2028}", "\"\u{2028}\""),
    ])
  func escapes(text: String, quoted: String) throws {
    let line = JSONObject().adding("t", text).text
    #expect(line == "{\"t\":\(quoted)}")
    let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    #expect(read?["t"]?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
  }

  @Test("any text comes back as it was")
  func roundTrip() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let scalars = (0..<20).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let line = JSONObject().adding(text, text).text
      #expect(!line.contains("\n"))
      let read = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
      #expect(read?.first?.value.unicodeScalars.elementsEqual(scalars) == true)
    }
  }
}
