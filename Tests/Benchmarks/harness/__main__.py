"""Measures poolsh and ConcurrentFutures against their peers. Called by ../run, which builds them."""

import json
import sys
from dataclasses import replace

import growth
import machine
import options
import report
import results
import rounds
from comparisons import LIBRARY
from comparisons_tools import TOOLS
from contenders import PROGRAMS
from growths import GROWTHS
from jobs import Files

ROWS = [replace(row, group="library") for row in LIBRARY] + [replace(row, group="tools") for row in TOOLS]


def main():
    asked = options.parse(sys.argv[1:])
    chosen = options.select([*ROWS, *GROWTHS], asked.only)
    rows = [row for row in chosen if row.group != "growth"]
    growths = [row for row in chosen if row.group == "growth"]
    if asked.list:
        print("\n".join(f"{row.group:8} {row.name:32} {row.what}" for row in chosen))
    elif asked.needs:
        print("\n".join(dict.fromkeys(need for need in map(_need, _programs(chosen)) if need)))
    else:
        _measure(asked, rows, growths)


def _programs(rows):
    return dict.fromkeys(program for row in rows for program, _ in row.runs())


def _need(program):
    return PROGRAMS[program].needs


def _measure(asked, rows, growths):
    about = {
        "date": machine.date(), "rounds": asked.rounds, "seed": rounds.SEED, "machine": machine.describe(),
        "versions": machine.versions(_programs([*rows, *growths])),
    }
    with Files() as files:
        taken = rounds.take(rows, asked.rounds, files)
        grown = growth.take(growths, asked.rounds, files)
    about["comparisons"] = [line for row in rows for line in results.lines(row, taken)]
    about["growth"] = growth.tables(growths, grown)
    about["skipped"] = results.skipped(rows, taken) + growth.skipped(growths, grown)
    about["raw"] = taken.raw()
    _tell(about)
    if asked.json:
        json.dump(about, asked.json, indent=1, ensure_ascii=False)


def _tell(about):
    print(*report.head(about["machine"], about["versions"], about["date"], about["rounds"]), sep="\n")
    if about["comparisons"]:
        print(*report.comparisons(about["comparisons"]), sep="\n")
    if about["growth"]:
        print(*report.growth(about["growth"]), sep="\n")
    if about["skipped"]:
        print("", *about["skipped"], sep="\n")


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
