"""An organisation as the carers' side knows it, and people with cards in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from replenish.measures.library import load_pack
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.rounds import begin_season, open_round
from replenish.voices.slips import make_slips
from replenish.voices.weeks import week_of

FIRST_DAY = date(2026, 1, 5)  # a Monday
ROUND_DAYS = 28
SEASON = "season-1"
WEEKLY, ROUND = "replenish-weekly", "replenish-round"
GROUPS = {"oak": "group-a", "elm": "group-b", "ash": "group-b"}


@dataclass(frozen=True)
class House:
    """The organisation, its season, and the rounds opened so far."""

    season: str = SEASON

    @property
    def keys(self) -> RoundKeys:
        """The keys of its rounds."""
        return RoundKeys(Path(settings.REPLENISH_KEYS))

    def open_round(self, number: int, *, season: str | None = None, starts_on: date | None = None) -> str:
        """Open the round of that number, four weeks after the one before."""
        name = f"{season or self.season}-round-{number}"
        first = starts_on or FIRST_DAY + timedelta(days=ROUND_DAYS * (number - 1))
        open_round(
            name,
            season=season or self.season,
            number=number,
            recipient=self.keys.create(name),
            starts_on=first,
            closes_on=first + timedelta(days=ROUND_DAYS),
        )
        return name

    def join(self, unit: str = "oak", secret: Secret | None = None) -> Secret:
        """A person with a card and a seat in a unit."""
        card = secret or Secret.new()
        slip, *_ = make_slips(season=self.season, counts={unit: 1})
        spend_slip(card, slip.code)
        return card


def open_house() -> House:
    """A season with two groups; no round is open yet, so whoever joins now counts from the first."""
    begin_season(SEASON, groups=GROUPS, renew_until=FIRST_DAY + timedelta(days=14))
    return House()


def weekly(answer: float = 1.0, **changed: float | None) -> dict[str, Mapping[str, float]]:
    """A weekly check-in with the same answer to each sign, but for those that are changed or left out."""
    signs = [f"sign.{name}" for name in ("flatness", "patience", "cynicism", "recovery", "motions", "dread")]
    given: dict[str, float | None] = {sign: answer for sign in signs}  # noqa: C420  of a wider type
    given |= {f"sign.{name}": value for name, value in changed.items()}
    return {WEEKLY: {item: value for item, value in given.items() if value is not None}}


def everything(answer: float = 1.0) -> dict[str, Mapping[str, float]]:
    """Both packs with the same answer to every question."""
    return {pack: dict.fromkeys(load_pack(pack).item_codes, answer) for pack in (WEEKLY, ROUND)}


def week(number: int = 0) -> str:
    """The week of the first round with that number, counted from 0."""
    return week_of(FIRST_DAY + timedelta(weeks=number))
