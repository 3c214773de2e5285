"""What a contender is asked to do: the same work, in each one's own words."""

import os
import tempfile
from dataclasses import dataclass, field

from contenders import PROGRAMS, executable


class Files:
    """The inputs of the jobs, made when they are asked for, gone at the end."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="poolsh-benchmark-")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._directory.cleanup()

    def path(self, name):
        return os.path.join(self._directory.name, name)

    def holding(self, name, lines):
        """The path of a file of these lines."""
        path = self.path(name)
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
        return path

    def items(self, n):
        return self.holding(f"items-{n}", range(1, n + 1))

    def makefile(self, n):
        """One target for each item; make would run a lone `/bin/true` without a shell, as it does here."""
        lines = [".SILENT:", "all: " + " ".join(f"j{i}" for i in range(1, n + 1))]
        return self.holding(f"makefile-{n}", lines + [f"j{i}:\n\t/bin/true {i}" for i in range(1, n + 1)])


@dataclass(frozen=True)
class Measure:
    """One of the measures that the library programs offer."""

    name: str
    parameters: dict = field(default_factory=dict)
    counts: bool = True  # whether it takes n=
    repetitions: int | None = None

    prints_figures = True

    def argv(self, program, n, files):
        repetitions = self.repetitions or PROGRAMS[program].repetitions
        words = self.parameters | ({"n": n} if self.counts else {}) | {"repetitions": repetitions}
        command = [executable(program), *PROGRAMS[program].command[1:]]
        return [*command, self.name, *(f"{key}={value}" for key, value in words.items())]


class Calls:
    """How each tool is called: from its name to a function of (files, n) that gives its arguments."""

    prints_figures = False

    def __init__(self, calls):
        self._calls = calls

    def argv(self, program, n, files):
        return [executable(program), *self._calls[program](files, n)]
