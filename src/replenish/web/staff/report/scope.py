"""Which part of the organisation somebody answers for, as the parts of a release name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from replenish.conditions.queries import Published, RoundSummary
from replenish.disclosure.partition import UnitPath, clean_path
from replenish.disclosure.release import Release
from replenish.people.logins import HeldAccount
from replenish.people.queries import places_of
from replenish.people.roles import OF_UNITS
from replenish.people.tree import UnitInTree, tree_on
from replenish.web.conditions_report.parts import THE_WHOLE, WHOLE, Part, parts_of


@dataclass(frozen=True)
class Scope:
    """One unit somebody answers for.

    Attributes:
        name: what it is called today, or was when the newest groups were formed; empty if neither.
        part: what to read for it: where the newest readable release speaks of it, or the unit itself before
            there is one; None where it has no group.
        stands: whether the unit stands today.
    """

    name: str
    part: Part | None
    stands: bool


def scopes_of(
    held: HeldAccount, published: Sequence[Published], known: Sequence[RoundSummary], on: date
) -> tuple[Scope, ...]:
    """The units somebody answers for, by name; none for the whole organisation.

    Groups are fixed on the first day of a season, so a unit is looked for where it stood on that day.

    Args:
        held: the account.
        published: what they may read, oldest first.
        known: the rounds of their organisation.
        on: the day of the reading.
    """
    kinds = {str(kind) for kind in OF_UNITS}
    answered = [role.unit for role in held.roles if role.kind in kinds]
    units = [unit for unit in dict.fromkeys(answered) if unit is not None]
    if not units or None in answered:
        return ()
    formed = next((one for one in reversed(published) if one.release.groups), None)
    places = places_of(held.organisation)
    today = {unit.unit: unit for unit in tree_on(places, on)}
    then: dict[str, UnitInTree] = {}
    if formed is not None:
        then = {unit.unit: unit for unit in tree_on(places, season_began(known, formed.round))}
    found = [_scope(unit, today, then, formed.release if formed else None) for unit in units]
    return tuple(sorted(found, key=lambda scope: scope.name))


def _scope(
    unit: str, today: dict[str, UnitInTree], then: dict[str, UnitInTree], release: Release | None
) -> Scope:
    stood, stands = then.get(unit), today.get(unit)
    named = stands or stood
    name = " / ".join(named.path) if named else ""
    if release is None:
        # Before the first release there are no groups to name: facts are read for the unit as it stands.
        part = Part(node=clean_path(stands.path), label=name) if stands else None
    else:
        part = part_around(clean_path(stood.path), release) if stood else None
    return Scope(name, part, stands is not None)


def part_around(path: UnitPath, release: Release) -> Part | None:
    """The smallest part of a release that holds a unit and all below it: a group, or a part of the tree.

    Returns:
        None where nobody in the unit is in a group.
    """
    inside = {unit for unit in release.partition.units if unit[: len(path)] == path}
    if not inside:
        return None
    parts = parts_of(release)
    group = next((part for part in parts if part.is_group and inside <= set(part.units)), None)
    if group is not None:
        return group
    nodes = [part for part in parts if part.node is not None and path[: len(part.node)] == part.node]
    return max(nodes, key=lambda part: len(part.node or WHOLE), default=THE_WHOLE)


def season_began(known: Sequence[RoundSummary], number: int) -> date:
    """The first day of the season in which a round was held."""
    season = next(one.season for one in known if one.number == number)
    return min(one.starts_on for one in known if one.season == season)
