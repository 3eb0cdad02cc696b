"""Years of rounds of a large organisation, made with the library alone: nobody answers, nothing closes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from tests.conditions import worlds

from replenish.conditions.asked import Asked, asked_by
from replenish.conditions.calendar import plan_rounds
from replenish.conditions.models import PublishedRelease, Round, Season, State
from replenish.conditions.published import row_of
from replenish.disclosure.model_results import ModelResult, disclose_effect, disclose_icc
from replenish.disclosure.partition import Partition, plan_partition
from replenish.disclosure.release import Release, chain, make_release
from replenish.voices.rounds import begin_season

Floats = NDArray[np.float64]
Headcount = Mapping[tuple[str, ...], int]
ROUNDS_IN_SEASON = 3


def large(units: int, *, seed: int = 3) -> dict[tuple[str, ...], int]:
    """People by unit, in services of ten units."""
    people = np.random.default_rng(seed).integers(5, 19, units)
    return {
        (f"Service {number // 10 + 1}", f"Team {number + 1}"): int(count)
        for number, count in enumerate(people.tolist())
    }


def publish_chain(headcount: Headcount, *, rounds: int, results: bool = False) -> Round:
    """Publish so many rounds from the first season on; the last of them."""
    partition, asked = plan_partition(headcount), asked_by()
    level = {group.label: place for place, group in enumerate(partition.groups)}
    chance = np.random.default_rng(11)
    mean = {scale.name: 50 + chance.normal(0, 11, len(level)) for scale in asked}
    earlier: list[Release] = []
    kept: list[PublishedRelease] = []
    row: Round | None = None
    for number in range(1, rounds + 1):
        season = _season((number - 1) // ROUNDS_IN_SEASON + 1, headcount, partition)
        row = _round(season, number, asked)
        units, group = _voices(headcount, partition, level, chance)
        for column in mean.values():
            column += chance.normal(0, 4, len(level))
        with patch.object(
            chain, "require_genuine"
        ):  # each was made a moment ago, and hashing them all takes long
            release = make_release(
                round=f"round {number}",
                partition=partition,
                units=units,
                values={
                    name: np.clip(column[group] + chance.normal(0, 18, len(group)), 0, 100)
                    for name, column in mean.items()
                },
                scales=[scale.scale for scale in asked],
                earlier=earlier,
                headcount=dict(headcount),
                model_results=_results(asked) if results else (),
                new_season=number > 1 and (number - 1) % ROUNDS_IN_SEASON == 0,
                disjoint=True,
            )
        earlier.append(release)
        visible = row.closes_on + timedelta(days=1)
        kept.append(row_of(release, row, number=number, visible_from=visible))
    PublishedRelease.objects.bulk_create(kept)
    assert row is not None
    return row


def _season(number: int, headcount: Headcount, partition: Partition) -> Season:
    found = Season.objects.filter(organisation=worlds.ORGANISATION, number=number).first()
    if found is not None:
        return found
    codes = {unit: _name(f"unit {unit}") for unit in headcount}
    season = Season.objects.create(
        id=_name(f"season {number}"),
        organisation=worlds.ORGANISATION,
        number=number,
        starts_on=_starts(number),
        partition=partition.to_plain(),
        headcount={codes[unit]: count for unit, count in headcount.items()},
        unit_codes={f"id of {unit[-1]}": code for unit, code in codes.items()},
        unit_paths={code: list(unit) for unit, code in codes.items()},
        group_codes={group.label: _name(f"{number} {group.label}") for group in partition.groups},
    )
    groups = {codes[unit]: season.group_codes[partition.group_of(unit)] for unit in headcount}
    follows = _name(f"season {number - 1}") if number > 1 else ""
    begin_season(season.id, groups=groups, renew_until=season.starts_on + timedelta(days=14), follows=follows)
    return season


def _starts(number: int) -> date:
    return worlds.BEGINS + timedelta(days=84 * (number - 1))


def _round(season: Season, number: int, asked: Sequence[Asked]) -> Round:
    place = (number - 1) % ROUNDS_IN_SEASON
    span = plan_rounds(season.starts_on)[place]
    return Round.objects.create(
        id=_name(f"round {number}"),
        season=season,
        number_in_season=place + 1,
        number=number,
        starts_on=span.starts_on,
        closes_on=span.closes_on,
        state=State.CLOSED,
        asked=[scale.to_plain() for scale in asked],
        key_destroyed=True,
    )


def _voices(
    headcount: Headcount, partition: Partition, level: Mapping[str, int], chance: np.random.Generator
) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """About four in five of each unit, each with the place of their group."""
    units = [unit for unit, people in headcount.items() for _ in range(int(chance.binomial(people, 0.82)))]
    return units, np.array([level[partition.group_of(unit)] for unit in units], dtype=np.int64)


def _results(asked: Sequence[Asked]) -> list[ModelResult]:
    """Links as the disclosure room prints them for very many people."""
    conditions = [scale.name for scale in asked if scale.role == "condition"]
    found = []
    for shift, outcome in enumerate(scale.name for scale in asked if scale.role == "outcome"):
        found.append(disclose_icc(outcome=outcome, icc=0.1, people=7000, groups=99))
        for place, condition in enumerate(conditions):
            for kind, more in (("own reports", 0.0), ("split voice", 4.0)):
                middle = -16.0 + 5.0 * place + more + shift
                found.append(
                    disclose_effect(
                        outcome=outcome,
                        condition=condition,
                        kind=kind,
                        estimate=middle,
                        low=middle - 6.0,
                        high=middle + 7.0,
                        people=7000,
                        groups=99,
                        conditions=len(conditions),
                    )
                )
    return found


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
