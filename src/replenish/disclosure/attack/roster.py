"""What the adversary knows about people: who belongs to which unit, and who answered when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from replenish.basis.errors import Problem, Refused, problem
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack.printing import exact

Path = tuple[str, ...]
Occasion = tuple[str, str | None]


@dataclass(frozen=True)
class RosterRow:
    """People who cannot be told apart: same units, answered on the same occasions.

    Attributes:
        units: every unit they belong to; more than one where the roster knows a second breakdown.
        people: how many they are.
        answered: occasions (round, question; question None means all of them) on which they answered,
            or None where it is not known who answered.
    """

    units: frozenset[Path]
    people: int
    answered: frozenset[Occasion] | None = None

    def answered_on(self, round: str, question: str) -> bool:  # noqa: A002 - the field's own word
        """Whether these people may have answered this question in this round."""
        if self.answered is None:
            return True
        return (round, question) in self.answered or (round, None) in self.answered


@dataclass(frozen=True)
class Roster:
    """Everybody's unit, and optionally who answered in each round."""

    rows: tuple[RosterRow, ...]

    @property
    def people(self) -> int:
        """How many people the roster names."""
        return sum(row.people for row in self.rows)

    @property
    def knows_who_answered(self) -> bool:
        """Whether the roster says who answered (then the number of answers is known exactly)."""
        return all(row.answered is not None for row in self.rows)


def read_roster(
    rows: Iterable[Mapping[str, object]],
    *,
    units: Sequence[str],
    second_breakdowns: Sequence[str] = (),
    people: str = "people",
    person: str = "person",
    round: str = "round",  # noqa: A002 - the field's own word
    question: str = "question",
    file: object = None,
) -> Roster:
    """Read a roster from plain rows, such as those of a CSV file.

    One row is one person, or `people` persons who are alike. With a `round` column a row says that they
    answered in that round (and only this `question`, where the column exists and is filled). Rows with the
    same `person` are joined: only then can the attack follow somebody through rounds. Without a `person`
    column every row of a round is somebody new.

    Args:
        rows: one mapping a row, column name to value.
        units: the columns of the unit tree, outermost first.
        second_breakdowns: columns that group the same people in another way (a role, a site).
        people: the column with the number of people; absent means one.
        person: the column that tells people apart; it may be absent.
        round: the column with the round in which they answered; it may be absent.
        question: the column with the question they answered; it may be absent.
        file: the file's name, for messages.

    Raises:
        Refused: a unit is missing, a number of people is not a whole number from 1, or there are no rows.
    """
    problems: list[Problem] = []
    merged: dict[object, RosterRow] = {}
    for number, row in enumerate(rows, start=1):
        memberships = _memberships(row, units, second_breakdowns)
        count = _whole(row.get(people))
        if memberships is None:
            problems.append(problem(AttackFault.ROSTER_UNIT_MISSING, file=file, row=number))
            continue
        if count is None:
            problems.append(
                problem(AttackFault.ROSTER_PEOPLE_NOT_A_NUMBER, file=file, row=number, column=people)
            )
            continue
        occasion = _occasion(row, round, question)
        entry = RosterRow(memberships, count, frozenset([occasion]) if occasion else None)
        key = _text(row.get(person)) or number
        known = merged.get(key)
        merged[key] = entry if known is None else _joined(known, entry)
    if problems:
        raise Refused(problems[:20])
    if not merged:
        raise Refused([problem(AttackFault.ROSTER_EMPTY, file=file)])
    return Roster(_alike(merged.values()))


def _memberships(
    row: Mapping[str, object], units: Sequence[str], second_breakdowns: Sequence[str]
) -> frozenset[Path] | None:
    path = tuple(_text(row.get(column)) for column in units)
    if not path or "" in path:
        return None
    others = {(_text(row.get(column)),) for column in second_breakdowns if _text(row.get(column))}
    return frozenset({path, *others})


def _occasion(row: Mapping[str, object], round_column: str, question_column: str) -> Occasion | None:
    name = _text(row.get(round_column))
    return (name, _text(row.get(question_column)) or None) if name else None


def _joined(known: RosterRow, more: RosterRow) -> RosterRow:
    answered = (known.answered or frozenset()) | (more.answered or frozenset())
    return replace(known, units=known.units | more.units, answered=answered or None)


def _alike(rows: Iterable[RosterRow]) -> tuple[RosterRow, ...]:
    counts: dict[tuple[frozenset[Path], frozenset[Occasion] | None], int] = {}
    for row in rows:
        key = (row.units, row.answered)
        counts[key] = counts.get(key, 0) + row.people
    return tuple(RosterRow(units, number, answered) for (units, answered), number in counts.items())


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _whole(value: object) -> int | None:
    """A number of people: empty means one; None when it is no whole number from 1."""
    text = _text(value)
    number = exact(text) if text else Fraction(1)
    return int(number) if number is not None and number >= 1 and number.denominator == 1 else None
