"""Changes of the unit tree in sentences: what happened, what is announced, and what it means for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.conditions.queries import seasons
from replenish.people.changes import ChangeKind, UnitChange
from replenish.people.pending import pending_proposals
from replenish.people.queries import accounts
from replenish.people.tree import Place


@dataclass(frozen=True)
class ToldChange:
    """A change as the page says it.

    Attributes:
        unit: the id of the unit.
        day: the first day it holds.
        sentence: what changes.
        may_call_off: whether the reader may take it back.
    """

    unit: str
    day: date
    sentence: str
    may_call_off: bool = False


def told(
    found: Iterable[UnitChange], places: Iterable[Place], mine: Collection[str] = ()
) -> list[ToldChange]:
    """Changes in sentences; `mine` are the units whose changes the reader may call off."""
    known = list(places)
    return [
        ToldChange(one.unit, one.on, sentence(one, known), may_call_off=one.is_last and one.unit in mine)
        for one in found
    ]


def sentence(change: UnitChange, places: Iterable[Place]) -> str:
    """One change."""
    names = _names_on(places, change.on)
    open_places = {
        "name": change.name,
        "before": change.name_before,
        "above": names.get(change.parent or "") or _("the organisation itself"),
    }
    return _WORDS[change.kind]() % open_places


def meanings(organisation: str, unit: str | None, day: date, *, ends: bool) -> list[str]:
    """What a change means for the running season, for what waits for a key, and for those with a part."""
    said = [_of_season(organisation, day)]
    waiting = len(pending_proposals(organisation))
    if waiting and day == clock.today():
        said.append(
            _(
                "What waits for a second key ends with this change, because it was about the units as they "
                "are."
            )
        )
    elif waiting:
        said.append(_("What still waits for a second key on that day ends then."))
    if ends and unit is not None:
        said += _of_parts(organisation, unit)
        said.append(_("What was reported about it stays. Its name is free again from that day."))
    return said


def _of_season(organisation: str, day: date) -> str:
    runs = next((one for one in seasons(organisation) if one.starts_on <= day < one.ends_on), None)
    if runs is None:
        return _(
            "No season is planned for that day. The next one takes the units as they are on its first day."
        )
    return _(
        "A season runs until %(day)s. Its groups stay as they are until then. People keep their seat, their "
        "card and all they wrote."
    ) % {"day": date_format(runs.ends_on, "DATE_FORMAT")}


def _of_parts(organisation: str, unit: str) -> list[str]:
    holders = [one.name for one in accounts(organisation) if any(role.unit == unit for role in one.roles)]
    if not holders:
        return []
    return [
        _("These people have a part for this unit alone, and answer for nothing with it then: %(names)s.")
        % {"names": ", ".join(holders)}
    ]


def _names_on(places: Iterable[Place], day: date) -> Mapping[str, str]:
    """By unit its name on a day, or its last one before."""
    return {
        place.unit: place.name
        for place in sorted(places, key=lambda place: place.from_date)
        if place.from_date <= day
    }


_WORDS = {
    ChangeKind.BEGINS: lambda: _("%(name)s begins, as part of %(above)s."),
    ChangeKind.RENAMED: lambda: _("%(before)s is called %(name)s."),
    ChangeKind.MOVED: lambda: _("%(name)s moves, and is part of %(above)s then."),
    ChangeKind.RENAMED_AND_MOVED: lambda: _("%(before)s is called %(name)s, and is part of %(above)s then."),
    ChangeKind.ENDS: lambda: _("%(before)s ends."),
}
