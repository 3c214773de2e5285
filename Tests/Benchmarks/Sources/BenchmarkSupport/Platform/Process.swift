import Glibc

/// Seconds on the monotonic clock.
public func monotonicTime() -> Double { time(of: CLOCK_MONOTONIC) }

/// The seconds of CPU that this process burns while the calling thread sleeps for so many seconds.
public func cpuTime(during seconds: Int) -> Double {
  let before = time(of: CLOCK_PROCESS_CPUTIME_ID)
  sleep(milliseconds: seconds * 1000)
  return time(of: CLOCK_PROCESS_CPUTIME_ID) - before
}

private func time(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The bytes of this process that are in memory: VmRSS of `/proc/self/status`.
func residentMemory() -> Int {
  var bytes = [UInt8](repeating: 0, count: 8192)
  let file = open("/proc/self/status", O_RDONLY)
  defer { close(file) }
  let count = max(0, read(file, &bytes, bytes.count))
  let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n")
  guard let line = lines.first(where: { $0.hasPrefix("VmRSS:") }) else {
    fail(1, "/proc/self/status says nothing of VmRSS")
  }
  return (Int(line.filter(\.isNumber)) ?? 0) * 1024
}

/// Ends the process, blocked threads included.
func end(_ status: Int32) -> Never { exit(status) }

/// Ends the process with a message on the standard error.
func fail(_ status: Int32, _ message: String) -> Never {
  let line = "benchmark: \(message)\n"
  write(STDERR_FILENO, line, line.utf8.count)
  exit(status)
}
