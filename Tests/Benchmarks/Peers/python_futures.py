"""Python's concurrent.futures: python_futures.py MEASURE key=value..."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Barrier, Thread

kept = []  # what `memory` has made, by gate and pool


def started_pool(workers):
    """A pool all of whose threads have started."""
    pool = ThreadPoolExecutor(workers)
    barrier = Barrier(workers)
    for future in [pool.submit(barrier.wait) for _ in range(workers)]:
        future.result()
    return pool


def blocked_pool(gate):
    """A pool whose only worker is held at the gate until somebody else meets it there."""
    pool = ThreadPoolExecutor(1)

    def hold():
        gate.wait()
        gate.wait()

    pool.submit(hold)
    gate.wait()
    return pool


def task(i):
    """The empty task: it returns its index."""
    return i


def produce(n, producers, body):
    """The lists that so many threads make, this one if it is the only one, of n / producers indices each."""
    size = n // producers
    if producers == 1:
        return [body(range(size))]
    parts = [None] * producers

    def make(k):
        parts[k] = body(range(k * size, (k + 1) * size))

    threads = [Thread(target=make, args=(k,)) for k in range(producers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return parts


def submit(workers, producers, n):
    with started_pool(workers) as pool:
        start = time.monotonic()
        parts = produce(n, producers, lambda indices: [pool.submit(task, i) for i in indices])
        total = sum(future.result() for part in parts for future in part)
        seconds = time.monotonic() - start
        check(total, sum(range(n // producers * producers)))
        return {"seconds": seconds}


def round_trip(workers, n):
    trips = []
    with started_pool(workers) as pool:
        for i in range(n):
            start = time.monotonic()
            result = pool.submit(task, i).result()
            trips.append(time.monotonic() - start)
            check(result, i)
    trips.sort()
    return {"p50": trips[n // 2], "p99": trips[n * 99 // 100]}


def idle(workers, seconds):
    with started_pool(workers):
        before = time.process_time()
        time.sleep(seconds)
        return {"cpu": time.process_time() - before}


def ordered_map(workers, n):
    with started_pool(workers) as pool:
        start = time.monotonic()
        total = sum(pool.map(lambda i: i + 1, range(n)))
        seconds = time.monotonic() - start
        check(total, sum(range(1, n + 1)))
        return {"seconds": seconds}


def in_order_of_completion(workers, n):
    with started_pool(workers) as pool:
        start = time.monotonic()
        futures = [pool.submit(task, i) for i in range(n)]
        total = sum(future.result() for future in as_completed(futures))
        seconds = time.monotonic() - start
        check(total, sum(range(n)))
        return {"seconds": seconds}


def cancel(n):
    gate = Barrier(2)
    with blocked_pool(gate) as pool:
        futures = [pool.submit(task, i) for i in range(n)]
        start = time.monotonic()
        cancelled = sum(future.cancel() for future in futures)
        seconds = time.monotonic() - start
        gate.wait()
        check(cancelled, n)
        return {"seconds": seconds}


def memory(n):
    gate = Barrier(2)
    pool = blocked_pool(gate)
    before = resident_memory()
    futures = [pool.submit(task, i) for i in range(n)]
    growth = resident_memory() - before
    # Freed memory would be used again by the next repetition and hide its growth.
    kept.append((gate, pool, futures))
    return {"bytes": growth / n}


def sleeping(workers, n, milliseconds):
    start = time.monotonic()
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(time.sleep, milliseconds / 1000) for _ in range(n)]
        for future in futures:
            future.result()
        return {"seconds": time.monotonic() - start}


def threads(workers):
    start = time.monotonic()
    started_pool(workers).shutdown()
    return {"seconds": time.monotonic() - start}


def resident_memory():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS:"))


def check(result, expected):
    if result != expected:
        sys.exit(f"wrong result: {result} instead of {expected}")


MEASURES = {
    "submit": (submit, "workers", "producers", "n"),
    "round-trip": (round_trip, "workers", "n"),
    "idle": (idle, "workers", "seconds"),
    "map": (ordered_map, "workers", "n"),
    "as-completed": (in_order_of_completion, "workers", "n"),
    "cancel": (cancel, "n"),
    "memory": (memory, "n"),
    "sleep": (sleeping, "workers", "n", "milliseconds"),
    "threads": (threads, "workers"),
}


def main():
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    numbers = {key: int(value) for key, value in (word.split("=") for word in sys.argv[2:])}
    if name not in MEASURES:
        print(f"no measure '{name}' here; there are: {' '.join(MEASURES)}", file=sys.stderr)
        sys.exit(64)
    measure, *keys = MEASURES[name]
    if missing := [key for key in keys if key not in numbers]:
        print(f"missing: {' '.join(missing)}", file=sys.stderr)
        sys.exit(64)
    for _ in range(numbers.get("repetitions", 1)):
        figures = measure(*(numbers[key] for key in keys))
        print(*(f"{key}={value:.9f}" for key, value in figures.items()), flush=True)
    for gate, pool, _ in kept:
        pool.shutdown(wait=False, cancel_futures=True)
        gate.wait()


if __name__ == "__main__":
    main()
