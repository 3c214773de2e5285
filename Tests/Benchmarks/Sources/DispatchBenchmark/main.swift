// A `DispatchWorkItem` for each task: it is what can be waited for and cancelled one by one. (Blocks in a
// `DispatchGroup`, which can only be waited for together, took three quarters of the time: medians of 7 pairs
// that lay between 0.4 and 2.5.) How many threads a concurrent queue uses is the system's business:
// `workers=` is not looked at.

import BenchmarkSupport
import Dispatch

runBenchmark([
  "submit": { try submit($0["n"], producers: $0["producers"]) },
  "round-trip": { roundTrip($0["n"]) },
  "cancel": { cancel($0["n"]) },
  "memory": { memory($0["n"]) },
])

/// A concurrent queue, with the system's threads started.
func startedQueue() -> DispatchQueue {
  DispatchQueue.concurrentPerform(iterations: 1000) { _ in }
  return DispatchQueue(label: "benchmark", attributes: .concurrent)
}

func submit(_ n: Int, producers: Int) throws -> Figures {
  let queue = startedQueue()
  let seconds = try timed {
    let results = Results(n)
    let items = try produce(n, onThreads: producers) { indices in
      queued(indices, on: queue, results)
    }
    for part in items {
      for item in part { item.wait() }
    }
    let total = (0..<n).reduce(0) { $0 + results[$1] }
    check(total, sum(of: 0..<n / producers * producers))
    return items
  }
  return ["seconds": seconds]
}

func roundTrip(_ n: Int) -> Figures {
  let queue = startedQueue()
  let results = Results(n)
  return timedTrips(n) { i in
    let item = DispatchWorkItem { results[i] = i }
    queue.async(execute: item)
    item.wait()
    return results[i]
  }
}

/// A serial queue, so one worker, held at the gate until somebody else meets it there.
func blockedQueue(_ gate: Barrier) -> DispatchQueue {
  let queue = DispatchQueue(label: "benchmark")
  queue.async {
    gate.meet()
    gate.meet()
  }
  gate.meet()
  return queue
}

func queued(
  _ indices: Range<Int>, on queue: DispatchQueue, _ results: Results
) -> [DispatchWorkItem] {
  indices.map { i in
    let item = DispatchWorkItem { results[i] = i }
    queue.async(execute: item)
    return item
  }
}

func cancel(_ n: Int) -> Figures {
  let gate = Barrier(2)
  let queue = blockedQueue(gate)
  let items = queued(0..<n, on: queue, Results(n))
  let seconds = timed {
    for item in items { item.cancel() }
    return items
  }
  check(items.count(where: \.isCancelled), n)
  gate.meet()
  queue.sync {}
  return ["seconds": seconds]
}

func memory(_ n: Int) -> Figures {
  let queue = blockedQueue(Barrier(2))
  return residentBytes(per: n) {
    let results = Results(n)
    return (queue, results, queued(0..<n, on: queue, results))
  }
}
