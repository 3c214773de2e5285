"""The programs that are measured, and how one of them is asked for one measurement."""

import os
import shutil
import sys
from dataclasses import dataclass

import processes

LIMIT = 180.0  # seconds for one process; who takes longer is skipped


class Skipped(Exception):
    """A contender that cannot take part, with the reason."""


@dataclass(frozen=True)
class Program:
    """It measures itself: `PROGRAM MEASURE key=value…` prints a line of figures for each repetition."""

    command: tuple
    needs: str  # what `run` has to build for it
    repetitions: int = 3


@dataclass(frozen=True)
class Tool:
    """A program that is measured from outside; each row of the table says how it is called."""

    executable: str
    needs: str = "tools"


def at_a_prompt(who, needs=""):
    return Program((sys.executable, "Peers/at_a_prompt.py", who), needs, 2)


def halted(who, needs):
    return Program((sys.executable, "Peers/halted.py", who), needs, 3)


# The figures of a slow peer hardly change after its first repetition; Java's do, it compiles as it runs.
PROGRAMS = {
    "ConcurrentFutures": Program((".build/release/ConcurrentFuturesBenchmark",), "library", 5),
    "Java": Program(("java", "-Xmx2g", "-cp", ".build/java", "JavaPool"), "java", 5),
    "Python": Program((sys.executable, "Peers/python_futures.py"), "", 2),
    "C++": Program((".build/cpp/cpp_pool",), "cpp", 4),
    "Dispatch": Program((".build/release/DispatchBenchmark",), "library", 3),
    "OperationQueue": Program((".build/release/OperationQueueBenchmark",), "library", 3),
    "NIOThreadPool": Program((".build/release/NIOBenchmark",), "library", 2),
    "poolsh's prompt": at_a_prompt("poolsh", "poolsh"),
    "poolsh's prompt, busy": at_a_prompt("busy", "poolsh"),
    "bash's prompt": at_a_prompt("bash"),
    "python3's prompt": at_a_prompt("python3"),
    "poolsh, halted": halted("poolsh", "poolsh"),
    "GNU parallel, halted": halted("parallel", "tools"),
    "poolsh": Tool(".build/poolsh/release/poolsh", "poolsh"),
    "python3": Tool(sys.executable, ""),
    "Python + subprocess": Tool(sys.executable, ""),
    "xargs -P": Tool("xargs"),
    "GNU parallel -j": Tool("parallel"),
    "bash, wait -n": Tool("bash"),
    "bash": Tool("bash"),
    "make -j": Tool("make"),
}


def executable(program):
    """The path of what is run, or nothing."""
    entry = PROGRAMS[program]
    return shutil.which(entry.executable if isinstance(entry, Tool) else entry.command[0])


def measure(program, job, n, files, *, wants_peak=False, limit=LIMIT):
    """One process: a list of figures (`{"seconds": …}`), one for each repetition in it."""
    if executable(program) is None:
        raise Skipped("it is not there" if PROGRAMS[program].needs else "no such program")
    argv = job.argv(program, n, files)
    output = files.path("output") if job.prints_figures else os.devnull
    errors = files.path("errors")
    ended = processes.run(argv, output=output, errors=errors, limit=limit, wants_peak=wants_peak)
    _check(ended, errors, limit)
    outside = {"peak": ended.peak} if wants_peak else {}
    if not job.prints_figures:
        return [{"seconds": ended.seconds, "cpu": ended.cpu, **outside}]
    with open(output, encoding="utf-8") as lines:
        figures = [_figures(line) | outside for line in lines if line.strip()]
    if not figures:
        raise Skipped("it printed no figures")
    return figures


def _figures(line):
    try:
        return {key: float(value) for key, value in (word.split("=", 1) for word in line.split())}
    except ValueError:
        raise Skipped(f"it printed {line.strip()!r}, which is not key=value") from None


def _check(ended, errors, limit):
    if ended.timed_out:
        raise Skipped(f"it took longer than {limit:.0f} s")
    if ended.status == 64:
        raise Skipped("not offered")
    if ended.status != 0:
        with open(errors, encoding="utf-8", errors="replace") as text:
            last = (text.read().strip().splitlines() or ["no message"])[-1]
        raise Skipped(f"status {ended.status}: {last[:200]}")
