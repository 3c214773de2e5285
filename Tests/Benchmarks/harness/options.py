"""The options of `run`."""

import argparse
import os


class _OneLine(argparse.ArgumentParser):
    def error(self, message):
        self.exit(2, f"run: {message}; see run --help\n")


def parse(arguments):
    parser = _OneLine(
        prog="run", allow_abbrev=False,
        description="Measures poolsh and ConcurrentFutures against their peers and prints a table.")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME",
        help="these rows only: a row's name or part of it, or a group; may be repeated")
    parser.add_argument("--list", action="store_true", help="list the rows, and measure nothing")
    parser.add_argument("--rounds", type=_positive, default=5, metavar="N", help="so many rounds (5)")
    parser.add_argument(
        "--json", type=_writable, metavar="FILE",
        help="write everything to FILE too, the figures of every round")
    parser.add_argument("--needs", action="store_true", help=argparse.SUPPRESS)  # what `run` has to build
    return parser.parse_args(arguments)


def select(rows, names):
    """The rows of these names; ends the process if one names nothing."""
    for name in names:
        if not any(_is_named(row, name) for row in rows):
            _OneLine(prog="run").error(f"no row is called {name!r}")
    return [row for row in rows if not names or any(_is_named(row, name) for name in names)]


def _is_named(row, name):
    return row.group == name or name in row.name


def _writable(path):
    """Opened at once: twenty minutes later would be late to learn that it cannot be."""
    try:
        # `run` has changed the directory.
        return open(os.path.join(os.environ.get("OLDPWD", ""), path), "w", encoding="utf-8")
    except OSError as error:
        raise argparse.ArgumentTypeError(f"cannot write {path}: {error.strerror}") from None


def _positive(text):
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_positive.__name__ = "number of at least 1"
