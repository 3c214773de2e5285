import Testing

@testable import LineEditing

/// Where libedit's rules put text on the screen.
@Suite struct LayoutTests {
  private func place(_ text: String, columns: Int = 10) -> [Int] {
    var layout = Layout(columns: columns)
    layout.put(text.unicodeScalars) { scalar in
      if scalar.value < 0x20 { return 2 }
      return scalar.value >= 0x4E00 ? 2 : scalar.value == 0x301 ? 0 : 1
    }
    return [layout.row, layout.column]
  }

  @Test(arguments: [
    ("", [0, 0]), ("abc", [0, 3]),
    ("abcdefghi", [0, 9]),
    ("abcdefghij", [1, 0]),  // the last column wraps at once
    ("abcdefghijk", [1, 1]),
    ("a\nb", [1, 1]), ("abcdefghij\nb", [2, 1]),
    ("\t", [0, 8]), ("abc\t", [0, 8]), ("abcdefgh\t", [1, 0]),
    ("上上", [0, 4]),
    ("abcdefghi上", [1, 2]),  // a wide character is not cut
    ("abcdefghi\u{1}", [1, 1]),  // ^A is
    ("e\u{301}", [0, 1]),
  ])
  func textStands(text: String, place expected: [Int]) {
    #expect(place(text) == expected)
  }

  @Test func aScreenOfOneColumnHoldsWideCharacters() {
    #expect(place("上上", columns: 1)[0] > 0)
  }
}
