"""Teams with incidents, and facilitators who hold a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.people.cast import FIRST_DAY, Cast, make_cast

from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.told import Happened
from replenish.debrief.incidents.writing import write_down
from replenish.people.actions import appoint
from replenish.people.askers import Asker
from replenish.people.record_keys import make_key
from replenish.sealing.record_key import RecordSecret


@dataclass(frozen=True)
class Facilitator:
    """Somebody who leads debriefs, and their phrase."""

    asker: Asker
    secret: RecordSecret


@dataclass(frozen=True)
class Incidents:
    """An organisation with a facilitator."""

    cast: Cast
    facilitator: Facilitator

    def happened(self, day: date = FIRST_DAY, **changes: object) -> str:
        """An incident at Oak, written down by the steward."""
        return write_down(asker=self.cast.steward, said=said(self.cast.oak, day, **changes))


def said(unit: str, day: date = FIRST_DAY, **changes: object) -> Happened:
    """What is written down about an incident between nine and twelve."""
    plain = {
        "unit": unit,
        "kind": "threat",
        "setting": "shared_space",
        "when": Moment(day, 9),
        "severity": 2,
        "restraint": False,
    }
    return Happened(**{**plain, **changes})  # type: ignore[arg-type]


def facilitator_of(cast: Cast, name: str = "Flo Gardner") -> Facilitator:
    """A facilitator with a key."""
    account = appoint(asker=cast.operator, name=name, role="facilitator").account
    asker, secret = Asker(cast.organisation, account), RecordSecret.new()
    make_key(asker=asker, secret=secret)
    return Facilitator(asker, secret)


def begin_incidents(name: str = "Harbour House") -> Incidents:
    """One organisation."""
    cast = make_cast(name)
    return Incidents(cast, facilitator_of(cast))


def days_later(days: int) -> date:
    """A day after the first."""
    return FIRST_DAY + timedelta(days=days)
