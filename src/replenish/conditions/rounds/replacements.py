"""Slips in place of lost cards: a few in each group and season, beyond the headcount, for all to see."""

from __future__ import annotations

from collections.abc import Mapping

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions.models import Season
from replenish.conditions.partitions import partition_from_plain, people_by_group
from replenish.people.queries import headcount, organisation_summary
from replenish.voices.slips import replaced

LARGER = 20


def most_replacements(people: int) -> int:
    """How many replacements a reporting group of so many people can have in one season.

    A replacement may be nobody: the lost card's seat stays until the season ends, and whoever makes slips
    could keep one. So there are no more than the members whose answers the bands of such a group withstand
    when they are known (see the argument of the bands: one up to eight voices, two from nine).
    """
    return 1 if people < LARGER else 2


def require_few(season: Season, slips: Mapping[str, int]) -> None:
    """Refuse more replacements in a reporting group than its size allows in this season.

    Raises:
        Refused: there would be too many.
    """
    partition = partition_from_plain(season.partition)
    if not partition.groups:
        _require_few_together(season, slips)
        return
    paths = {code: tuple(path) for code, path in season.unit_paths.items()}
    declared = headcount(season.organisation)
    people = people_by_group(
        partition,
        {paths[code]: declared.get(unit, 0) for unit, code in season.unit_codes.items() if code in paths},
    )
    # A kept replacement is renewed like any seat: without those of earlier seasons they would add up.
    wanted = {code: count for code, count in replaced(season.id).items() if code in paths}
    for unit, count in slips.items():
        code = season.unit_codes[unit]
        wanted[code] = wanted.get(code, 0) + count
    together = people_by_group(partition, {paths[code]: count for code, count in wanted.items()})
    for unit in slips:
        group = partition.group_of(paths[season.unit_codes[unit]])
        most = most_replacements(people[group])
        if together[group] > most:
            refuse(RoundFault.SLIPS_REPLACEMENTS, group=group, most=most)


def _require_few_together(season: Season, slips: Mapping[str, int]) -> None:
    """Without groups the whole organisation counts as one: so it would be read, were there enough people."""
    most = most_replacements(sum(headcount(season.organisation).values()))
    codes = set(season.unit_paths)
    before = sum(count for code, count in replaced(season.id).items() if code in codes)
    if before + sum(slips.values()) > most:
        group = organisation_summary(season.organisation).name
        refuse(RoundFault.SLIPS_REPLACEMENTS, group=group, most=most)
