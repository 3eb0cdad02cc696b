"""Who was in which team and answered in which round, from a list of people, checked against the releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.guess import Attendance
from replenish.disclosure.attack.guess.crowd import ABSENT
from replenish.disclosure.attack.published import ReadLeaf, ReadRelease
from replenish.disclosure.partition.groups import UnitPath
from replenish.measures.tables import Table

PERSON, ROUND, QUESTION, PEOPLE = "person", "round", "question", "people"
MOST_PROBLEMS = 20


@dataclass
class _Presence:
    """What the rows say: where each person was in each round, and whether they answered the question."""

    where: dict[tuple[str, str], UnitPath] = field(default_factory=dict)
    answered: set[tuple[str, str]] = field(default_factory=set)


def read_attendance(
    table: Table, releases: Sequence[ReadRelease], *, units: Sequence[str], question: str
) -> tuple[Attendance, list[str]]:
    """Everybody's team and whether they answered, one occasion for each release.

    One row is one person in one round in which they answered. Where a `question` column is filled, they
    answered this question only: for any other they were there without answering.

    Args:
        table: the roster as a table.
        releases: the releases, oldest first.
        units: the columns of the unit tree, outermost first.
        question: the question to be guessed.

    Returns:
        The attendance, and sentences about figures where the roster has more people than were printed.

    Raises:
        Refused: a column is missing or a row says too little, somebody is in two units at once, the rounds
            are not those of the releases, or fewer people answered than a printed size says.
    """
    _check_columns(table, units)
    presence = _read_rows(table, units, question)
    rounds = _matching_rounds(presence, releases, table.path)
    attendance = _arranged(presence, rounds)
    # Where a release does not declare the question, nobody was asked it.
    asked = np.array([question in release.ranges for release in releases])
    attendance = Attendance(attendance.units, attendance.team, attendance.answered & asked[:, None])
    return attendance, _doubts(attendance, releases, question, table.path)


def _check_columns(table: Table, units: Sequence[str]) -> None:
    needed = (PERSON, ROUND, *units)
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise Refused(
            [
                problem(
                    AttackFault.GUESS_ROSTER_COLUMN, file=table.path, column=column, needed=", ".join(needed)
                )
                for column in missing
            ]
        )


def _read_rows(table: Table, units: Sequence[str], question: str) -> _Presence:
    presence = _Presence()
    problems: list[Problem] = []
    for number, cells in enumerate(table.frame.iter_rows(named=True), start=1):
        row = {name: "" if cell is None else str(cell).strip() for name, cell in cells.items()}
        fault = _take(row, units, question, presence)
        if fault is not None:
            problems.append(problem(fault, file=table.path, row=number))
    if problems:
        raise Refused(problems[:MOST_PROBLEMS])
    if not presence.where:
        refuse(AttackFault.ROSTER_EMPTY, file=table.path)
    return presence


def _take(
    row: Mapping[str, str], units: Sequence[str], question: str, presence: _Presence
) -> AttackFault | None:
    """Take one row in, or say what is wrong with it."""
    path = tuple(row[column] for column in units)
    if "" in path:
        return AttackFault.ROSTER_UNIT_MISSING
    at = (row[PERSON], row[ROUND])
    if "" in at or row.get(PEOPLE, "") not in {"", "1"}:
        return AttackFault.GUESS_ROSTER_ROW
    if presence.where.setdefault(at, path) != path:
        return AttackFault.GUESS_ROSTER_TWO_UNITS
    if row.get(QUESTION, "") in {"", question}:
        presence.answered.add(at)
    return None


def _matching_rounds(presence: _Presence, releases: Sequence[ReadRelease], file: str) -> list[str]:
    """The rounds of the releases in order, where the roster knows exactly these."""
    rounds = [release.round for release in releases]
    twice = sorted({name for name in rounds if rounds.count(name) > 1})
    if twice:
        refuse(AttackFault.GUESS_ROUND_TWICE, rounds=_list(twice))
    listed = {name for _, name in presence.where}
    if listed != set(rounds):
        refuse(
            AttackFault.GUESS_ROUNDS,
            file=file,
            unlisted=_list(sorted(set(rounds) - listed)),
            unreleased=_list(sorted(listed - set(rounds))),
        )
    return rounds


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:MOST_PROBLEMS])
    return shown + (" and more" if len(names) > MOST_PROBLEMS else "") if names else "none"


def _arranged(presence: _Presence, rounds: Sequence[str]) -> Attendance:
    units = tuple(sorted(set(presence.where.values())))
    people = {person: at for at, person in enumerate(sorted({person for person, _ in presence.where}))}
    place = {unit: at for at, unit in enumerate(units)}
    occasion = {name: at for at, name in enumerate(rounds)}
    team = np.full((len(rounds), len(people)), ABSENT, dtype=np.int64)
    answered = np.zeros(team.shape, dtype=np.bool_)
    for (person, name), unit in presence.where.items():
        team[occasion[name], people[person]] = place[unit]
        answered[occasion[name], people[person]] = (person, name) in presence.answered
    return Attendance(units, team, answered)


def _doubts(attendance: Attendance, releases: Sequence[ReadRelease], question: str, file: str) -> list[str]:
    """Whether the roster can be the people behind the figures.

    With fewer people than were printed the guess would be about others, and a wrong list of units would
    look like a question that nobody showed. More people may be there because some skipped the question.
    """
    too_many = figures = 0
    for at, release in enumerate(releases):
        for leaf in release.leaves:
            cell = leaf.cells.get(question)
            if cell is None or question not in release.ranges or (cell.band or cell.extras.mean) is None:
                continue
            figures += 1
            counted = int(_behind(attendance, leaf, at).sum())
            least, most = cell.sizes or (1, None)
            if counted < least:
                refuse(
                    AttackFault.GUESS_ROSTER_SHORT,
                    file=file,
                    group=leaf.label,
                    round=release.round,
                    counted=counted,
                    printed=cell.size_label or f"at least {least}",
                )
            too_many += most is not None and counted > most
    if not too_many:
        return []
    words = (
        f"For {too_many} of {figures} figures the list has more people than the printed size. If they "
        "skipped this question, say so in a `question` column."
    )
    return [words]


def _behind(attendance: Attendance, leaf: ReadLeaf, occasion: int) -> NDArray[np.bool_]:
    inside = [
        at
        for at, unit in enumerate(attendance.units)
        if any(unit[: len(path)] == path for path in leaf.units)
    ]
    there = np.isin(attendance.team[occasion], inside)
    return np.asarray(attendance.answered[occasion] & there, dtype=np.bool_)
