"""Making a demo, with its links; and catching up with a demo that was made before."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.core.management import call_command

from replenish.basis import clock
from replenish.cli.demo.invented import Actor
from replenish.cli.demo.keeping import Door
from replenish.cli.demo.living import Calendar, Lived, live
from replenish.cli.serve import prepare_folders
from replenish.safekeeping.nightly import nightly
from replenish.safekeeping.upkeep import read_upkeep
from replenish.sealing.card import card_link

SEED = 14
SIGN_IN = "/staff/sign-in/#"


def make(tell: Callable[[str], None], *, today: date | None = None, seed: int = SEED) -> tuple[Door, ...]:
    """Invent everything on an empty installation.

    Args:
        tell: hears how far it has come.
        today: the last day; today unless given.
        seed: of everything that is invented.

    Returns:
        The links, one for each part.
    """
    prepare_folders(settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS)
    call_command("migrate", verbosity=0, interactive=False)
    lived = live(Calendar.up_to(today or clock.today()), seed=seed, tell=tell)
    return tuple(door for one in lived for door in _doors(one))


def catch_up() -> float:
    """The night's work of the days since the demo was last open; in seconds."""
    begun = time.monotonic()
    if read_upkeep().night != clock.today():
        nightly(lambda _: None)
    return time.monotonic() - begun


def _doors(lived: Lived) -> list[Door]:
    invented = lived.founded.invented
    card = lived.shown.carer.card()
    own = Door(
        organisation=invented.name,
        part=invented.carer,
        name="",
        shows=invented.carer_shows,
        address=card_link(card, base_url=""),
        typed={"words": " ".join(card.words())},
    )
    return [own, *(_door(lived, actor) for actor in invented.actors)]


def _door(lived: Lived, actor: Actor) -> Door:
    held = lived.founded.accounts[actor]
    return Door(
        organisation=lived.founded.invented.name,
        part=actor.part,
        name=actor.name,
        shows=actor.shows,
        address=f"{SIGN_IN}{held.account}.{held.code}",
        typed={"account": held.account, "code": held.code},
    )
