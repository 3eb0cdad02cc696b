"""Who is read together in a season, and why: for those who plan it, and for everybody afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from replenish.conditions.models import Season
from replenish.conditions.partitions import partition_from_plain
from replenish.conditions.places import name_of
from replenish.conditions.rounds.planning import SeasonPlan
from replenish.disclosure.partition import Partition, ReportingGroup, UnitPath
from replenish.disclosure.partition.planning import EXPECTED_TENTHS, FORMS_AT
from replenish.people.queries import organisation_summary


class Why(Enum):
    """Why units are read together, or one alone."""

    LARGE = "it expects enough voices to stand alone"
    STOOD_ALONE = "it stood alone before, and stays so while it expects one voice less"
    SMALL = "at least one of its units expects too few voices to stand alone"
    STAYED_TOGETHER = "they were together before, and a group keeps its composition"


@dataclass(frozen=True)
class UnitTold:
    """A unit of a season.

    Attributes:
        unit: its id.
        name: its names from the top down.
        people: its declared headcount on the first day.
        is_small: whether it expects too few voices to stand alone.
    """

    unit: str
    name: str
    people: int
    is_small: bool


@dataclass(frozen=True)
class GroupTold:
    """A reporting group of a season, with the reason why it is as it is.

    Attributes:
        label: its name.
        units: its units.
        why: the reason.
    """

    label: str
    units: tuple[UnitTold, ...]
    why: Why

    @property
    def people(self) -> int:
        """Of all its units."""
        return sum(unit.people for unit in self.units)

    @property
    def small(self) -> tuple[UnitTold, ...]:
        """Those of its units that could not stand alone."""
        return tuple(unit for unit in self.units if unit.is_small)


def groups_planned(plan: SeasonPlan) -> tuple[GroupTold, ...]:
    """The groups of a season that is not fixed yet."""
    return _told(plan.partition, {unit.path: (unit.unit, unit.people) for unit in plan.units})


def groups_of(organisation: str, season: str) -> tuple[GroupTold, ...]:
    """The groups of a season of the organisation; none where there is no such season, or it has none."""
    row = Season.objects.filter(id=season, organisation=organisation).first()
    return () if row is None else _told(partition_from_plain(row.partition), _units_of(row))


def all_units(organisation: str, season: str) -> GroupTold:
    """Every unit of a season, as if they were one group: for a season without groups."""
    row = Season.objects.filter(id=season, organisation=organisation).first()
    units = _units_of(row) if row is not None else {}
    told = tuple(_unit(path, *unit) for path, unit in sorted(units.items()))
    return GroupTold(organisation_summary(organisation).name, told, Why.SMALL)


def _units_of(row: Season) -> dict[UnitPath, tuple[str, int]]:
    ids = {code: unit for unit, code in row.unit_codes.items()}
    return {tuple(path): (ids[code], row.headcount.get(code, 0)) for code, path in row.unit_paths.items()}


def _told(partition: Partition, units: Mapping[UnitPath, tuple[str, int]]) -> tuple[GroupTold, ...]:
    return tuple(_group(group, units) for group in partition.groups)


def _group(group: ReportingGroup, units: Mapping[UnitPath, tuple[str, int]]) -> GroupTold:
    told = tuple(_unit(path, *units.get(path, ("", 0))) for path in group.units)
    small = any(unit.is_small for unit in told)
    if group.alone:
        why = Why.STOOD_ALONE if small else Why.LARGE
    else:
        why = Why.SMALL if small else Why.STAYED_TOGETHER
    return GroupTold(group.label, told, why)


def _unit(path: UnitPath, unit: str, people: int) -> UnitTold:
    return UnitTold(unit, name_of(path), people, EXPECTED_TENTHS * people < 10 * FORMS_AT)
