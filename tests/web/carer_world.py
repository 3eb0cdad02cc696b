"""An organisation as the carers' side sees it: a season, two units in one group, slips, an open round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.test import Client

from replenish.basis import clock
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.secret import Secret
from replenish.voices import rounds, slips
from replenish.web.carer.card_cookie import CARD_COOKIE

SEASON, ROUND = "season-a", "round-a"
WEEKLY_ANSWERS = {
    "sign.flatness": "1",
    "sign.patience": "2",
    "sign.cynicism": "0",
    "sign.recovery": "4",
    "sign.motions": "",
    "sign.dread": "1",
    "sign.warmth": "3",
    "event.encounters": "2",
}


@dataclass
class CarerWorld:
    """Unspent codes of slips; the round's number and days."""

    codes: list[str]
    closes_on: date


def begin_world(*, open_now: bool = True) -> CarerWorld:
    """A season whose first round is open (or not yet, so that new seats count in it)."""
    today = clock.today()
    rounds.begin_season(SEASON, groups={"oak": "g1", "ash": "g1"}, renew_until=today + timedelta(14))
    printed = slips.make_slips(season=SEASON, counts={"oak": 9, "ash": 6})
    world = CarerWorld([slip.code for slip in printed], today + timedelta(14))
    if open_now:
        open_first_round(world)
    return world


def open_first_round(world: CarerWorld) -> None:
    """Open round 1 around today."""
    rounds.open_round(
        ROUND,
        season=SEASON,
        number=1,
        recipient=RoundKeys(settings.REPLENISH_KEYS).create(ROUND),
        starts_on=world.closes_on - timedelta(28),
        closes_on=world.closes_on,
    )


def client_with(secret: Secret, **options: bool) -> Client:
    """A browser that carries a card."""
    client = Client(**options)  # type: ignore[arg-type]
    client.cookies[CARD_COOKIE] = secret.cookie()
    return client
