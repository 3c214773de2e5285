"""How cost grows: the same work for more and more futures, and for more and more workers."""

import math
import random
from dataclasses import dataclass
from typing import Any

from contenders import Skipped, measure
from figures import TIME, warm
from rounds import SEED, progress

PATIENCE = 30.0  # seconds for one process
SLOW = 5.0  # what takes longer is measured once


@dataclass(frozen=True)
class Growth:
    """A line of a table: a job for each column, and how many items each has."""

    name: str
    title: str
    what: str
    ours: str
    columns: tuple
    job: Any  # of the column
    items: Any  # of the column
    memory: str  # what its memory line says; none without it
    group: str = "growth"

    def runs(self):
        return [(self.ours, column) for column in self.columns]


class GrowthMeasurements:
    def __init__(self):
        self.times = {}  # (line, column): seconds an item, round by round
        self.peaks = {}
        self.skipped = {}

    def is_settled(self, line, column):
        seconds = self.times.get((line.name, column), [0])[-1] * line.items(column)
        return seconds > SLOW or (line.name, column) in self.skipped


def take(lines, rounds, files):
    shuffle = random.Random(SEED)
    taken = GrowthMeasurements()
    cells = [(line, column) for line in lines for column in line.columns]
    for number in range(1, rounds + 1):
        for line, column in shuffle.sample(cells, len(cells)):
            if not taken.is_settled(line, column):
                progress(f"round {number} of {rounds}: {line.name} {column}")
                _cell(line, column, taken, files)
    return taken


def _cell(line, column, taken, files):
    n = line.items(column)
    key = line.name, column
    try:
        figures = measure(
            line.ours, line.job(column), n, files, wants_peak=True, limit=PATIENCE)
    except Skipped as reason:
        taken.skipped[key] = str(reason)
        return
    taken.times.setdefault(key, []).append(warm(figures, TIME, n) / n)
    taken.peaks.setdefault(key, []).append(figures[0]["peak"])


def tables(lines, taken):
    """Plain dictionaries, as they are written to JSON."""
    made = {}
    for line in lines:
        table = made.setdefault(line.title, {
            "title": line.title, "columns": [f"{column:,}" for column in line.columns], "lines": []})
        table["lines"].append(_times(line, taken))
        if line.memory:
            table["lines"].append(_memory(line, taken))
    return list(made.values())


def _times(line, taken):
    cells = [_least(taken.times, line, column) for column in line.columns]
    return {
        "row": line.name, "what": f"{line.what}: time an item", "unit": "s",
        "cells": [cell if cell is not None else _why(line, column, taken)
                  for cell, column in zip(cells, line.columns)],
        "by_round": [taken.times.get((line.name, column), []) for column in line.columns],
        "exponent": _exponent(line, cells),
    }


def _memory(line, taken):
    """What each more adds to the peak of the process of the first column."""
    peaks = [_least(taken.peaks, line, column) for column in line.columns]
    start, base = line.columns[0], peaks[0]
    cells = [None] + [
        None if peak is None or base is None else max(0, peak - base) / (column - start)
        for peak, column in zip(peaks[1:], line.columns[1:])]
    return {
        "row": line.name, "what": f"{line.what}: {line.memory}", "unit": "bytes", "cells": cells,
        "by_round": [taken.peaks.get((line.name, column), []) for column in line.columns],
        "exponent": None,
    }


def _least(values, line, column):
    """Of all rounds: the question is how cost grows, not how busy the machine was."""
    return min(values.get((line.name, column), []), default=None)


def _why(line, column, taken):
    why = taken.skipped.get((line.name, column), "")
    return f"over {PATIENCE:.0f} s" if "longer than" in why else "skipped" if why else None


def _exponent(line, cells):
    known = [(column, cell * line.items(column)) for column, cell in zip(line.columns, cells) if cell]
    if len(known) < 2:
        return None
    (before, less), (after, more) = known[-2:]
    return math.log(more / less) / math.log(after / before)


def skipped(lines, taken):
    return [
        f"skipped: {line.ours} in {line.name}, {column:,}: {taken.skipped[line.name, column]}"
        for line in lines for column in line.columns if (line.name, column) in taken.skipped]
