"""What the rounds came to: a plain dictionary for each line of the table, as it is written to JSON."""

from statistics import median

from figures import spread


def lines(row, taken):
    """One for each contender or bound of the row, those that were skipped excepted."""
    ours = (row.ours, row.n)
    for other in row.against:
        line = _Line(row, other, taken.values(row, other, ours))
        theirs = _theirs(row, other, taken, len(line.ours))
        if line.ours and theirs:
            yield line.figures(theirs)


def _theirs(row, other, taken, rounds):
    if other.program is None:
        return [other.constant] * rounds
    return taken.values(row, other, (other.program, other.n or row.n))


class _Line:
    def __init__(self, row, other, ours):
        self.row = row
        self.other = other
        self.ours = ours
        self.quantity = other.quantity or row.quantity

    def figures(self, theirs):
        # A contender that fails in a later round has its ratios from the rounds before.
        # Of nothing at all (CPU of an idle pool) there is no ratio.
        ratios = [mine / other for mine, other in zip(self.ours, theirs) if other]
        middle, least, greatest = spread(ratios) if ratios else (None, None, None)
        target = self.other.target
        return {
            "row": self.row.name, "group": self.row.group, "what": self.row.what,
            "quantity": self.quantity.name, "unit": self.quantity.unit, "more_is_better": self.quantity.more,
            "n": self.row.n, "against": self.other.name, "their_n": self.other.n or self.row.n,
            "is_program": self.other.program is not None,
            "ours": median(self.ours), "theirs": median(theirs),
            "ours_by_round": self.ours, "theirs_by_round": theirs, "ratios": ratios,
            "ratio": middle, "least": least, "greatest": greatest,
            "target": target.text if target else None,
            "reached": target.is_reached(middle) if target and ratios else None,
        }


def skipped(rows, taken):
    """A line for each contender that did not take part, with the reason; those for the same reason share it."""
    whys = {}
    for row in rows:
        for run in row.runs():
            why = taken.skipped.get((row.name, run))
            if why:
                rounds = len(taken.rounds(row, run))
                late = f" (in round {rounds + 1})" if rounds else ""
                whys.setdefault((run[0], why + late), []).append(row.name)
    return [
        f"skipped: {program} in {', '.join(names)}: {why}" for (program, why), names in whys.items()]
