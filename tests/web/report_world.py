"""An organisation with rounds behind it, and members who read what was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from tests.conditions import worlds

from replenish.conditions import gate
from replenish.conditions.models import Round, Season
from replenish.disclosure.partition import plan_partition
from replenish.people.models import Organisation
from replenish.sealing.secret import Secret
from replenish.voices.actions import spend_slip
from replenish.voices.rounds import begin_season
from replenish.voices.slips import make_slips

TITLE = "Harbour House"
HEADCOUNT: dict[tuple[str, ...], int] = {
    ("Medicine", "Ash"): 14,
    ("Medicine", "Elm"): 12,
    ("Medicine", "Oak"): 6,
    ("Medicine", "Bay"): 14,
    ("Surgery", "Fir"): 20,
    ("Surgery", "Yew"): 11,
}
VOICES = {"Ash": 12, "Elm": 16, "Bay": 12, "Fir": 18, "Yew": 9}
"""Answers by unit; Oak is merged with Elm, so these stand for the group."""


def found_organisation(organisation: str = worlds.ORGANISATION, title: str = TITLE) -> None:
    """Its row, so that it has a name."""
    Organisation.objects.create(
        id=organisation, name=title, setting="hospice", floor=7, created_on=worlds.BEGINS
    )


def season_of(
    number: int = 1,
    *,
    headcount: Mapping[tuple[str, ...], int] = HEADCOUNT,
    organisation: str = worlds.ORGANISATION,
) -> Season:
    """A season of twelve weeks."""
    starts_on = worlds.BEGINS + timedelta(days=84 * (number - 1))
    return worlds.make_season(headcount, number=number, starts_on=starts_on, organisation=organisation)


def small_season(number: int, headcount: Mapping[tuple[str, ...], int]) -> Season:
    """A season that cannot form one group, with seats that somebody gave out all the same."""
    starts_on = worlds.BEGINS + timedelta(days=84 * (number - 1))
    partition = plan_partition(headcount)
    assert not partition.groups
    paths = {f"{place}{number}".zfill(32): list(unit) for place, unit in enumerate(headcount)}
    season = Season.objects.create(
        id=str(number).zfill(32),
        organisation=worlds.ORGANISATION,
        number=number,
        starts_on=starts_on,
        partition=partition.to_plain(),
        headcount=dict(zip(paths, headcount.values(), strict=True)),
        unit_codes={f"id of {path[-1]}": code for code, path in paths.items()},
        unit_paths=paths,
        group_codes={},
    )
    begin_season(season.id, groups={}, renew_until=starts_on + timedelta(days=14))
    return season


def closed(
    patch: pytest.MonkeyPatch,
    season: Season,
    place: int,
    *,
    voices: Mapping[str, int] = VOICES,
    shift: float = 0.0,
) -> Round:
    """A round of a season with answers, closed on its day."""
    row = worlds.open_planned(season, place)
    groups = worlds.groups_of(season, voices)
    scores = {
        name: (column + shift).clip(0, 100)
        for name, column in worlds.answers(len(groups), seed=10 * season.number + place).items()
    }
    worlds.contribute(row, groups, scores)
    worlds.set_day(patch, row.closes_on)
    gate.close(row.id)
    return Round.objects.get(id=row.id)


def member(season: Season, unit: tuple[str, ...] = ("Medicine", "Ash")) -> Secret:
    """A card with a seat in a unit."""
    code = next(code for code, path in season.unit_paths.items() if tuple(path) == unit)
    secret = Secret.new()
    spend_slip(secret, make_slips(season=season.id, counts={code: 1})[0].code)
    return secret


def opened_to_members(patch: pytest.MonkeyPatch, row: Round) -> None:
    """The first day on which members read what was published about a round."""
    worlds.set_day(patch, row.closes_on + timedelta(days=2))
