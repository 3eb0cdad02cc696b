"""The parts of `replenish organisation` that keep the unit tree."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from replenish.cli.organisation_naming import (
    UnitPath,
    add_day,
    add_organisation,
    add_unit_columns,
    at_row,
    operator,
    organisation_of,
    read_paths,
    unit_named,
)
from replenish.cli.printing import print_json, print_table, say
from replenish.cli.running import prepare

if TYPE_CHECKING:
    from replenish.people.askers import Asker

UNIT_HELP = "its id, or its names from the top down, such as 'Care / Oak'"
TOP = "-"


def add_parts(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register units, move, rename and dissolve."""
    units = parts.add_parser(
        "units",
        help="list the units, or add those of a file",
        description="List the units on a day; or with --import add the units of a file that are not there "
        "yet, one row for each. Importing the same file again changes nothing.",
    )
    units.add_argument("--import", dest="file", metavar="FILE", help="a table of units: CSV, XLSX or Parquet")
    add_unit_columns(units)
    add_organisation(units)
    add_day(units)
    units.add_argument("--json", action="store_true", help="print JSON for machines")
    units.set_defaults(run=run_units)
    move = _part(parts, "move", "place a unit, with all below it, under another", run_move)
    move.add_argument("--under", required=True, metavar="UNIT", help=f"{UNIT_HELP}; {TOP} for the top")
    rename = _part(parts, "rename", "call a unit by another name", run_rename)
    rename.add_argument("name", metavar="NAME", help="the new name, without those above it")
    _part(parts, "dissolve", "end a unit that has none below it", run_dissolve)


def _part(
    parts: argparse._SubParsersAction[argparse.ArgumentParser], name: str, does: str, run: object
) -> argparse.ArgumentParser:
    command = parts.add_parser(
        name,
        help=does,
        description=f"{does[:1].upper()}{does[1:]}. It holds from the day given; earlier days, and what was "
        "published about them, stay as they were.",
    )
    command.add_argument("unit", metavar="UNIT", help=UNIT_HELP)
    add_organisation(command)
    add_day(command)
    command.set_defaults(run=run)
    return command


def run_units(chosen: argparse.Namespace) -> int:
    """List the tree, after adding what a file names."""
    prepare()
    from replenish.people.queries import unit_tree

    if chosen.file:
        added = import_units(chosen, operator(chosen))
        say(f"{added} {'unit' if added == 1 else 'units'} added.")
    tree = unit_tree(organisation_of(chosen), chosen.on)
    if chosen.json:
        print_json([{"unit": unit.unit, "path": list(unit.path)} for unit in tree])
    else:
        print_table(["unit", "id"], [[" / ".join(unit.path), unit.unit] for unit in tree])
    return 0


def import_units(chosen: argparse.Namespace, asker: Asker) -> int:
    """Add every unit a file names and every one above it that is not there; all of them or none."""
    from django.db import transaction

    from replenish.people.names import look
    from replenish.people.queries import unit_tree

    _, paths = read_paths(chosen.file, chosen.columns)
    tree = unit_tree(asker.organisation, chosen.on)
    there: dict[UnitPath, str] = {tuple(map(look, unit.path)): unit.unit for unit in tree}
    with transaction.atomic():
        for row, path in enumerate(paths, 1):
            with at_row(chosen.file, row):
                _add_path(asker, path, there, chosen.on)
    return len(there) - len(tree)


def _add_path(asker: Asker, path: UnitPath, there: dict[UnitPath, str], on: date | None) -> None:
    from replenish.people.actions import add_unit
    from replenish.people.names import clean_name, look

    above: str | None = None
    seen: UnitPath = ()
    for name in path:
        seen = (*seen, look(clean_name(name, what="unit")))
        if seen not in there:
            there[seen] = add_unit(asker=asker, name=name, parent=above, on=on)
        above = there[seen]


def run_move(chosen: argparse.Namespace) -> int:
    """Move one unit."""
    prepare()
    from replenish.people.actions import move_unit
    from replenish.people.queries import unit_tree

    asker = operator(chosen)
    tree = unit_tree(asker.organisation, chosen.on)
    parent = None if chosen.under == TOP else unit_named(chosen.under, tree, chosen.on)
    move_unit(asker=asker, unit=unit_named(chosen.unit, tree, chosen.on), parent=parent, on=chosen.on)
    say("Moved.")
    return 0


def run_rename(chosen: argparse.Namespace) -> int:
    """Rename one unit."""
    prepare()
    from replenish.people.actions import rename_unit

    asker = operator(chosen)
    rename_unit(asker=asker, unit=_unit(chosen, asker), name=chosen.name, on=chosen.on)
    say("Renamed.")
    return 0


def run_dissolve(chosen: argparse.Namespace) -> int:
    """Dissolve one unit."""
    prepare()
    from replenish.people.actions import dissolve_unit

    asker = operator(chosen)
    dissolve_unit(asker=asker, unit=_unit(chosen, asker), on=chosen.on)
    say("Dissolved. What was published about it stays.")
    return 0


def _unit(chosen: argparse.Namespace, asker: Asker) -> str:
    from replenish.people.queries import unit_tree

    return unit_named(chosen.unit, unit_tree(asker.organisation, chosen.on), chosen.on)
