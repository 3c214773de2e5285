import BenchmarkSupport
import ConcurrentFutures

runBenchmark([
  "submit": { try submit($0["n"], producers: $0["producers"], to: startedPool($0["workers"])) },
  "round-trip": { try roundTrip($0["n"], in: startedPool($0["workers"])) },
  "idle": { try idle(startedPool($0["workers"]), seconds: $0["seconds"]) },
  "map": { try map($0["n"], in: startedPool($0["workers"])) },
  "as-completed": { try inOrderOfCompletion($0["n"], in: startedPool($0["workers"])) },
  "cancel": { try cancel($0["n"]) },
  "memory": { try memory($0["n"]) },
  "sleep": { try sleeping($0["n"], milliseconds: $0["milliseconds"], workers: $0["workers"]) },
  "threads": { try threads($0["workers"]) },
])

/// A pool all of whose threads have started.
func startedPool(_ workers: Int) throws -> ThreadPoolExecutor {
  let pool = try ThreadPoolExecutor(maxWorkers: workers)
  let barrier = Barrier(workers)
  let futures = try (0..<workers).map { _ in try pool.submit { barrier.meet() } }
  for future in futures { try future.result() }
  return pool
}

func submit(_ n: Int, producers: Int, to pool: ThreadPoolExecutor) throws -> Figures {
  defer { pool.shutdown() }
  let seconds = try timed {
    let futures = try produce(n, onThreads: producers) { indices in
      try indices.map { i in try pool.submit { i } }
    }
    var total = 0
    for part in futures {
      for future in part { total += try future.result() }
    }
    check(total, sum(of: 0..<n / producers * producers))
    return futures
  }
  return ["seconds": seconds]
}

func roundTrip(_ n: Int, in pool: ThreadPoolExecutor) throws -> Figures {
  defer { pool.shutdown() }
  return try timedTrips(n) { i in try pool.submit { i }.result() }
}

func idle(_ pool: ThreadPoolExecutor, seconds: Int) throws -> Figures {
  defer { pool.shutdown() }
  return ["cpu": cpuTime(during: seconds)]
}

func map(_ n: Int, in pool: ThreadPoolExecutor) throws -> Figures {
  defer { pool.shutdown() }
  let seconds = try timed {
    var total = 0
    for result in try pool.map(0..<n, { $0 + 1 }) { total += try result.get() }
    check(total, sum(of: 1..<n + 1))
  }
  return ["seconds": seconds]
}

func inOrderOfCompletion(_ n: Int, in pool: ThreadPoolExecutor) throws -> Figures {
  defer { pool.shutdown() }
  let seconds = try timed {
    let futures = try (0..<n).map { i in try pool.submit { i } }
    var total = 0
    for future in asCompleted(futures) { total += try future.result() }
    check(total, sum(of: 0..<n))
    return futures
  }
  return ["seconds": seconds]
}

/// A pool whose only worker is held at the gate until somebody else meets it there.
func blockedPool(_ gate: Barrier) throws -> ThreadPoolExecutor {
  let pool = try ThreadPoolExecutor(maxWorkers: 1)
  _ = try pool.submit {
    gate.meet()
    gate.meet()
  }
  gate.meet()
  return pool
}

func cancel(_ n: Int) throws -> Figures {
  let gate = Barrier(2)
  let pool = try blockedPool(gate)
  let futures = try (0..<n).map { i in try pool.submit { i } }
  let seconds = timed {
    var cancelled = 0
    for future in futures where future.cancel() { cancelled += 1 }
    check(cancelled, n)
    return futures
  }
  gate.meet()
  pool.shutdown()
  return ["seconds": seconds]
}

func memory(_ n: Int) throws -> Figures {
  let pool = try blockedPool(Barrier(2))
  return try residentBytes(per: n) { (pool, try (0..<n).map { i in try pool.submit { i } }) }
}

func sleeping(_ n: Int, milliseconds: Int, workers: Int) throws -> Figures {
  let pool = try ThreadPoolExecutor(maxWorkers: workers)
  defer { pool.shutdown() }
  let seconds = try timed {
    let futures = try (0..<n).map { _ in try pool.submit { sleep(milliseconds: milliseconds) } }
    for future in futures { try future.result() }
    return futures
  }
  return ["seconds": seconds]
}

func threads(_ workers: Int) throws -> Figures {
  let seconds = try timed { try startedPool(workers).shutdown() }
  return ["seconds": seconds]
}
