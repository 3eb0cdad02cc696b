"""Reading seasons, rounds and releases. Nothing here knows more than has been published, nor earlier."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from replenish.basis import clock
from replenish.conditions.models import Round, Season
from replenish.conditions.opens import MEMBERS_READ_AFTER, MEMBERS_READ_LATER, opens_to_members
from replenish.conditions.partitions import PlainGroup
from replenish.conditions.published import chain_of, releases_of
from replenish.conditions.rounds.seasons import end_of
from replenish.disclosure.partition import UnitPath
from replenish.disclosure.release import PublishedGroup, Release

__all__ = [
    "MEMBERS_READ_AFTER",
    "Published",
    "ReleasedGroup",
    "RoundSummary",
    "SeasonSummary",
    "latest_of_group",
    "opens_to_members",
    "organisation_of",
    "releases",
    "releases_for_members",
    "rounds",
    "seasons",
    "unit_of_code",
    "units_of",
    "units_of_group",
]


@dataclass(frozen=True)
class SeasonSummary:
    """A season, as everybody in the organisation may see it.

    Attributes:
        season: its id.
        number: counted from 1.
        starts_on: its first day.
        ends_on: the first day after it.
        groups: the labels of its reporting groups; none where the organisation is too small.
        reason: in that case, why.
    """

    season: str
    number: int
    starts_on: date
    ends_on: date
    groups: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True)
class RoundSummary:
    """A round, as everybody in the organisation may see it.

    Attributes:
        round: its id.
        season: the number of its season.
        number: counted from the organisation's first.
        starts_on: its first day.
        closes_on: the day of its close.
        state: planned, open, closing, closed or cancelled.
        visible_from: when its release can be read; None while there is none.
    """

    round: str
    season: int
    number: int
    starts_on: date
    closes_on: date
    state: str
    visible_from: date | None


@dataclass(frozen=True)
class Published:
    """A release with what proves it.

    Attributes:
        release: the release itself.
        number: its place in the chain, from 1.
        round: the number of its round.
        closed_on: the day on which that round was to close.
        visible_from: the first day on which it could be read.
        body: the bytes that are signed, as text.
        signature: of the body.
        public_key: of the installation that signed.
    """

    release: Release
    number: int
    round: int
    closed_on: date
    visible_from: date
    body: str
    signature: str
    public_key: str


def organisation_of(season: str) -> str | None:
    """The organisation that planned a season; None for a season that nobody planned."""
    return Season.objects.filter(pk=season).values_list("organisation", flat=True).first()


def units_of(organisations: Collection[str]) -> frozenset[str]:
    """The codes of all units in the newest season of each organisation, as the carers' side knows them."""
    newest: dict[str, Season] = {}
    for season in Season.objects.filter(organisation__in=organisations).order_by("number"):
        newest[season.organisation] = season
    return frozenset(code for season in newest.values() for code in season.unit_codes.values())


def unit_of_code(organisation: str) -> Mapping[str, str]:
    """By the code that the carers' side has for a unit in the newest season, the unit; none before one."""
    season = Season.objects.filter(organisation=organisation).order_by("-number").only("unit_codes").first()
    return {} if season is None else {code: unit for unit, code in season.unit_codes.items()}


def seasons(organisation: str) -> tuple[SeasonSummary, ...]:
    """The seasons of an organisation, oldest first."""
    rows = Season.objects.filter(organisation=organisation).prefetch_related("rounds").order_by("number")
    return tuple(
        SeasonSummary(
            row.id,
            row.number,
            row.starts_on,
            end_of(row),
            tuple(group["label"] for group in row.partition["groups"]),
            row.partition["reason"],
        )
        for row in rows
    )


def rounds(organisation: str) -> tuple[RoundSummary, ...]:
    """The rounds of an organisation, oldest first."""
    # Seasons hold whole trees of units, which take long to read and are not asked for here.
    named = ("id", "season__number", "number", "starts_on", "closes_on", "state", "release__visible_from")
    rows = Round.objects.filter(season__organisation=organisation).values_list(*named)
    return tuple(RoundSummary(*row) for row in rows.order_by("number"))


def releases(organisation: str, on: date | None = None) -> tuple[Published, ...]:
    """What may be read on a day, oldest first; checked whole, and never what becomes visible later (P9).

    Args:
        organisation: its id; nothing of another one is ever in the answer.
        on: the day, today unless given; a day that lies ahead counts as today.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    day = min(on or clock.today(), clock.today())
    rows = [row for row in chain_of(organisation) if row.visible_from <= day]
    closed = _rounds_by_id(organisation)
    return tuple(
        Published(
            release,
            row.number,
            *closed[row.round_id],
            row.visible_from,
            row.body,
            row.signature,
            row.public_key,
        )
        for row, release in zip(rows, releases_of(rows), strict=True)
    )


def _rounds_by_id(organisation: str) -> dict[str, tuple[int, date]]:
    rows = Round.objects.filter(season__organisation=organisation)
    return {
        row_id: (number, closes) for row_id, number, closes in rows.values_list("id", "number", "closes_on")
    }


def releases_for_members(organisation: str, on: date | None = None) -> tuple[Published, ...]:
    """What everybody with a seat in the organisation may read on a day, whatever its leaders do.

    Args:
        organisation: its id.
        on: the day, today unless given; a day that lies ahead counts as today.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    return releases(organisation, min(on or clock.today(), clock.today()) - MEMBERS_READ_LATER)


def units_of_group(season: str, group: str) -> tuple[UnitPath, ...]:
    """The units of a reporting group of a season, by their paths; none where there is no such group."""
    row = Season.objects.filter(id=season).only("partition", "group_codes").first()
    planned = _planned_group(row, group) if row is not None else None
    return () if planned is None else tuple(tuple(unit) for unit in planned["units"])


def _planned_group(row: Season, group: str) -> PlainGroup | None:
    label = next((label for label, code in row.group_codes.items() if code == group), None)
    return next((plain for plain in row.partition["groups"] if plain["label"] == label), None)


@dataclass(frozen=True)
class ReleasedGroup:
    """What the latest release says about one reporting group, and nothing about another.

    Attributes:
        group: the leaf of the release that holds all of its units.
        round: the number of the round.
        closed_on: the day of its close.
        visible_from: the first day on which its members could read the release.
    """

    group: PublishedGroup
    round: int
    closed_on: date
    visible_from: date


def latest_of_group(season: str, group: str, on: date | None = None) -> ReleasedGroup | None:
    """What its members may read on a day about a reporting group; None where there is nothing about it.

    A release of the season before speaks of the groups of that season. It counts where one of them held all
    units of this group; of a group that was put together since, nothing has been said.

    Args:
        season: its id.
        group: the opaque code of the group in that season.
        on: the day, today unless given; a day that lies ahead counts as today.

    Raises:
        Refused: a release was changed after it was signed, or one is missing.
    """
    row = Season.objects.filter(id=season).first()
    planned = _planned_group(row, group) if row is not None else None
    if row is None or planned is None:
        return None
    units = {tuple(unit) for unit in planned["units"]}
    day = min(on or clock.today(), clock.today())
    rows = [one for one in chain_of(row.organisation) if opens_to_members(one.visible_from) <= day]
    if not rows:
        return None
    release = releases_of(rows)[-1]
    leaf = next((leaf for leaf in release.groups if units <= set(leaf.units)), None)
    if leaf is None:
        return None
    closed = Round.objects.only("number", "closes_on").get(id=rows[-1].round_id)
    return ReleasedGroup(leaf, closed.number, closed.closes_on, opens_to_members(rows[-1].visible_from))
