"""Seasons and rounds with contributions, made without people: what the gate meets."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.db import transaction
from numpy.typing import NDArray

from replenish.basis import clock
from replenish.conditions.asked import asked_by
from replenish.conditions.calendar import plan_rounds
from replenish.conditions.models import PublishedRelease, Round, Season, State
from replenish.conditions.partitions import people_by_group
from replenish.disclosure.partition import plan_partition
from replenish.sealing.contribution import encode_scores
from replenish.sealing.round_key import RoundKeys, seal_contribution
from replenish.voices.models import Contribution, OpenRound
from replenish.voices.night_key import key_for_writing, wrap_row
from replenish.voices.rounds import begin_season, open_round

ORGANISATION = "0" * 32
HEADCOUNT: dict[tuple[str, ...], int] = {
    ("Medicine", "Ash"): 14,
    ("Medicine", "Elm"): 12,
    ("Medicine", "Oak"): 6,
    ("Surgery", "Fir"): 20,
    ("Surgery", "Yew"): 11,
}
BEGINS = date(2026, 1, 5)
Floats = NDArray[np.float64]


def set_day(patch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    patch.setattr(clock, "now", lambda: noon)


def make_season(
    headcount: Mapping[tuple[str, ...], int] = HEADCOUNT,
    *,
    number: int = 1,
    starts_on: date = BEGINS,
    organisation: str = ORGANISATION,
    people: Mapping[tuple[str, ...], int] | None = None,
) -> Season:
    """A season with its three planned rounds, known to the carers' side."""
    partition = plan_partition(headcount)
    codes = {unit: _name(f"unit {unit}")[:32] for unit in headcount}
    groups = {group.label: _name(f"{number} {group.label}")[:32] for group in partition.groups}
    season = Season.objects.create(
        id=_name(f"{organisation} {number}")[:32],
        organisation=organisation,
        number=number,
        starts_on=starts_on,
        partition=partition.to_plain(),
        headcount={codes[unit]: count for unit, count in headcount.items()},
        unit_codes={f"id of {unit[-1]}": code for unit, code in codes.items()},
        unit_paths={code: list(unit) for unit, code in codes.items()},
        group_codes=groups,
    )
    begin_season(
        season.id,
        groups={codes[unit]: groups[partition.group_of(unit)] for unit in headcount},
        renew_until=starts_on + timedelta(days=14),
    )
    for place, span in enumerate(plan_rounds(starts_on), 1):
        Round.objects.create(
            id=_name(f"{season.id} {place}")[:32],
            season=season,
            number_in_season=place,
            number=3 * (number - 1) + place,
            starts_on=span.starts_on,
            closes_on=span.closes_on,
            asked=[scale.to_plain() for scale in asked_by()],
            people=people_by_group(partition, people or headcount),
        )
    return season


def open_planned(season: Season, place: int = 1) -> Round:
    """The round of a season, open for contributions."""
    row = Round.objects.select_related("season").get(season=season, number_in_season=place)
    recipient = RoundKeys(settings.REPLENISH_KEYS).create(row.id)
    open_round(
        row.id,
        season=season.id,
        number=place,
        recipient=recipient,
        starts_on=row.starts_on,
        closes_on=row.closes_on,
    )
    row.state = State.OPEN
    row.save()
    return row


def answers(rows: int, seed: int = 0) -> dict[str, Floats]:
    """Scores of so many people on all scales, one in twenty missing."""
    rng = np.random.default_rng(seed)
    scores = {}
    common = rng.normal(0, 12, rows)
    for scale in asked_by():
        column = np.clip(np.round(50 + common + rng.normal(0, 15, rows), 3), 0, 100)
        column[rng.random(rows) < 0.05] = np.nan
        scores[scale.name] = column
    return scores


def groups_of(season: Season, voices: Mapping[str, int]) -> list[str]:
    """For each row the code of its group, given so many voices by name of a unit."""
    return [
        code
        for label, code in sorted(season.group_codes.items())
        for unit, count in voices.items()
        for _ in range(count)
        if unit in label.replace(",", "").split()
    ]


def contribute(row: Round, groups: Sequence[str], scores: Mapping[str, Floats], *, salt: str = "") -> None:
    """Write one sealed contribution for each row, under names that only the salt decides."""
    opened = OpenRound.objects.get(id=row.id)
    names: list[str] = opened.scales
    with transaction.atomic():
        key = key_for_writing()
        made = []
        for place, group in enumerate(groups):
            voice = _name(f"{salt} {row.id} {place}")
            said = {name: float(scores[name][place]) for name in names if name in scores}
            payload = encode_scores(names, dict.fromkeys(names, math.nan) | said)
            sealed = wrap_row(key, voice, seal_contribution(opened.recipient, payload))
            made.append(Contribution(voice=voice, round_id=row.id, group=group, sealed=sealed))
        Contribution.objects.bulk_create(made)


VOICES = {"Ash": 12, "Elm": 16, "Fir": 18, "Yew": 9}
"""Answers by unit; Oak is merged with Elm, so these stand for the group."""


def ready_to_close(patch: pytest.MonkeyPatch, *, salt: str = "", place: int = 1) -> Round:
    """An open round of a season with answers, on the day of its close."""
    season = Season.objects.filter(organisation=ORGANISATION).first() or make_season()
    row = open_planned(season, place)
    groups = groups_of(season, VOICES)
    contribute(row, groups, answers(len(groups), seed=place), salt=salt)
    set_day(patch, row.closes_on)
    return row


def published_bytes() -> list[tuple[str, str, str]]:
    """Body, hash and signature of everything published, oldest first."""
    return list(PublishedRelease.objects.order_by("number").values_list("body", "hash", "signature"))


def key_files(keys: Path) -> list[str]:
    """The round keys that are there, and whatever an interrupted writing left beside them."""
    return sorted(path.name for path in (keys / "rounds").glob("*")) if (keys / "rounds").exists() else []


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
