"""With whom a unit is read together in the season that runs, and whether there are groups at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from replenish.basis import clock
from replenish.conditions.models import Season
from replenish.disclosure.partition import UnitPath


@dataclass(frozen=True)
class ReadTogether:
    """How the season that runs reads a unit. It follows from headcounts alone, never from an answer.

    Attributes:
        planned: whether there is a season.
        has_groups: whether the organisation has groups in it; none where too few people work there.
        group: the label of the group that holds the unit; None where none does.
        others: the names of the other units in that group.
        paths: of the unit, as the season names it; none for the whole organisation.
    """

    planned: bool = False
    has_groups: bool = False
    group: str | None = None
    others: tuple[str, ...] = ()
    paths: tuple[UnitPath, ...] = ()


def read_together(organisation: str, unit: str | None, on: date | None = None) -> ReadTogether:
    """How a unit, or the whole organisation, is read on a day (today unless given)."""
    season = _season_on(organisation, on or clock.today())
    if season is None:
        return ReadTogether()
    path = _paths_by_unit(season).get(unit) if unit is not None else None
    if path is None:
        return ReadTogether(planned=True, has_groups=bool(season.group_codes))
    group = next((one for one in season.partition["groups"] if list(path) in map(list, one["units"])), None)
    others = [tuple(other) for other in group["units"] if tuple(other) != path] if group is not None else []
    return ReadTogether(
        planned=True,
        has_groups=bool(season.group_codes),
        group=group["label"] if group is not None else None,
        others=tuple(sorted(other[-1] for other in others)),
        paths=(path,),
    )


def units_at(organisation: str, paths: Sequence[UnitPath]) -> frozenset[str]:
    """The ids of the units that stand at these paths in the newest season."""
    season = Season.objects.filter(organisation=organisation).order_by("-number").first()
    wanted = set(paths)
    if season is None or not wanted:
        return frozenset()
    return frozenset(unit for unit, path in _paths_by_unit(season).items() if path in wanted)


def _season_on(organisation: str, day: date) -> Season | None:
    """The season that has begun last; before the first has begun, the one that is planned."""
    of_organisation = Season.objects.filter(organisation=organisation)
    begun = of_organisation.filter(starts_on__lte=day).order_by("-number").first()
    return begun or of_organisation.order_by("number").first()


def _paths_by_unit(season: Season) -> dict[str, UnitPath]:
    codes = cast("Mapping[str, str]", season.unit_codes)
    return {unit: tuple(season.unit_paths[code]) for unit, code in codes.items() if code in season.unit_paths}
