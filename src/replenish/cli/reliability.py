"""`replenish reliability`: how well a set of items hangs together, and how alike people in a unit answer."""

from __future__ import annotations

import argparse
from dataclasses import asdict, astuple, fields

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import CommandFault
from replenish.cli.arguments import UNIT_HELP, columns
from replenish.cli.printing import figure, print_json, print_table, say, warn_exact
from replenish.measures.tables import Table, read_table
from replenish.statistics.agreement import icc1, icc2, rwg_j, uniform_null_variance
from replenish.statistics.moments import Moments
from replenish.statistics.reliability import ItemReliability, reliability
from replenish.statistics.unit_moments import UnitMoments

MEAN = "(mean of items)"


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "reliability",
        help="alpha, omega and agreement of a set of items",
        description="Cronbach's alpha, McDonald's omega and item statistics over complete cases; with units, "
        "ICC(1), ICC(2) of the mean and the median rwg(j). Exact figures for those who lawfully "
        "hold the rows.",
    )
    command.add_argument("file", metavar="FILE", help="answers, one row per person: CSV, XLSX or Parquet")
    command.add_argument("--items", type=columns, required=True, metavar="COL,...", help="the item columns")
    command.add_argument("--unit", type=columns, metavar="COL[,COL]", help=UNIT_HELP)
    command.add_argument(
        "--range",
        type=float,
        nargs=2,
        metavar=("MIN", "MAX"),
        help="the lowest and highest possible answer, for rwg(j); else those seen in the file",
    )
    command.add_argument(
        "--reverse", type=columns, default=(), metavar="COL,...", help="items to reverse (needs --range)"
    )
    command.add_argument(
        "--complete",
        action="store_true",
        help="only people who answered every item; else every pair of items uses all who answered both",
    )
    command.add_argument("--json", action="store_true", help="print all figures as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Compute and print."""
    items: tuple[str, ...] = chosen.items
    if len(items) < 2:
        refuse(CommandFault.RELIABILITY_FEW_ITEMS, file=chosen.file, items=len(items))
    table = read_table(chosen.file, columns=[*items, *(chosen.unit or ())])
    answers = {item: table.numbers(item) for item in items}
    for item in chosen.reverse:
        answers[item] = reversed_answers(chosen, answers, item)
    moments = Moments.of(answers, pairwise=not chosen.complete)
    found = reliability(moments)
    people = found.n
    agreed, unit_count = agreement(chosen, table, answers)
    warn_exact(people, unit_count)
    if people < table.n:
        how = "were left out" if chosen.complete else "count only for the items they answered"
        say(f"{table.n - people:,} of {table.n:,} rows {how}, because answers are missing in them")
    figures = {"alpha": found.alpha, "omega": found.omega, **agreed}
    if chosen.json:
        by_item = {name: asdict(item) for name, item in found.items.items()}
        print_json({"alpha": found.alpha, "omega": found.omega, "n": people, "items": by_item, **agreed})
        return 0
    for name, value in figures.items():
        print(f"{name:6} {figure(value)}")
    head = ["item", *(field.name for field in fields(ItemReliability))]
    print_table(head, [[name, *map(figure, astuple(item))] for name, item in found.items.items()])
    return 0


def reversed_answers(
    chosen: argparse.Namespace, answers: dict[str, NDArray[np.float64]], item: str
) -> NDArray[np.float64]:
    """An item turned round within its declared range."""
    if item not in answers:
        refuse(CommandFault.REVERSED_NOT_AN_ITEM, file=chosen.file, column=item)
    if not chosen.range:
        refuse(CommandFault.REVERSED_WITHOUT_RANGE, file=chosen.file, column=item)
    low, high = chosen.range
    return np.asarray(low + high - answers[item])


def agreement(
    chosen: argparse.Namespace, table: Table, answers: dict[str, NDArray[np.float64]]
) -> tuple[dict[str, float | None], int]:
    """ICC(1) and ICC(2) of the mean of the items and the median rwg(j), and the number of units."""
    if not chosen.unit:
        return dict.fromkeys(("icc1", "icc2", "rwg_j")), 0
    items = UnitMoments.of(answers, table.paths(chosen.unit), per_unit_products=True)
    folded = items.extend({MEAN: dict.fromkeys(answers, 1 / len(answers))})
    if chosen.range:
        low, high = chosen.range
    else:
        low = min(float(np.nanmin(column)) for column in answers.values())
        high = max(float(np.nanmax(column)) for column in answers.values())
        say(f"rwg(j) takes {low:g} to {high:g} as the possible answers, as seen; --range declares them")
    agreed = rwg_j(folded, list(answers), uniform_null_variance(low, high, 1.0))
    found: dict[str, float | None] = {
        "icc1": icc1(folded, MEAN),
        "icc2": icc2(folded, MEAN),
        "rwg_j": agreed.median,
    }
    return found, folded.n.size
