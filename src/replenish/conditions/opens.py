"""When a release opens to those who may read it."""

from __future__ import annotations

from datetime import date, timedelta

MEMBERS_READ_AFTER = timedelta(days=2)
"""Counted from the day of the close."""

MEMBERS_READ_LATER = timedelta(days=1)
"""The gate lets a release be read a day after the close, and its members read it a day after that, whatever
leaders do or leave undone: the day between is theirs to say in public what they will do."""


def opens_to_members(visible_from: date) -> date:
    """The first day on which the members of an organisation read a release: two days after its close."""
    return visible_from + MEMBERS_READ_LATER
