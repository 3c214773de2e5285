import Glibc

/// Strings as C passes them to a program: an array of pointers, with a null pointer at its end.
///
/// All in two blocks, however many strings there are.
struct CStringArray: ~Copyable {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let characters: UnsafeMutablePointer<CChar>

  /// Copies the strings.
  ///
  /// None may contain a null byte.
  init(_ strings: [String]) {
    pointers = .allocate(capacity: strings.count + 1)
    characters = .allocate(capacity: strings.reduce(0) { $0 + $1.utf8.count + 1 })
    var next = characters
    for (index, string) in strings.enumerated() {
      pointers[index] = next
      next = Self.copy(string, to: next)
    }
    pointers[strings.count] = nil
  }

  deinit {
    pointers.deallocate()
    characters.deallocate()
  }

  /// Copies a string and its null.
  ///
  /// - Returns: Where the next one goes.
  private static func copy(
    _ string: String, to place: UnsafeMutablePointer<CChar>
  ) -> UnsafeMutablePointer<CChar> {
    let size = string.utf8.count + 1
    _ = string.withCString { memcpy(place, $0, size) }
    return place + size
  }
}
