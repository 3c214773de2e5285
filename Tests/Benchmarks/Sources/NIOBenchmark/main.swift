// `NIOThreadPool.runIfActive`, whose futures belong to an event loop. They are waited for all at once: waiting for
// each in turn takes 4 to 6 times as long (medians of 6 pairs; 2 workers and 1 producer, 8 and 2).

import BenchmarkSupport
import NIOCore
import NIOPosix

runBenchmark([
  "submit": { try submit($0["n"], producers: $0["producers"], to: startedPool($0["workers"])) },
  "round-trip": { try roundTrip($0["n"], in: startedPool($0["workers"])) },
  "threads": { try threads($0["workers"]) },
])

/// The event loop that completes every future.
enum Completing {
  static let loop = MultiThreadedEventLoopGroup.singleton.next()
}

/// A pool all of whose threads have started.
func startedPool(_ workers: Int) throws -> NIOThreadPool {
  let pool = NIOThreadPool(numberOfThreads: workers)
  pool.start()
  let barrier = Barrier(workers)
  let futures = (0..<workers).map { _ in
    pool.runIfActive(eventLoop: Completing.loop) { barrier.meet() }
  }
  for future in futures { try future.wait() }
  return pool
}

func submit(_ n: Int, producers: Int, to pool: NIOThreadPool) throws -> Figures {
  let seconds = try timed {
    let futures = try produce(n, onThreads: producers) { indices in
      indices.map { i in pool.runIfActive(eventLoop: Completing.loop) { i } }
    }
    var total = 0
    for part in futures {
      let results = try EventLoopFuture.whenAllSucceed(part, on: Completing.loop).wait()
      total = results.reduce(total, +)
    }
    check(total, sum(of: 0..<n / producers * producers))
    return futures
  }
  try pool.syncShutdownGracefully()
  return ["seconds": seconds]
}

func roundTrip(_ n: Int, in pool: NIOThreadPool) throws -> Figures {
  let figures = try timedTrips(n) { i in
    try pool.runIfActive(eventLoop: Completing.loop) { i }.wait()
  }
  try pool.syncShutdownGracefully()
  return figures
}

func threads(_ workers: Int) throws -> Figures {
  let seconds = try timed { try startedPool(workers).syncShutdownGracefully() }
  return ["seconds": seconds]
}
