"""For which unit the page is read, with whom it is read together, and why there is a number or none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.http import HttpRequest

from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.conditions.read_together import ReadTogether, read_together
from replenish.disclosure.partition import UnitPath, clean_path
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.people.scopes import Scope, read_scope
from replenish.web.conditions_report.wording import listed

ASKED = "unit"
WHOLE = "whole"


class Why(Enum):
    """Why there is a number about people, or none; it never depends on what anybody said."""

    NOT_PLANNED = "no season has been planned"
    TOO_FEW = "too few people work in the organisation"
    TOGETHER = "the unit is read together with others"
    ALONE = "the unit is read by itself"
    PARTS = "its parts are read, or it has no people of its own yet"


@dataclass(frozen=True)
class Place:
    """A unit, or the whole organisation, as the page speaks of it.

    Attributes:
        unit: its id; None for the whole organisation.
        name: what it is called.
        path: the names from the top down; none for the whole organisation.
        why: why there is a number, or none.
        together: with whom it is read together.
    """

    unit: str | None
    name: str
    path: UnitPath | None
    why: Why
    together: ReadTogether

    @property
    def key(self) -> str:
        """What stands for it in a form."""
        return self.unit or WHOLE

    @property
    def others(self) -> str:
        """The units it is read together with, in words."""
        return listed(self.together.others)


@dataclass(frozen=True)
class PlaceChoice:
    """A unit to choose."""

    key: str
    name: str


def place_asked(request: HttpRequest, asker: Asker) -> Place | None:
    """The place the page is asked for; None for somebody who acts for nothing that stands today.

    Raises:
        Refused: there is no such unit, or they read nothing about it.
    """
    scope = read_scope(asker)
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return _first(scope, asker)
    unit = None if asked == WHOLE else asked
    if not scope.holds(unit):
        refuse(PeopleFault.NOT_ALLOWED, needed="a part that reads about this unit")
    return _place(unit, scope, asker)


def place_choices(asker: Asker) -> list[PlaceChoice]:
    """Everything somebody may read about, from the top down."""
    scope = read_scope(asker)
    whole = [PlaceChoice(WHOLE, organisation_summary(asker.organisation).name)] if scope.whole else []
    return [*whole, *(PlaceChoice(one.unit, " / ".join(one.path)) for one in scope.units)]


def _first(scope: Scope, asker: Asker) -> Place | None:
    """The one team there is, or the whole; else the first unit they answer for."""
    teams = [one for one in scope.units if one.is_leaf]
    if scope.whole:
        return _place(teams[0].unit if len(teams) == 1 else None, scope, asker)
    return _place(scope.units[0].unit, scope, asker) if scope.units else None


def _place(unit: str | None, scope: Scope, asker: Asker) -> Place:
    together = read_together(asker.organisation, unit)
    if unit is None:
        return Place(None, organisation_summary(asker.organisation).name, None, _why(together), together)
    here = next(one for one in scope.units if one.unit == unit)
    return Place(unit, here.name, clean_path(here.path), _why(together), together)


def _why(together: ReadTogether) -> Why:
    if not together.planned:
        return Why.NOT_PLANNED
    if not together.has_groups:
        return Why.TOO_FEW
    if together.group is None:
        return Why.PARTS
    return Why.TOGETHER if together.others else Why.ALONE
