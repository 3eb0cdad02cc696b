"""Sessions in the words of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from replenish.learning.attendance import Came
from replenish.learning.catalogue import offers
from replenish.learning.queries import SessionTold, can_be_told
from replenish.learning.rules import planning_scope
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary, unit_tree
from replenish.people.scopes import Scope
from replenish.web.learning.written import offer_text, unit_text


@dataclass(frozen=True)
class SessionShown:
    """A session, ready for a page.

    Attributes:
        told: as it was read.
        title: own words, or those of the catalogue.
        about: the offer, and the unit of it.
        units: names of the units that are read for it.
        whom: for which part.
        stands: how it stands, in words.
        day: when.
        may_change: whether the reader may call it off.
        may_tell: whether they may write down how it went.
    """

    told: SessionTold
    title: str
    about: str
    units: tuple[str, ...]
    whom: str
    stands: str
    day: date
    may_change: bool
    may_tell: bool


@dataclass(frozen=True)
class Shelf:
    """What is asked once for all sessions of a page."""

    organisation: str
    names: dict[str, str]
    floor: int
    scope: Scope

    def shown(self, one: SessionTold) -> SessionShown:
        """A session in words."""
        offer = offers()[one.said.offer]
        text = offer_text(offer)
        part = unit_text(one.said.part).title if one.said.part else ""
        mine = self.scope.holds(one.unit)
        return SessionShown(
            told=one,
            title=one.said.title or part or text.title,
            about=text.title,
            units=(one.said.part,) if one.said.part else offer.units,
            whom=self.names.get(one.unit, "") if one.unit else self.organisation,
            stands=stands(one, self.floor),
            day=one.said.day,
            may_change=mine and one.is_open,
            may_tell=mine and one.state != "called_off" and can_be_told(one.said.day),
        )


def shelf_of(asker: Asker) -> Shelf:
    """What the sessions of an organisation need to be told."""
    summary = organisation_summary(asker.organisation)
    names = {one.unit: " / ".join(one.path) for one in unit_tree(asker.organisation)}
    return Shelf(summary.name, names, summary.floor, planning_scope(asker))


def stands(one: SessionTold, floor: int) -> str:
    """How a session stands, and how many came where that tells of nobody."""
    if one.state == "called_off":
        return _("Called off")
    if one.state == "planned":
        return _("Planned") if one.is_open else _("Nobody has said yet how it went")
    came = one.attendance
    if came.came is Came.FEW:
        return _("Held. Fewer than %(floor)s came") % {"floor": floor}
    if came.came is Came.MOST:
        return _("Held. Everybody came, or fewer than %(floor)s did not") % {"floor": floor}
    if came.came is Came.SOME:
        return _("Held. %(number)s came") % {"number": came.number}
    return _("Held")
