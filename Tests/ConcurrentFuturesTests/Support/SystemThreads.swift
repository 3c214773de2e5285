import Glibc

/// The threads of this process as the operating system knows them.
enum SystemThreads {
  /// The name of the calling thread, as bytes.
  static var currentName: [UInt8] { contents(of: "/proc/thread-self/comm") }

  /// How many threads there are whose name begins with `prefix`.
  static func count(prefix: String) -> Int {
    guard let directory = opendir("/proc/self/task") else { return 0 }
    defer { closedir(directory) }
    var count = 0
    while let entry = readdir(directory) {
      let task = withUnsafeBytes(of: entry.pointee.d_name) { name in
        String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
      }
      if contents(of: "/proc/self/task/\(task)/comm").starts(with: prefix.utf8) { count += 1 }
    }
    return count
  }

  /// A small file without its last newline; empty if it cannot be read.
  private static func contents(of path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    return Array(bytes.prefix(max(0, count)).prefix { $0 != 0x0A })
  }
}
