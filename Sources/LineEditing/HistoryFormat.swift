/// How commands stand in the history file: a first line that says whose file it is, then one command a line.
///
/// A newline in a command is `\n` there, a backslash `\\`; everything else is as it is, in UTF-8.
enum HistoryFormat {
  /// The first line.
  static let mark = Array("#poolsh-history-1\n".utf8)

  /// Spoils what stands before it in its line, however that was cut: half a command is not to be offered again.
  static let spoiler = Array("\\?\\?\n".utf8)

  private static let newline = UInt8(ascii: "\n")
  private static let backslash = UInt8(ascii: "\\")
  private static let letterN = UInt8(ascii: "n")

  /// What is missing of the first line.
  ///
  /// - Parameter beginning: As much of the file as the first line has, or all of it.
  /// - Returns: `nil` if the file is somebody else's.
  static func missingMark(after beginning: [UInt8]) -> ArraySlice<UInt8>? {
    mark.starts(with: beginning) ? mark[beginning.count...] : nil
  }

  /// A command as a line.
  static func line(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case newline: line += [backslash, letterN]
      case backslash: line += [backslash, backslash]
      default: line.append(byte)
      }
    }
    return line + [newline]
  }

  /// The command of a line without its newline; `nil` if it is none, or was spoiled.
  static func entry(_ line: ArraySlice<UInt8>) -> String? {
    guard line.contains(backslash) else {
      return line.isEmpty ? nil : String(validating: line, as: UTF8.self)
    }
    var bytes: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      guard byte == backslash else {
        bytes.append(byte)
        continue
      }
      switch rest.popFirst() {
      case letterN: bytes.append(newline)
      case backslash: bytes.append(backslash)
      default: return nil
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads a whole file.
  ///
  /// - Parameter contents: With the first line. What stands after the last newline was cut by a crash.
  /// - Returns: The commands, the oldest first, and how many lines there are.
  static func entries(_ contents: [UInt8]) -> (entries: [String], lines: Int) {
    guard let end = contents.lastIndex(of: newline) else { return ([], 0) }
    let lines = contents[..<end].split(separator: newline).dropFirst()
    return (lines.compactMap(entry), lines.count)
  }
}
