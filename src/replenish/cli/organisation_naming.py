"""How a person at the terminal names organisations, units and themselves."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from replenish.basis import clock
from replenish.basis.errors import Place, Problem, Refused, problem, refuse
from replenish.basis.faults import PeopleFault
from replenish.cli.arguments import columns
from replenish.measures.tables import Table, read_table

if TYPE_CHECKING:
    from replenish.people.askers import Asker
    from replenish.people.tree import UnitInTree

UnitPath = tuple[str, ...]


def day(text: str) -> date:
    """A day written as 2026-09-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day; write it as 2026-09-01") from None


def add_organisation(command: argparse.ArgumentParser) -> None:
    """Which organisation: needed where there are several."""
    command.add_argument(
        "--organisation", metavar="NAME", help="its name or id; not needed where there is only one"
    )


def add_day(command: argparse.ArgumentParser) -> None:
    """From which day a change holds."""
    command.add_argument(
        "--on", type=day, metavar="DAY", help="the first day it holds, such as 2026-09-01 (today)"
    )


def add_asker(command: argparse.ArgumentParser) -> None:
    """Whose key is turned; the code is never part of the command, which other users can see."""
    # Else `--code` would be read as `--code-file`, and invite people to write the code after it.
    command.allow_abbrev = False
    command.add_argument("--as", dest="account", required=True, metavar="ACCOUNT", help="your account")
    command.add_argument(
        "--code-file", metavar="FILE", help="a file with your printed code; without it the code is asked for"
    )


def add_unit_columns(command: argparse.ArgumentParser) -> None:
    """The columns of a file that name the unit."""
    command.add_argument(
        "--columns",
        type=columns,
        default=("unit",),
        metavar="COL[,COL]",
        help="the columns that name the unit, outermost first, such as service,team (unit)",
    )


def organisation_of(chosen: argparse.Namespace) -> str:
    """The id of the organisation named, or of the only one there is.

    Raises:
        Refused: there is none, none of that name, or several and none is named.
    """
    from replenish.people.queries import organisations

    there = organisations()
    named = [one for one in there if chosen.organisation in (one.organisation, one.name)]
    if chosen.organisation is not None and not named:
        refuse(PeopleFault.ORGANISATION_UNKNOWN, organisation=chosen.organisation)
    candidates = named or there
    if not candidates:
        refuse(PeopleFault.ORGANISATION_NONE)
    if len(candidates) > 1:
        names = ", ".join(f"{one.name} ({one.organisation})" for one in candidates)
        refuse(PeopleFault.ORGANISATION_WHICH, names=names)
    return candidates[0].organisation


def operator(chosen: argparse.Namespace) -> Asker:
    """Whoever sits at the terminal of the machine: the operator of the organisation."""
    from replenish.people.askers import operator_of

    return operator_of(organisation_of(chosen))


def asker_by_code(chosen: argparse.Namespace) -> Asker:
    """The account named with `--as`, after its printed code.

    Raises:
        Refused: the code cannot be read, or does not belong to the account.
    """
    from replenish.people.queries import account_by_code

    try:
        code = (
            Path(chosen.code_file).read_text(encoding="utf-8")
            if chosen.code_file
            else getpass.getpass("Printed code of the account: ")
        )
    except (OSError, UnicodeDecodeError, EOFError):
        refuse(PeopleFault.CODE_UNREADABLE)
    return account_by_code(chosen.account, code)


def unit_named(text: str, tree: Sequence[UnitInTree], on: date | None = None) -> str:
    """The id of a unit named by its id or by its path, such as 'Care / Oak'.

    Raises:
        Refused: no unit of the tree is meant.
    """
    return unit_at(tuple(text.split("/")), tree, on, text)


def unit_at(path: UnitPath, tree: Sequence[UnitInTree], on: date | None = None, said: str = "") -> str:
    """The id of the unit at a path; capitals and blanks do not count.

    Raises:
        Refused: there is none in the tree.
    """
    from replenish.people.names import look

    def seen(names: UnitPath) -> UnitPath:
        return tuple(look(" ".join(name.split())) for name in names)

    ids = {unit.unit for unit in tree}
    by_path = {seen(unit.path): unit.unit for unit in tree}
    found = path[0].strip() if len(path) == 1 and path[0].strip() in ids else by_path.get(seen(path))
    if found is None:
        refuse(
            PeopleFault.PATH_UNKNOWN,
            path=said or " / ".join(path),
            on=(on or clock.today()).isoformat(),
        )
    return found


def read_paths(file: str, unit_columns: Sequence[str]) -> tuple[Table, list[UnitPath]]:
    """A file and the unit that each of its rows names; empty cells at the right name a unit further up.

    Raises:
        Refused: with file and row, where a row names no unit or leaves a gap.
    """
    table = read_table(file)
    cells = list(zip(*(table.texts(column) for column in unit_columns), strict=True))
    problems: list[Problem] = []
    paths: list[UnitPath] = []
    for row, names in enumerate(cells, 1):
        filled = [name for name in names if name is not None]
        if not filled or None in names[: len(filled)]:
            problems.append(problem(PeopleFault.PATH_GAP, file=file, row=row))
        paths.append(tuple(filled))
    if problems:
        raise Refused(problems[:20])
    return table, paths


@contextmanager
def at_row(file: str, row: int) -> Iterator[None]:
    """Let a refusal say in which row of the file it happened."""
    try:
        yield
    except Refused as refusal:
        placed = [Problem(one.fault, Place(file, row), one.details) for one in refusal.problems]
        raise Refused(placed) from None
