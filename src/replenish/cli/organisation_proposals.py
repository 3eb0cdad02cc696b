"""The parts of `replenish organisation` that need two keys."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import PeopleFault
from replenish.cli.organisation_naming import (
    add_asker,
    add_organisation,
    add_unit_columns,
    asker_by_code,
    at_row,
    organisation_of,
    read_paths,
    unit_at,
)
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare

if TYPE_CHECKING:
    from replenish.people.pending import ProposalShown
    from replenish.people.tree import UnitInTree

WAITS = "It waits for the other key for 14 days: `replenish organisation confirm`."


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register propose-headcount, propose-slips, proposals, confirm and withdraw."""
    people = parts.add_parser(
        "propose-headcount",
        help="propose how many people work where",
        description="Propose how many people work in each unit of a file, as steward of these units or as "
        "representative. It holds when somebody with the other role confirms it.",
    )
    people.add_argument("file", metavar="FILE", help="a table with the unit and a column `headcount`")
    slips = parts.add_parser(
        "propose-slips",
        help="propose how many slips are made where",
        description="Propose how many slips are made for a season, as steward of these units or as "
        "representative: those of a file, or without one a slip for each declared person.",
    )
    slips.add_argument("file", metavar="FILE", nargs="?", help="a table with the unit and a column `slips`")
    slips.add_argument(
        "--season", required=True, metavar="SEASON", help="the id of the season, from `rounds status`"
    )
    slips.add_argument(
        "--replacements",
        action="store_true",
        help="for lost cards, beyond the headcount: one in a group and season, two from twenty people",
    )
    for command, run in ((people, run_propose_headcount), (slips, run_propose_slips)):
        add_unit_columns(command)
        add_asker(command)
        command.set_defaults(run=run)
    listed = parts.add_parser(
        "proposals",
        help="what waits for the second key",
        description="What waits for the second key, with its exact figures beside those that hold now.",
    )
    add_organisation(listed)
    listed.add_argument("--json", action="store_true", help="print JSON for machines")
    listed.set_defaults(run=run_proposals)
    confirm = parts.add_parser(
        "confirm",
        help="turn the second key",
        description="Show the exact figures of a proposal, ask, and confirm it.",
    )
    confirm.add_argument("--yes", action="store_true", help="do not ask: the figures have been read")
    withdraw = parts.add_parser(
        "withdraw",
        help="take a proposal back, or decline it",
        description="Take one's own proposal back, or decline one that waits for one's key.",
    )
    for command, run in ((confirm, run_confirm), (withdraw, run_withdraw)):
        command.add_argument("proposal", metavar="PROPOSAL", help="its id, see `proposals`")
        add_asker(command)
        command.set_defaults(run=run)


def run_propose_headcount(chosen: argparse.Namespace) -> int:
    """Propose a headcount and print the proposal's id."""
    prepare()
    from replenish.people.actions import propose_headcount
    from replenish.people.queries import unit_tree

    asker = asker_by_code(chosen)
    people = read_numbers(chosen.file, chosen.columns, "headcount", unit_tree(asker.organisation))
    print(propose_headcount(asker=asker, people=people))
    say(WAITS)
    return 0


def run_propose_slips(chosen: argparse.Namespace) -> int:
    """Propose slips and print the proposal's id."""
    prepare()
    from replenish.conditions.rounds import propose_slips
    from replenish.people.queries import headcount, unit_tree

    asker = asker_by_code(chosen)
    if chosen.file:
        slips = read_numbers(chosen.file, chosen.columns, "slips", unit_tree(asker.organisation))
    else:
        slips = {unit: people for unit, people in headcount(asker.organisation).items() if people}
    print(propose_slips(asker=asker, season=chosen.season, slips=slips, replacements=chosen.replacements))
    say(WAITS)
    return 0


def read_numbers(
    file: str, unit_columns: Sequence[str], column: str, tree: Sequence[UnitInTree]
) -> dict[str, int]:
    """By id of unit, the whole numbers of a file.

    Raises:
        Refused: with file and row, where a unit is unknown or stands twice, or a number is none.
    """
    table, paths = read_paths(file, unit_columns)
    values = table.numbers(column, low=0, whole=True)
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for row, (path, value) in enumerate(zip(paths, values, strict=True), 1):
        with at_row(file, row):
            unit = unit_at(path, tree)
        if unit in rows:
            name = " / ".join(path)
            problems.append(
                problem(PeopleFault.FILE_UNIT_TWICE, file=file, row=row, unit=name, first=rows[unit])
            )
        if np.isnan(value):
            problems.append(problem(PeopleFault.FILE_NUMBER_MISSING, file=file, row=row, column=column))
            continue
        rows.setdefault(unit, row)
        numbers[unit] = int(value)
    if problems:
        raise Refused(problems[:20])
    return numbers


def run_proposals(chosen: argparse.Namespace) -> int:
    """Print every pending proposal."""
    prepare()
    from replenish.people.pending import pending_proposals

    shown = pending_proposals(organisation_of(chosen))
    if chosen.json:
        print_json([_plain(one) for one in shown])
        return 0
    for one in shown:
        _print_proposal(one)
    if not shown:
        say("Nothing waits for a second key.")
    return 0


def run_confirm(chosen: argparse.Namespace) -> int:
    """Show the figures, ask, and turn the second key."""
    prepare()
    from replenish.people.actions import confirm
    from replenish.people.pending import pending_proposal, slips_drawn_until

    asker = asker_by_code(chosen)
    if not chosen.yes:
        _print_proposal(pending_proposal(asker.organisation, chosen.proposal))
        if not _says_yes("Are these figures right? Type yes to confirm: "):
            refuse(PeopleFault.NOT_CONFIRMED)
    confirm(asker=asker, proposal=chosen.proposal)
    say("Confirmed, and written to the ledger.")
    until = slips_drawn_until(asker.organisation, chosen.proposal)
    if until is not None:
        say(f"Draw them by {until} with `replenish rounds draw-slips`; after that they need a new agreement.")
    return 0


def run_withdraw(chosen: argparse.Namespace) -> int:
    """Take back or decline."""
    prepare()
    from replenish.people.actions import withdraw

    withdraw(asker=asker_by_code(chosen), proposal=chosen.proposal)
    say("Withdrawn, and written to the ledger.")
    return 0


def _says_yes(question: str) -> bool:
    try:
        return input(question).strip().casefold() == "yes"
    except EOFError:
        return False


def _print_proposal(one: ProposalShown) -> None:
    season = f" for the season {one.season}" if one.season else ""
    say(
        f"{one.proposal}: {one.kind}{season}, proposed on {one.proposed_on} by {one.proposed_by} "
        f"({one.proposed_as}); waits for a {one.waits_for} until {one.open_until}"
    )
    if one.ended_by is not None:
        # The sentence of the refusal that confirming it would give.
        say(f"It can no longer be confirmed: {one.ended_by.sentence.format(until=one.open_until)}.")
    figures = [
        [
            " / ".join(number.path),
            str(number.number),
            "-" if number.declared is None else str(number.declared),
            *([str(number.agreed)] if one.season else []),
        ]
        for number in one.numbers
    ]
    total = ["together", str(one.total), "", *([""] if one.season else [])]
    print_table(
        ["unit", "proposed", "people now", *(["slips before"] if one.season else [])], [*figures, total]
    )


def _plain(one: ProposalShown) -> dict[str, object]:
    return {
        "proposal": one.proposal,
        "kind": one.kind,
        "season": one.season,
        "proposed_by": one.proposed_by,
        "proposed_as": one.proposed_as,
        "proposed_on": one.proposed_on.isoformat(),
        "waits_for": one.waits_for,
        "open_until": one.open_until.isoformat(),
        "ended_by": None if one.ended_by is None else one.ended_by.code,
        "numbers": [
            {
                "unit": number.unit,
                "path": list(number.path),
                "number": number.number,
                "declared": number.declared,
                "agreed": number.agreed,
            }
            for number in one.numbers
        ],
    }
