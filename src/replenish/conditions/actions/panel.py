"""Bands of groups over rounds, from releases alone, and where in them an action begins.

A group is the same from season to season where it holds the same units; a group that was put together anew is
another one, so its rounds before are a gap. A round that an action began or was stopped in belongs to neither
side and is a gap as well, and so is a group in which only some units have the action.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from replenish.conditions.actions.told import Acting
from replenish.conditions.actions.whose import SeasonGroups, groups_of_season
from replenish.conditions.models import ActionState, Round, Season
from replenish.conditions.queries import Published
from replenish.statistics.effect.bands import BandPanel, SeenBand

ROUNDS_BEFORE = 6
ROUNDS_AFTER = 9
"""Rounds further away tell more about other things that changed than about the action."""

GroupKey = tuple[str, ...]
"""The ids of the units of a group, sorted."""

Bands = tuple[tuple[GroupKey, tuple[SeenBand | None, ...]], ...]
"""By group, one band for each round; None where there is none."""


@dataclass(frozen=True)
class RoundDays:
    """A round that was published: its number, its first day, and the day of its close."""

    number: int
    starts_on: date
    closes_on: date


@dataclass(frozen=True)
class SeenGroups:
    """One condition of all groups over the rounds that may be read.

    Attributes:
        rounds: oldest first.
        bands: by group, one for each round; None where nothing was published about it by itself.
    """

    rounds: tuple[RoundDays, ...]
    bands: Mapping[GroupKey, tuple[SeenBand | None, ...]]


@dataclass(frozen=True)
class ActionPanel:
    """What there is to compare.

    Attributes:
        bands: by group, one for each round, without the rounds that belong to neither side.
        starts: by group that has the action, its first whole round with it, from 0.
        rounds: as in `SeenGroups`.
    """

    bands: Mapping[GroupKey, tuple[SeenBand | None, ...]]
    starts: Mapping[GroupKey, int]
    rounds: tuple[RoundDays, ...]

    def to_panel(self) -> BandPanel:
        """As the estimators want it."""
        rows = {"+".join(key): row for key, row in self.bands.items()}
        return BandPanel.of(rows, {"+".join(key): start for key, start in self.starts.items()})


def seen_groups(
    organisation: str, published: Sequence[Published], condition: str, first_day: date
) -> SeenGroups:
    """One condition of all groups in the releases around the day on which an action began.

    Args:
        organisation: whose releases they are.
        published: oldest first, as the reader may read them.
        condition: by its name in releases.
        first_day: the day on which the first unit began.
    """
    rows = Round.objects.filter(season__organisation=organisation)
    named = ("number", "starts_on", "closes_on", "season_id")
    found = {row[0]: row for row in rows.values_list(*named)}
    days = [RoundDays(*found[one.round][:3]) for one in published]
    near = [(published[place], days[place]) for place in _window(days, first_day)]
    # Seasons hold whole trees of units, which take long to read: only those that are needed.
    seasons = Season.objects.in_bulk({found[told.number][3] for _one, told in near})
    groups = {season: groups_of_season(row) for season, row in seasons.items()}
    bands: dict[GroupKey, list[SeenBand | None]] = {}
    for place, (one, told) in enumerate(near):
        for key, band in _told(one, groups[found[told.number][3]], condition):
            bands.setdefault(key, [None] * len(near))[place] = band
    return SeenGroups(tuple(told for _one, told in near), {key: tuple(row) for key, row in bands.items()})


def _told(one: Published, groups: SeasonGroups, condition: str) -> list[tuple[GroupKey, SeenBand | None]]:
    """Each group of the season that the release tells by itself, with its band."""
    leaves = {frozenset(leaf.units): leaf for leaf in one.release.groups if not leaf.rest}
    found: list[tuple[GroupKey, SeenBand | None]] = []
    for label, paths in groups.paths.items():
        leaf = leaves.get(frozenset(paths))
        cell = leaf.cells.get(condition) if leaf is not None else None
        band = None
        if cell is not None and cell.band is not None and cell.size is not None:
            band = SeenBand(cell.band.low, cell.band.high, cell.size.low)
        found.append((tuple(sorted(groups.units[label])), band))
    return found


def action_panel(acting: Acting, seen: SeenGroups) -> ActionPanel:
    """The groups of an organisation before and after an action began, as far as they can be compared."""
    stopped = acting.ended_on if acting.state == ActionState.STOPPED else None
    starts = {unit: day for unit, day in acting.starts if day is not None and (not stopped or day < stopped)}
    rounds = seen.rounds
    bands: dict[GroupKey, tuple[SeenBand | None, ...]] = {}
    begun: dict[GroupKey, int] = {}
    lot = {unit for unit, _day in acting.starts} if acting.plan.waiting else None
    for key, whole in seen.bands.items():
        # A lot is drawn among its own groups; the others were never in it.
        if lot is not None and not lot & set(key):
            continue
        row = list(whole)
        days = [starts[unit] for unit in key if unit in starts]
        if days:
            everywhere = len(days) == len(key)
            row = [
                None if _neither(one, min(days), max(days) if everywhere else None, stopped) else band
                for one, band in zip(rounds, row, strict=True)
            ]
            first = next((at for at, one in enumerate(rounds) if one.starts_on >= max(days)), None)
            if first is not None and everywhere:
                begun[key] = first
        bands[key] = tuple(row)
    first_with = min(begun.values(), default=0)
    # A group of which nothing is known since then compares nothing.
    compared = {key: row for key, row in bands.items() if key in begun or any(row[first_with:])}
    return ActionPanel(compared, begun, rounds)


def _window(rounds: Sequence[RoundDays], first_day: date) -> range:
    after = sum(one.closes_on <= first_day for one in rounds)
    return range(max(0, after - ROUNDS_BEFORE), min(len(rounds), after + ROUNDS_AFTER))


def _neither(one: RoundDays, first: date, last: date | None, stopped: date | None) -> bool:
    """Whether a round belongs neither to before nor to after: begun within, half of the units, or stopped."""
    if one.closes_on <= first:
        return False
    if last is None or one.starts_on < last:
        return True
    return stopped is not None and one.closes_on > stopped
