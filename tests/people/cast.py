"""The cast: two organisations, each with a steward, a representative and a few units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from replenish.basis import clock
from replenish.people.actions import add_unit, appoint, create_organisation
from replenish.people.askers import Asker, operator_of

FIRST_DAY = date(2026, 9, 7)


@dataclass(frozen=True)
class Cast:
    """One organisation and who acts for it."""

    organisation: str
    operator: Asker
    steward: Asker
    representative: Asker
    care: str
    oak: str
    elm: str


def set_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be noon on this day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: noon)


def later(days: int) -> date:
    """A day after the first."""
    return FIRST_DAY + timedelta(days=days)


def make_cast(name: str) -> Cast:
    """An organisation with Care (Oak, Elm below it), a steward of Care, and a representative."""
    organisation = create_organisation(name=name, setting="social-work")
    operator = operator_of(organisation)
    care = add_unit(asker=operator, name="Care")
    oak = add_unit(asker=operator, name="Oak", parent=care)
    elm = add_unit(asker=operator, name="Elm", parent=care)
    steward = appoint(asker=operator, name="Sam Steward", role="steward", unit=care)
    representative = appoint(asker=operator, name="Robin Voice", role="representative")
    return Cast(
        organisation,
        operator,
        Asker(organisation, steward.account),
        Asker(organisation, representative.account),
        care,
        oak,
        elm,
    )
