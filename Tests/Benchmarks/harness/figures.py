"""Quantities, targets and the little statistics there is."""

from dataclasses import dataclass
from statistics import median
from typing import Callable


@dataclass(frozen=True)
class Quantity:
    """What is read from a repetition's figures; `more` says which direction is better."""

    name: str  # as in the table: "rate", "time"
    unit: str
    value: Callable  # of (figures, n)
    more: bool = False

    def text(self, value):
        if value is None:
            return "–"
        for factor, prefix in _PREFIXES[self.unit]:
            if abs(value) >= factor:
                break
        return f"{rounded(value / factor)} {prefix}"


def _per_second(what):
    return [(1e6, f"M {what}/s"), (1e3, f"k {what}/s"), (1, f"{what}/s")]


_PREFIXES = {
    "tasks/s": _per_second("tasks"),
    "jobs/s": [(1, "jobs/s")],
    "lines/s": _per_second("lines"),
    "s": [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")],
    "bytes": [(1e6, "MB"), (1e3, "kB"), (1, "bytes")],
    "CPU s/s": [(1e-3, "ms CPU/s"), (1e-6, "µs CPU/s")],
}

TASKS = Quantity("rate", "tasks/s", lambda figures, n: n / figures["seconds"], more=True)
JOBS = Quantity("rate", "jobs/s", lambda figures, n: n / figures["seconds"], more=True)
LINES = Quantity("rate", "lines/s", lambda figures, n: n / figures["seconds"], more=True)
TIME = Quantity("time", "s", lambda figures, n: figures["seconds"])
MEDIAN_TIME = Quantity("time", "s", lambda figures, n: figures["p50"])
FUTURE_MEMORY = Quantity("memory", "bytes", lambda figures, n: figures["bytes"])
PEAK = Quantity("peak memory", "bytes", lambda figures, n: figures["peak"])
IDLE = Quantity("CPU", "CPU s/s", lambda figures, n: figures["cpu"] / n)


@dataclass(frozen=True)
class Target:
    """A bound of the median ratio."""

    bound: float
    at_least: bool
    text: str

    def is_reached(self, ratio):
        return ratio >= self.bound if self.at_least else ratio <= self.bound


def at_least(bound):
    return Target(bound, True, f"≥ {bound:g}")


def at_most(bound, text=None):
    return Target(bound, False, text or f"≤ {bound:g}")


def rounded(value):
    """Three digits, no exponent."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3g}"


def warm(figures, quantity, n):
    """The median of the repetitions but the first; of a lone repetition, that one."""
    return median(quantity.value(one, n) for one in figures[1:] or figures)


def first(figures, quantity, n):
    return quantity.value(figures[0], n)


def spread(values):
    """(median, least, greatest)"""
    return median(values), min(values), max(values)
