"""The rounds: everybody's turn in each, in an order of its own, and what was measured."""

import random
import sys
import time

from contenders import Skipped, measure

SEED = 20


class Measurements:
    """The figures of every run, by row, program and n, round by round; who was skipped, and why."""

    def __init__(self):
        self._figures = {}
        self.skipped = {}

    def add(self, row, run, figures):
        self._figures.setdefault((row.name, run), []).append(figures)

    def rounds(self, row, run):
        return self._figures.get((row.name, run), [])

    def raw(self):
        """Everything, plainly: a dictionary for each run, with the figures of each repetition in each round."""
        return [
            {"row": name, "program": program, "n": n, "rounds": rounds}
            for (name, (program, n)), rounds in self._figures.items()]

    def values(self, row, line, run):
        """What one side of a line came to in each round."""
        quantity = line.quantity or row.quantity
        return [line.pick(figures, quantity, run[1]) for figures in self.rounds(row, run)]


def take(rows, rounds, files):
    """All rounds. The order of rows and of contenders is shuffled in each, the same way in every run."""
    shuffle = random.Random(SEED)
    taken = Measurements()
    for number in range(1, rounds + 1):
        for row in shuffle.sample(rows, len(rows)):
            progress(f"round {number} of {rounds}: {row.name}")
            _round(row, taken, files, shuffle)
    return taken


def _round(row, taken, files, shuffle):
    figures = {}
    for _ in range(row.passes):
        runs = [run for run in row.runs() if (row.name, run) not in taken.skipped]
        for run in shuffle.sample(runs, len(runs)):
            try:
                figures.setdefault(run, []).extend(
                    measure(*_call(row, run), files, wants_peak=row.wants_peak))
            except Skipped as reason:
                taken.skipped[row.name, run] = str(reason)
                figures.pop(run, None)
    for run, those in figures.items():
        taken.add(row, run, those)


def _call(row, run):
    program, n = run
    return program, row.job, n


def progress(line):
    print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)
