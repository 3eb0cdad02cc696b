"""With whom a unit is read together in the season that runs, and whether there are groups at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from replenish.basis import clock
from replenish.conditions.models import Season
from replenish.disclosure.partition import UnitPath, clean_path
from replenish.people.queries import places_of
from replenish.people.tree import Place, UnitInTree, tree_on


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


@dataclass(frozen=True)
class NamedUnits:
    """Units that a report names by their paths, in the tree of today.

    Attributes:
        tree: the units of today.
        units: the ids of those that are named; none where the whole organisation is meant.
        places: every dated place of every unit, from which the tree was made.
    """

    tree: tuple[UnitInTree, ...] = ()
    units: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class NewestSeason:
    """What the newest season of an organisation reads.

    Attributes:
        has_groups: whether there are reporting groups; None before there is a season.
        paths: where each unit stands in it, by id.
    """

    has_groups: bool | None = None
    paths: Mapping[str, UnitPath] = field(default_factory=dict)


def newest_season(organisation: str) -> NewestSeason:
    """The season that was planned last, with its groups and units."""
    season = Season.objects.filter(organisation=organisation).order_by("-number").first()
    return (
        NewestSeason() if season is None else NewestSeason(bool(season.group_codes), _paths_by_unit(season))
    )


def units_named(organisation: str, paths: Sequence[UnitPath], season: NewestSeason) -> NamedUnits:
    """The units at these paths, as the newest season or the tree of today names them; none for no path."""
    if not paths:
        return NamedUnits()
    places = tuple(places_of(organisation))
    tree = tree_on(places, clock.today())
    today = {one.unit for one in tree if clean_path(one.path) in paths}
    then = {unit for unit, path in season.paths.items() if path in paths}
    return NamedUnits(tree, frozenset(today | then), places)


def _season_on(organisation: str, day: date) -> Season | None:
    """The season that has begun last; before the first has begun, the one that is planned."""
    of_organisation = Season.objects.filter(organisation=organisation)
    begun = of_organisation.filter(starts_on__lte=day).order_by("-number").first()
    return begun or of_organisation.order_by("number").first()


def _paths_by_unit(season: Season) -> dict[str, UnitPath]:
    codes = cast("Mapping[str, str]", season.unit_codes)
    return {unit: tuple(season.unit_paths[code]) for unit, code in codes.items() if code in season.unit_paths}
