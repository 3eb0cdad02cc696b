"""Entries of the ledger as sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from replenish.ledger.actions import OPERATOR, TIMETABLE
from replenish.ledger.chain import LedgerEntry
from replenish.people.presets import preset_named
from replenish.people.queries import names_of_accounts, places_of
from replenish.people.roles import RoleKind
from replenish.people.tree import Place
from replenish.web.staff.parts import NAMES
from replenish.web.staff.upkeep.sentences import SENTENCES, no_sentence

BY_UNIT = ("people", "slips")
DAYS = ("on", "starts_on", "closes_on", "expires_on", "from", "until", "visible_from", "taken_on")


@dataclass(frozen=True)
class ToldEntry:
    """One entry as the page shows it.

    Attributes:
        day: when it was written.
        sentence: what was done.
        by: who did it.
        numbers: whole numbers by the name of the unit, where the entry has some.
    """

    day: date
    sentence: str
    by: str
    numbers: tuple[tuple[str, int], ...]


class Teller:
    """Tells entries of one organisation, with the names its ids stand for."""

    def __init__(self, organisation: str) -> None:
        self._accounts = names_of_accounts(organisation)
        self._places: dict[str, list[Place]] = defaultdict(list)
        for place in sorted(places_of(organisation), key=lambda place: place.from_date):
            self._places[place.unit].append(place)

    def told(self, entry: LedgerEntry) -> ToldEntry:
        """One entry in words."""
        day = entry.at.date()
        sentence = SENTENCES.get(entry.event, no_sentence)() % self._open_places(entry, day)
        return ToldEntry(day, sentence, self._actor(entry.actor), self._numbers(entry.content, day))

    def _open_places(self, entry: LedgerEntry, day: date) -> dict[str, object]:
        content = entry.content
        filled: dict[str, object] = {
            "event": entry.event.replace("_", " "),
            "who": self._person(content.get("account")),
            "first": self._person(content.get("proposed_by")),
            "role": _part(content.get("role")),
            "unit": self._unit(content.get("unit"), day),
            "above": self._above(content.get("parent"), day),
            "setting": _setting(content.get("setting")),
            "groups": ", ".join(map(str, _list(content.get("groups")))),
            "total": sum(number for _unit, number in self._numbers(content, day)),
        }
        filled.update({key: _day(content[key]) for key in DAYS if key in content})
        for key, value in content.items():
            filled.setdefault(key, value)
        return filled

    def _actor(self, actor: str) -> str:
        if actor == OPERATOR:
            return _("the command line")
        if actor == TIMETABLE:
            return _("the timetable")
        return self._person(actor)

    def _person(self, account: object) -> str:
        return self._accounts.get(str(account)) or _("somebody")

    def _above(self, unit: object, day: date) -> str:
        return _("the organisation itself") if unit is None else self._unit(unit, day)

    def _unit(self, unit: object, day: date) -> str:
        """What it was called on the day of the entry; its first name where it had not begun."""
        if unit is None:
            return _("the whole organisation")
        places = self._places.get(str(unit), [])
        known = [place.name for place in places if place.from_date <= day] or [one.name for one in places[:1]]
        return known[-1] if known else _("a unit")

    def _numbers(self, content: Mapping[str, object], day: date) -> tuple[tuple[str, int], ...]:
        found = next((content[key] for key in BY_UNIT if isinstance(content.get(key), dict)), {})
        assert isinstance(found, dict)  # noqa: S101
        return tuple(sorted((self._unit(unit, day), int(number)) for unit, number in found.items()))


def _part(role: object) -> str:
    return str(NAMES[RoleKind(str(role))]) if role in RoleKind.values else ""


def _setting(name: object) -> str:
    found = preset_named(str(name))
    return _(found.title) if found else str(name)


def _day(value: object) -> str:
    try:
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
