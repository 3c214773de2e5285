"""The tables, in Markdown."""

from figures import PEAK, FUTURE_MEMORY, IDLE, JOBS, LINES, MEDIAN_TIME, TASKS, TIME, rounded

QUANTITIES = {
    (quantity.name, quantity.unit): quantity
    for quantity in (TASKS, JOBS, LINES, TIME, MEDIAN_TIME, FUTURE_MEMORY, PEAK, IDLE)
}


def head(machine, versions, date, rounds):
    yield f"{date}, {rounds} rounds"
    yield ""
    yield "- " + "; ".join(machine.values())
    yield "- " + "; ".join(f"{name} {version}" for name, version in versions.items())
    yield ""


def comparisons(lines):
    yield "| what | ours | against | theirs | ratio: median (min–max) | target | reached |"
    yield "|---|---|---|---|---|---|---|"
    previous = None
    for line in lines:
        yield _comparison(line, line["row"] != previous)
        previous = line["row"]
    yield ""
    yield ("Ratios are ours / theirs: of rates (more is better: ↑), of times, memory and CPU (less is "
           "better: ↓). A number behind a name: that peer did so many, not all; its rate counts.")


def _comparison(line, is_first):
    quantity = QUANTITIES[line["quantity"], line["unit"]]
    arrow = "↑" if line["more_is_better"] else "↓"
    fewer = f" ({line['their_n']:,})" if line["is_program"] and line["their_n"] != line["n"] else ""
    return _row(
        line["what"] if is_first else "", quantity.text(line["ours"]), line["against"] + fewer,
        quantity.text(line["theirs"]), _ratio(line, f"{quantity.name} {arrow}"), line["target"] or "",
        {True: "yes", False: "**no**", None: ""}[line["reached"]])


def _ratio(line, what):
    if line["ratio"] is None:
        return "–"
    return f"{rounded(line['ratio'])} ({rounded(line['least'])}–{rounded(line['greatest'])}) {what}"


def growth(tables):
    for table in tables:
        yield ""
        yield _row(table["title"], *table["columns"], "exponent")
        yield "|---|" + "---|" * (len(table["columns"]) + 1)
        for line in table["lines"]:
            exponent = "" if line["exponent"] is None else f"{line['exponent']:.2f}"
            yield _row(line["what"], *(_cell(cell, line["unit"]) for cell in line["cells"]), exponent)
    yield ""
    yield ("The exponent is that of the whole cost between the two last columns: 1 is linear in what the "
           "columns count, 2 is quadratic, 0 does not grow.")


def _cell(cell, unit):
    if cell is None or isinstance(cell, str):
        return cell or "–"
    return (TIME if unit == "s" else PEAK).text(cell)


def _row(*cells):
    return "| " + " | ".join(cells) + " |"
