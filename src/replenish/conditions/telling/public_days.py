"""The calendar of an organisation: the days of its rounds and holidays, the same for everybody in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from replenish.conditions.models import Season, State
from replenish.conditions.queries import rounds
from replenish.conditions.telling.calendar_file import WholeDays, calendar_file
from replenish.conditions.telling.occasions import holidays, read_on
from replenish.conditions.telling.words import fill, in_words, lines

DAY = timedelta(days=1)


def calendar_of(organisation: str, *, base: str, language: str) -> bytes:
    """When rounds open and close, when everybody reads, and when it is holidays.

    No name stands in it, not even that of the organisation: whoever comes to hold the address learns days.

    Args:
        organisation: its id.
        base: the address of the installation.
        language: of the words.
    """
    said = {name: fill(line, {"address": base}) for name, line in lines("calendar", language).items()}
    return calendar_file(said["name"], _days(organisation, said))


def next_days(organisation: str, today: date, language: str, most: int = 3) -> tuple[tuple[str, str], ...]:
    """The next of the same days, each in words with what it is."""
    days = _days(organisation, lines("calendar", language))
    coming = [one for one in days if one.first >= today][:most]
    return tuple((in_words(one.first, language), one.summary) for one in coming)


def _days(organisation: str, said: Mapping[str, str]) -> list[WholeDays]:
    days = [*_of_rounds(organisation, said), *_of_holidays(organisation, said)]
    return sorted(days, key=lambda one: (one.first, one.uid))


def _of_rounds(organisation: str, said: Mapping[str, str]) -> Iterator[WholeDays]:
    known_since = dict(Season.objects.filter(organisation=organisation).values_list("number", "starts_on"))
    for row in rounds(organisation):
        if row.state == State.CANCELLED:
            continue
        number = {"round": str(row.number)}
        for name, day in (
            ("opens", row.starts_on),
            ("last_day", row.closes_on - DAY),
            ("reads", read_on(row)),
        ):
            yield WholeDays(
                _uid(name, row.round),
                day,
                day + DAY,
                known_since[row.season],
                fill(said[name], number),
                fill(said[f"{name}_more"], number),
            )


def _of_holidays(organisation: str, said: Mapping[str, str]) -> Iterator[WholeDays]:
    for one in holidays(organisation):
        yield WholeDays(
            _uid("holidays", f"{one.season} {one.first.isoformat()}"),
            one.first,
            one.until,
            one.starts_on,
            said["holidays"],
            said["holidays_more"],
        )


def _uid(what: str, about: str) -> str:
    """Stays the same as long as the entry does, and holds no id of a table."""
    return hashlib.sha256(f"calendar {what} {about}".encode()).hexdigest()[:32]
