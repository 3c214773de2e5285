"""The words that the comparisons are declared in."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from figures import Quantity, Target, first, warm


@dataclass(frozen=True)
class Against:
    """One line of a row: who (or which constant) is on the other side, and what the ratio should be."""

    program: str | None
    target: Target | None = None
    n: int | None = None  # if not the row's: a rate from less is fair where cost is linear
    pick: Any = warm
    quantity: Quantity | None = None  # if not the row's
    constant: float | None = None
    label: str | None = None

    @property
    def name(self):
        return self.label or self.program


@dataclass(frozen=True)
class Row:
    """One piece of work, done by ours and by the others in every round."""

    name: str
    what: str
    quantity: Quantity
    ours: str
    job: Any
    n: int
    against: tuple = field(default=())
    passes: int = 1  # how often a round goes over the contenders; the round's figure is the median
    group: str = ""

    def runs(self):
        """Who is run: each (program, n) once, whatever is read from it."""
        pairs = [(self.ours, self.n)]
        pairs += [(other.program, other.n or self.n) for other in self.against if other.program]
        return list(dict.fromkeys(pairs))

    @property
    def wants_peak(self):
        return any(other.quantity and other.quantity.name == "peak memory" for other in self.against)


def against(program, target=None, **options):
    return Against(program, target, **options)


JAVA = partial(Against, "Java", label="Java, warm")
JAVA_FIRST = Against("Java", pick=first, label="Java, first repetition (ours too)")
PYTHON = partial(Against, "Python")
CPP = partial(Against, "C++")
DISPATCH = partial(Against, "Dispatch")
OPERATION_QUEUE = partial(Against, "OperationQueue")
NIO = partial(Against, "NIOThreadPool")


def bound(label, target, constant, quantity=None):
    """Something that is no program: an ideal, or a limit."""
    return Against(None, target, constant=constant, label=label, quantity=quantity)
