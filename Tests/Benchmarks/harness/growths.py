"""How cost grows: what is measured for it."""

from growth import Growth
from jobs import Calls, Measure

FUTURES = (1_000, 10_000, 100_000, 1_000_000)
WORKERS = (1, 2, 8, 64, 512)
SCRIPT_FUTURES = (1_000, 10_000, 20_000)
ITEMS_OF_WORKERS = 100_000

MEASURES = (
    ("submit", "submit, result", {"producers": 1}),
    ("map", "map", {}),
    ("as-completed", "asCompleted", {}),
)


def by_futures(measure, what, more):
    def job(n):
        return Measure(measure, {"workers": 2} | more, repetitions=20 if n <= 10_000 else 4)

    return Growth(
        f"growth-futures-{measure}", "the library, 2 workers, by futures", what, "ConcurrentFutures",
        FUTURES, job, lambda n: n, "peak memory an item")


def by_workers(measure, what, more):
    def job(workers):
        return Measure(measure, {"workers": workers} | more, repetitions=4)

    return Growth(
        f"growth-workers-{measure}", "the library, 100,000 items, by workers", what, "ConcurrentFutures",
        WORKERS, job, lambda workers: ITEMS_OF_WORKERS, "peak memory a worker")


def in_script(name, what, script, options=(), memory=""):
    """A script in which N stands for the number."""
    def job(n):
        return Calls({"poolsh": lambda *_: [*options, "-c", script.replace("N", str(n))]})

    return Growth(
        f"growth-script-{name}", "poolsh, by futures", what, "poolsh",
        SCRIPT_FUTURES, job, lambda n: n, memory)


GROWTHS = (
    *(by_futures(*measure) for measure in MEASURES),
    *(by_workers(*measure) for measure in MEASURES),
    in_script("wait", "`submit` of all, one `wait`", "submit return ::: 1..N; wait", memory="peak memory an item"),
    in_script("submit-wait", "`submit`, `wait`, in a loop", "for i in 1..N { submit return $i; wait }"),
    in_script("wait-first", "`wait first` in a loop, one ends each time",
              "submit gate g{} ::: 1..N; for i in 1..N { open g$i; wait first }", options=("-w", "1")),
    in_script("wait-first-done", "`wait first` in a loop, all have ended",
              "submit return ::: 1..N; wait; repeat N wait first"),
    in_script("as-completed", "`as_completed do { … }` over all",
              "submit return ::: 1..N; as_completed do { print $result }"),
    in_script("submit-as-completed", "`submit`, `as_completed`, in a loop",
              "for i in 1..N { submit return $i; as_completed }"),
)
