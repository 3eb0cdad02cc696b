"""What forms of the staff pages ask for again and again: a first day, and a unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.people.tree import UnitInTree
from replenish.web.shared.problems import FormProblem

DAY = "day"


@dataclass(frozen=True)
class AskedDay:
    """A first day as it was typed, and as it was understood.

    Attributes:
        typed: what stands in the field.
        day: the day; today where the field was left empty, None where it is none.
    """

    typed: str
    day: date | None

    @property
    def problems(self) -> list[FormProblem]:
        """What to look at again."""
        if self.day is not None:
            return []
        return [FormProblem(DAY, _("This is no day. Write it as 2027-01-31."))]


@dataclass(frozen=True)
class UnitChoice:
    """A unit to choose from."""

    unit: str
    path: str


def asked_day(request: HttpRequest) -> AskedDay:
    """The first day that a form names."""
    typed = request.POST.get(DAY, "").strip()
    if not typed:
        today = clock.today()
        return AskedDay(today.isoformat(), today)
    try:
        return AskedDay(typed, date.fromisoformat(typed))
    except ValueError:
        return AskedDay(typed, None)


def unit_choices(tree: Iterable[UnitInTree]) -> list[UnitChoice]:
    """The units of a tree, with the names from the top down."""
    return [UnitChoice(unit.unit, " / ".join(unit.path)) for unit in tree]
