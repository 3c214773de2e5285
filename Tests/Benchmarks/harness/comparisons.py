"""The comparisons of the library: what, ours, the others, how many, the target of the median ratio.

A line without a target is there to be seen.
"""

from figures import FUTURE_MEMORY, IDLE, MEDIAN_TIME, TASKS, TIME, at_least, at_most
from jobs import Measure
from rows import CPP, DISPATCH, JAVA, JAVA_FIRST, NIO, OPERATION_QUEUE, PYTHON, Row, bound

OURS = "ConcurrentFutures"


def submit(workers, producers, others):
    what = f"submit 1,000,000, wait for every result; {workers} workers, {producers} producer"
    return Row(
        f"submit-{workers}-workers-{producers}-producers", what + ("s" if producers > 1 else ""), TASKS, OURS,
        Measure("submit", {"workers": workers, "producers": producers}), 1_000_000, others)


def ordered_map(workers, java, python):
    return Row(
        f"map-{workers}-workers", f"ordered map over 1,000,000 integers; {workers} workers", TASKS, OURS,
        Measure("map", {"workers": workers}), 1_000_000,
        (JAVA(at_least(java)), JAVA_FIRST, PYTHON(at_least(python), n=60_000), CPP(n=200_000),
         DISPATCH(n=250_000), OPERATION_QUEUE(n=60_000), NIO(n=20_000)))


def sleeping(workers, others):
    ideal = 10_000 * 0.001 / workers
    return Row(
        f"sleep-{workers}-workers", f"10,000 tasks that sleep 1 ms; {workers} workers", TIME, OURS,
        Measure("sleep", {"workers": workers, "milliseconds": 1}, repetitions=2), 10_000,
        (bound("the ideal", at_most(1.2) if workers == 32 else None, ideal), *others))


LIBRARY = (
    submit(2, 1, (
        JAVA(at_least(0.85)), JAVA_FIRST, PYTHON(at_least(80), n=60_000), CPP(at_least(2.5), n=200_000),
        DISPATCH(at_least(5), n=250_000), OPERATION_QUEUE(n=100_000), NIO(n=20_000))),
    submit(8, 1, (
        JAVA(at_least(0.5)), JAVA_FIRST, PYTHON(at_least(50), n=60_000), CPP(at_least(3), n=200_000),
        DISPATCH(n=250_000), OPERATION_QUEUE(n=100_000), NIO(n=20_000))),
    submit(2, 2, (JAVA(at_least(0.75)), JAVA_FIRST, PYTHON(n=60_000), CPP(n=200_000))),
    submit(8, 2, (JAVA(at_least(0.45)), JAVA_FIRST, PYTHON(n=60_000), CPP(n=200_000))),
    Row("round-trip", "submit → result(), the median of 10,000 round trips; 2 workers", MEDIAN_TIME, OURS,
        Measure("round-trip", {"workers": 2}), 10_000,
        (JAVA(at_most(0.1)), PYTHON(at_most(0.02)), CPP(), DISPATCH(), OPERATION_QUEUE(), NIO())),
    Row("idle", "a pool of 8 idle workers for 1 s", IDLE, OURS,
        Measure("idle", {"workers": 8, "seconds": 1}, counts=False, repetitions=1), 1,
        (bound("no CPU burnt (1 ms/s)", at_most(1), 0.001), JAVA(), PYTHON())),
    ordered_map(2, 8, 500),
    ordered_map(8, 6, 500),
    Row("as-completed", "asCompleted over 100,000; 2 workers", TASKS, OURS,
        Measure("as-completed", {"workers": 2}), 100_000,
        (JAVA(at_least(1.5)), JAVA_FIRST, PYTHON(at_least(100), n=60_000))),
    Row("cancel", "cancel 100,000 queued", TASKS, OURS, Measure("cancel"), 100_000,
        (JAVA(at_least(0.75)), JAVA_FIRST, PYTHON(at_least(25)), DISPATCH(), OPERATION_QUEUE())),
    Row("memory", "memory of a pending future, all told", FUTURE_MEMORY, OURS,
        Measure("memory", repetitions=1), 200_000,
        (bound("200 bytes", at_most(1), 200), PYTHON(at_most(0.1), n=60_000), JAVA(), CPP(), DISPATCH(),
         OPERATION_QUEUE(), NIO())),
    sleeping(32, (JAVA(), PYTHON(), CPP(), DISPATCH(), OPERATION_QUEUE(), NIO())),
    sleeping(500, (JAVA(at_most(0.5)), PYTHON(at_most(0.15)), CPP(), NIO())),
    Row("threads", "create, start and shut down 32 threads", TIME, OURS,
        Measure("threads", {"workers": 32}, counts=False, repetitions=5), 32,
        (JAVA(at_most(0.35)), PYTHON(at_most(0.25)), CPP(), NIO())),
)
