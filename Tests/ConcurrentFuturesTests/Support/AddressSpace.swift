import Glibc
import TestSupport

/// How much memory this process may map: the one limit that refuses threads to root as well.
enum AddressSpace {
  /// Bytes that are mapped now.
  static func used() throws -> UInt {
    guard let file = fopen("/proc/self/statm", "r") else { throw OutOfPatience("/proc/self/statm") }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { throw OutOfPatience("a line of statm") }
    return UInt(strtoul(line, nil, 10)) * UInt(sysconf(CInt(_SC_PAGESIZE)))
  }

  /// Sets the limit, and returns the former one.
  static func limit(to bytes: UInt) throws -> UInt {
    var limits = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0 else { throw Boom() }
    let former = limits.rlim_cur
    limits.rlim_cur = rlim_t(bytes)
    guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limits) == 0 else { throw Boom() }
    return UInt(former)
  }
}
