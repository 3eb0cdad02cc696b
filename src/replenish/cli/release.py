"""`replenish release`: the bands alone, as a release file."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from replenish.cli.answers import add_answer_arguments, read_answers, read_headcount
from replenish.cli.printing import print_json, print_table, say
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.partition import Partition, UnitPath, headcount_of_rows, plan_partition
from replenish.disclosure.release import (
    FORMAT,
    Cell,
    Release,
    make_release,
    read_releases,
    to_plain,
    write_releases,
)

ONCE = "Publish once: a second release over the same answers would let the two be compared."


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    command = commands.add_parser(
        "release",
        help="bands for groups of seven or more",
        description="Plan the reporting groups, form the bands, and write the release: nothing else about "
        "people is in it. With --after the chain of earlier releases goes on.",
    )
    add_answer_arguments(command)
    command.add_argument(
        "--out", metavar="FILE", help="write the release file here (JSON) instead of printing it"
    )
    command.add_argument("--json", action="store_true", help="print the release file as JSON")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Make and print or write one release."""
    earlier = read_releases(chosen.after) if chosen.after else []
    answers = read_answers(chosen)
    headcount = read_headcount(chosen.headcount, chosen.unit) if chosen.headcount else None
    release = make_release(
        round=chosen.round or f"round {len(earlier) + 1}",
        partition=partition_for(chosen, answers.units, headcount, earlier),
        units=answers.units,
        values=answers.values,
        scales=answers.scales,
        earlier=earlier,
        headcount=headcount,
        floor=chosen.floor or FLOOR,
        new_season=chosen.new_season,
    )
    say(ONCE)
    chain = [*earlier, release]
    if chosen.out:
        write_releases(Path(chosen.out), chain)
        say(f"Written: {chosen.out}")
    elif chosen.json:
        print_json({"format": FORMAT, "releases": [to_plain(one) for one in chain]})
    else:
        print_release(release)
    return 0


def partition_for(
    chosen: argparse.Namespace,
    units: Sequence[UnitPath],
    headcount: Mapping[UnitPath, int] | None,
    earlier: Sequence[Release],
) -> Partition:
    """The reporting groups: those of the release before, or planned anew for a new season."""
    if earlier and not chosen.new_season:
        return earlier[-1].partition
    return plan_partition(
        headcount_of_rows(units) if headcount is None else headcount,
        earlier=earlier[-1].partition if earlier else None,
    )


def print_release(release: Release) -> None:
    """The bands of every group as a table for a person's eye."""
    if not release.groups:
        say(f"No statistics about people: {release.partition.reason}")
        return
    names = [scale.name for scale in release.scales]
    print_table(
        ["group", *names],
        [[group.label, *(cell_text(group.cells[name]) for name in names)] for group in release.groups],
    )


def cell_text(cell: Cell) -> str:
    """A band on 0-100 with the class of its number of voices."""
    if cell.band is None or cell.size is None:
        return "not enough voices"
    return f"{cell.band.low:g}-{cell.band.high:g} ({cell.size.label})"
