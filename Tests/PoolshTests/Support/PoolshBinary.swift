import Glibc

/// The shell under test: `POOLSH_BINARY`, or what was built beside these tests.
enum PoolshBinary {
  static let path: String = {
    if let path = getenv("POOLSH_BINARY") { return String(cString: path) }
    return folder(of: ownPath) + "/poolsh"
  }()

  /// The folder that it is in.
  static let folder = folder(of: path)

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  /// The running test program.
  private static var ownPath: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    return String(decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
