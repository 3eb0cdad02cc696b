"""The rows of the form: what stands in them, and what of it cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.leadership.actions import require_promises
from replenish.leadership.queries import MOST_COMMITMENTS, Promise
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.answers.library import Idea

ROWS = MOST_COMMITMENTS
WORDS, CONDITION, UNTIL = "words", "condition", "until"


@dataclass(frozen=True)
class Row:
    """One commitment as it was typed."""

    place: int
    words: str
    condition: str
    until: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.words or self.condition or self.until)

    @property
    def names(self) -> tuple[str, str, str]:
        """The names of its three fields."""
        return f"{WORDS}-{self.place}", f"{CONDITION}-{self.place}", f"{UNTIL}-{self.place}"


def rows_of(sent: QueryDict) -> tuple[Row, ...]:
    """Five rows, with what was sent in them."""
    return tuple(
        Row(place, *(sent.get(f"{name}-{place}", "").strip() for name in (WORDS, CONDITION, UNTIL)))
        for place in range(1, ROWS + 1)
    )


def rows_with(rows: tuple[Row, ...], chosen: tuple[Idea, ...]) -> tuple[tuple[Row, ...], tuple[Idea, ...]]:
    """The rows with chosen commitments in the empty ones, and those for which there was no room."""
    waiting = [one for one in chosen if all(row.words != one.words for row in rows)]
    filled = []
    for row in rows:
        idea = waiting.pop(0) if waiting and row.is_empty else None
        filled.append(row if idea is None else Row(row.place, idea.words, idea.condition, ""))
    return tuple(filled), tuple(waiting)


def promises_in(rows: tuple[Row, ...]) -> tuple[tuple[Promise, ...], list[FormProblem]]:
    """The commitments, and what to look at again."""
    promises: list[Promise] = []
    problems: list[FormProblem] = []
    for row in rows:
        if not row.is_empty:
            _read(row, promises, problems)
    if not promises and not problems:
        problems.append(FormProblem(f"{WORDS}-1", _("Write at least one thing that you will do.")))
    return tuple(promises), problems


def _read(row: Row, promises: list[Promise], problems: list[FormProblem]) -> None:
    words, condition, until = row.names
    if not row.words:
        problems.append(FormProblem(words, _("Say in words what you will do, or empty this row.")))
        return
    day, problem = _day(row.until, until)
    if problem is not None:
        problems.append(problem)
        return
    promise = Promise(row.words, row.condition, day)
    fields = {LeadershipFault.UNTIL: until, LeadershipFault.CONDITION: condition}
    try:
        promises += require_promises([promise])
    except Refused as refused:
        fault = refused.problems[0].fault
        field = next((field for known, field in fields.items() if known is fault), words)
        problems.extend(problems_of(refused, field))


def _day(typed: str, field: str) -> tuple[date | None, FormProblem | None]:
    if not typed:
        return None, None
    try:
        return date.fromisoformat(typed), None
    except ValueError:
        return None, FormProblem(field, _("This is no day. Write it as 2027-01-31."))
