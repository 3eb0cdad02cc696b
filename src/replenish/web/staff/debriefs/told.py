"""Debriefs, learning points and incidents in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from replenish.debrief.conversations.heads import FEW, MOST, SOME
from replenish.debrief.conversations.reading import Occasion, PointTold, Told
from replenish.debrief.incidents.codes import BAND_HOURS
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary, unit_tree
from replenish.web.conversation_kit.points import condition_titles
from replenish.web.shared.days import day_in_words
from replenish.web.staff.debriefs.guides import title_of

REASONS: Mapping[str, Promise] = {
    "no_cover": gettext_lazy("There was nobody to cover, or no time"),
    "no_leader": gettext_lazy("There was nobody to lead it"),
    "shift_ended": gettext_lazy("The shift was over"),
    "other_inquiry": gettext_lazy("Another inquiry asked to wait"),
    "forgotten": gettext_lazy("Nobody thought of it in time"),
    "other": gettext_lazy("Another reason, which stays with those who were there"),
}
ANSWERS: Mapping[str, Promise] = {
    "action": gettext_lazy("It became an action"),
    "done": gettext_lazy("Done"),
    "not_now": gettext_lazy("Not now, because"),
}
WEIGHTS: Mapping[int, Promise] = {
    1: gettext_lazy("light"),
    2: gettext_lazy("heavy"),
    3: gettext_lazy("very heavy"),
}


@dataclass(frozen=True)
class Line:
    """A debrief in the list.

    Attributes:
        title: what kind it was.
        where: the unit.
        day: when.
        stands: held, with how long and how many came as far as that is kept; or why not.
        points: how many learning points left it.
    """

    title: str
    where: str
    day: str
    stands: str
    points: int


@dataclass(frozen=True)
class PointLine:
    """A learning point, ready for a page."""

    told: PointTold
    where: str
    about: str
    left: str
    by_when: str
    answer: str
    answered_on: str


@dataclass(frozen=True)
class OccasionLine:
    """An incident, as the choice of what to follow names it."""

    told: Occasion
    label: str
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shelf:
    """What is asked once for all lines of a page."""

    names: Mapping[str, str]
    floor: int

    def line(self, one: Told) -> Line:
        """A debrief in words."""
        return Line(title_of(one.kind), self.where(one.unit), _day(one.day), self._stands(one), one.points)

    def point(self, one: PointTold) -> PointLine:
        """A learning point in words."""
        return PointLine(
            told=one,
            where=self.where(one.unit),
            about=condition_titles()[one.said.condition],
            left=_("%(title)s, %(day)s") % {"title": title_of(one.kind), "day": _day(one.day)},
            by_when=_day(one.said.by_when) if one.said.by_when else "",
            answer=str(ANSWERS[one.answer]) if one.answer else "",
            answered_on=_day(one.answered_on) if one.answered_on else "",
        )

    def occasion(self, one: Occasion) -> OccasionLine:
        """An incident in words, with the debriefs that can follow it."""
        kinds = ["hot", "learning", *(["review"] if one.restraint else [])]
        open_kinds = tuple((kind, title_of(kind)) for kind in kinds if kind not in one.written)
        return OccasionLine(one, self.label(one), open_kinds)

    def label(self, one: Occasion) -> str:
        """Where and when it was, and how it weighed; nothing of what happened."""
        return _("%(where)s, %(day)s, %(from)s–%(to)s h, %(weight)s") % {
            "where": self.where(one.unit),
            "day": _day(one.day),
            "from": one.band,
            "to": one.band + BAND_HOURS,
            "weight": WEIGHTS[one.severity],
        }

    def where(self, unit: str) -> str:
        """The name of a unit."""
        return self.names.get(unit, _("a unit that has ended"))

    def _stands(self, one: Told) -> str:
        if one.minutes is None:
            return _("Not held. %(reason)s") % {"reason": REASONS[one.because]}
        held = ngettext("Held, %(minutes)d minute", "Held, %(minutes)d minutes", one.minutes) % {
            "minutes": one.minutes
        }
        came = {
            FEW: _("fewer than %(floor)s came") % {"floor": self.floor},
            MOST: _("nearly everybody came"),
            SOME: _("%(number)s came") % {"number": one.number},
        }.get(one.came)
        return f"{held}, {came}" if came else held


def shelf_of(asker: Asker) -> Shelf:
    """What the lines of an organisation need to be told."""
    names = {one.unit: " / ".join(one.path) for one in unit_tree(asker.organisation)}
    return Shelf(names, organisation_summary(asker.organisation).floor)


def _day(day: date) -> str:
    return day_in_words(day, "DATE_FORMAT", get_language() or "")
