"""An organisation with rounds on both sides of the wall, and people with cards who use their boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from tests.conditions.worlds import BEGINS, ORGANISATION, make_season, open_planned, set_day
from tests.voices.cards import everything

from replenish.conditions.models import Round, Season
from replenish.people.models import Organisation
from replenish.safekeeping.nightly import back_up
from replenish.safekeeping.places import Places
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in, spend_slip
from replenish.voices.slips import make_slips
from replenish.voices.weeks import week_of

PEOPLE = 5


@dataclass
class Household:
    """The organisation, the round that is open, and everybody's card."""

    patch: pytest.MonkeyPatch
    season: Season
    round: Round
    cards: list[Secret] = field(default_factory=list)

    def join(self, place: int = 0) -> Secret:
        """One more person: a card, and a seat in one of the units."""
        codes = sorted(self.season.unit_paths)
        card = Secret.new()
        slip, *_ = make_slips(season=self.season.id, counts={codes[place % len(codes)]: 1})
        spend_slip(card, slip.code)
        self.cards.append(card)
        return card

    def use(self, card: Secret, answer: float = 1.0, week: int = 0) -> None:
        """A check-in of both packs."""
        check_in(card, everything(answer), week_of(BEGINS + timedelta(weeks=week)))

    def day(self, number: int) -> None:
        """Let it be noon of that day of the season, counted from 0."""
        set_day(self.patch, BEGINS + timedelta(days=number))

    def close_round(self) -> None:
        """Let the round be over, and close it."""
        from replenish.conditions.gate import close

        set_day(self.patch, self.round.closes_on)
        close(self.round.id)

    @property
    def keys(self) -> RoundKeys:
        """The keys of its rounds."""
        return RoundKeys(settings.REPLENISH_KEYS)


def open_household(patch: pytest.MonkeyPatch) -> Household:
    """Five people in the first round; each has a box with one check-in."""
    set_day(patch, BEGINS)
    Organisation.objects.create(
        id=ORGANISATION, name="Larkhill", setting="hospice", floor=7, created_on=BEGINS
    )
    season = make_season()
    household = Household(patch, season, Round())
    for place in range(PEOPLE):
        household.join(place)
    household.round = open_planned(season)
    for card in household.cards:
        household.use(card)
    return household


def night(places: Places) -> None:
    """A rewrite and a backup."""
    back_up(places, lambda _: None)
