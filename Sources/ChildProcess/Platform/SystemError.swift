import Glibc

/// An error number of the system, as left in `errno`.
package struct SystemError: Error, Equatable {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// What the last failed system call of this thread left.
  ///
  /// To be read before anything else is called.
  package static var last: SystemError { SystemError(code: errno) }

  /// The system's words: `No space left on device`.
  package var text: String {
    String(cString: strerror(code))
  }
}
