// A `BlockOperation` for each task.

import BenchmarkSupport
import Foundation

runBenchmark([
  "submit": { try submit($0["n"], producers: $0["producers"], to: startedQueue($0["workers"])) },
  "round-trip": { roundTrip($0["n"], in: startedQueue($0["workers"])) },
  "cancel": { cancel($0["n"]) },
  "memory": { memory($0["n"]) },
])

/// A queue of so many at a time, with the system's threads started.
func startedQueue(_ workers: Int) -> OperationQueue {
  let queue = OperationQueue()
  queue.maxConcurrentOperationCount = workers
  queue.addOperations((0..<1000).map { _ in BlockOperation {} }, waitUntilFinished: true)
  return queue
}

func submit(_ n: Int, producers: Int, to queue: OperationQueue) throws -> Figures {
  let seconds = try timed {
    let results = Results(n)
    let operations = try produce(n, onThreads: producers) { indices in
      queued(indices, in: queue, results)
    }
    for part in operations {
      for operation in part { operation.waitUntilFinished() }
    }
    let total = (0..<n).reduce(0) { $0 + results[$1] }
    check(total, sum(of: 0..<n / producers * producers))
    return operations
  }
  return ["seconds": seconds]
}

func queued(_ indices: Range<Int>, in queue: OperationQueue, _ results: Results) -> [Operation] {
  indices.map { i in
    let operation = BlockOperation { results[i] = i }
    queue.addOperation(operation)
    return operation
  }
}

func roundTrip(_ n: Int, in queue: OperationQueue) -> Figures {
  let results = Results(n)
  return timedTrips(n) { i in
    let operation = BlockOperation { results[i] = i }
    queue.addOperation(operation)
    operation.waitUntilFinished()
    return results[i]
  }
}

/// A queue whose only operation at a time is held at the gate until somebody else meets it there.
func blockedQueue(_ gate: Barrier) -> OperationQueue {
  let queue = OperationQueue()
  queue.maxConcurrentOperationCount = 1
  queue.addOperation {
    gate.meet()
    gate.meet()
  }
  gate.meet()
  return queue
}

func cancel(_ n: Int) -> Figures {
  let gate = Barrier(2)
  let queue = blockedQueue(gate)
  let operations = queued(0..<n, in: queue, Results(n))
  let seconds = timed {
    for operation in operations { operation.cancel() }
    return operations
  }
  check(operations.count(where: \.isCancelled), n)
  gate.meet()
  queue.waitUntilAllOperationsAreFinished()
  return ["seconds": seconds]
}

func memory(_ n: Int) -> Figures {
  let queue = blockedQueue(Barrier(2))
  return residentBytes(per: n) {
    let results = Results(n)
    return (queue, results, queued(0..<n, in: queue, results))
  }
}
