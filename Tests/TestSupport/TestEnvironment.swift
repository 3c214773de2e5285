import Glibc

/// What the tests are told about where they run.
package enum TestEnvironment {
  /// Whether this process runs under Thread Sanitizer: heavy tests then do less.
  ///
  /// Found by itself; setting `POOLSH_TSAN=1` says so too.
  package static let isThreadSanitized: Bool =
    getenv("POOLSH_TSAN") != nil || dlsym(nil, "__tsan_init") != nil

  /// How long each stress test goes on, in seconds: `POOLSH_STRESS_SECONDS`, if it is set.
  package static let stressSeconds: Int? =
    getenv("POOLSH_STRESS_SECONDS").flatMap { Int(String(cString: $0)) }

  /// A number of rounds, or fewer of them under Thread Sanitizer.
  package static func rounds(_ count: Int, sanitized: Int? = nil) -> Int {
    isThreadSanitized ? sanitized ?? max(1, count / 10) : count
  }
}
