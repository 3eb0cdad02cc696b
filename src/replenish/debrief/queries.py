"""What is read here: what an organisation has arranged, and what stands on offer to a team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from replenish.basis import clock
from replenish.debrief.models import Arrangement, TeamOffer
from replenish.debrief.windows import next_window, window_of


def arrangements(organisation: str) -> Mapping[str, str]:
    """By kind, whom a team turns to, in the words of the organisation."""
    return dict(Arrangement.objects.filter(organisation=organisation).values_list("kind", "turn_to"))


def arranged_somewhere() -> frozenset[str]:
    """The organisations that have arranged anything."""
    return frozenset(Arrangement.objects.values_list("organisation", flat=True))


def on_offer(unit: str) -> Mapping[str, date]:
    """By kind, the day on which the offer ends that stands to a team now."""
    window = window_of(clock.now())
    kinds = TeamOffer.objects.filter(unit=unit, from_day=window, made=True).values_list("kind", flat=True)
    return dict.fromkeys(kinds, next_window(window))


def next_offers_on() -> date:
    """The day at nine from which an offer stands that is asked for now."""
    return next_window(window_of(clock.now()))
