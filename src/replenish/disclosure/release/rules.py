"""What every release must keep, whoever wrote the file it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import bands, rule_named
from replenish.disclosure.change import change_between
from replenish.disclosure.partition.groups import UnitPath
from replenish.disclosure.partition.labels import label_rest
from replenish.disclosure.release.chain import require_chain
from replenish.disclosure.release.parents import publish_parents
from replenish.disclosure.release.published import Cell, PublishedGroup, Release, Shown
from replenish.disclosure.release.response import QUARTERS
from replenish.disclosure.scale import AnswerScale


def require_rules(release: Release, *, earlier: Sequence[Release] = ()) -> None:
    """Accept a release that says nothing this software could not have published under the rule it names.

    Raises:
        Refused: an unknown rule, a lowered floor, a unit in two groups, a band that is none of the bands of
            its size class, a parent that does not follow from its leaves, an arrow that does not follow
            from published bands, or a place in the chain that does not fit.
    """
    require_chain([*earlier, release])
    require_content(release, earlier=earlier)


def require_content(release: Release, *, earlier: Sequence[Release]) -> None:
    """The same for a release whose place behind the earlier ones was accepted already.

    Raises:
        Refused: as `require_rules`, but for the chain.
    """
    if release.floor < rule_named(release.rule).floor:
        _broken(release, f"its floor is {release.floor}")
    names = [scale.name for scale in release.scales]
    if not names or names != sorted(set(names)):
        _broken(release, "its questions are not named once each")
    if release.response_quarter not in (None, *QUARTERS):
        _broken(release, "its response is not one of the four quarters")
    results = [(result.kind, result.outcome, result.condition) for result in release.model_results]
    if results != sorted(set(results)) or (results and not release.groups):
        _broken(release, "its model results are not named once each")
    _require_leaves(release)
    shown = Shown(earlier)
    for group in release.groups:
        _require_cells(release, group, shown)
    if release.parents != publish_parents(release.groups, names):
        _broken(release, "a parent does not follow from its groups")


def _require_leaves(release: Release) -> None:
    """Every unit in one leaf; a leaf is a reporting group, or the rest of one parent."""
    planned = {group.units: group for group in release.partition.groups}
    seen: list[UnitPath] = []
    for leaf in release.groups:
        seen.extend(leaf.units)
        if leaf.rest:
            inside = [group for group in planned.values() if set(group.units) <= set(leaf.units)]
            fits = (
                len(inside) > 1
                and {unit for group in inside for unit in group.units} == set(leaf.units)
                and all(group.parent == leaf.parent for group in inside)
                and leaf.label == label_rest(leaf.parent, leaf.units)
            )
        else:
            group = planned.get(leaf.units)
            fits = group is not None and (group.label, group.parent) == (leaf.label, leaf.parent)
        if not fits:
            _broken(release, f"'{leaf.label}' is not one of its reporting groups")
    if len(seen) != len(set(seen)) or set(seen) != release.partition.units:
        _broken(release, "a unit is in two groups or in none")
    if [leaf.units for leaf in release.groups] != sorted(leaf.units for leaf in release.groups):
        _broken(release, "its groups are not in order")
    rests = [leaf.parent for leaf in release.groups if leaf.rest]
    if len(rests) != len(set(rests)):
        _broken(release, "one parent has two rests")


def _require_cells(release: Release, group: PublishedGroup, shown: Shown) -> None:
    if set(group.cells) != {scale.name for scale in release.scales}:
        _broken(release, f"'{group.label}' does not show every question once")
    for scale in release.scales:
        cell = group.cells[scale.name]
        _require_cell(release, group, scale, cell)
        if cell.change != change_between(cell.band, shown.bands(group.units, scale.name)):
            _broken(
                release, f"the change of '{group.label}' in '{scale.name}' does not follow from its bands"
            )


def _require_cell(release: Release, group: PublishedGroup, scale: AnswerScale, cell: Cell) -> None:
    if (cell.size is None) != (cell.band is None):
        _broken(release, f"'{group.label}' shows a size without a band in '{scale.name}', or the reverse")
    if cell.size is None:
        return
    if cell.size.high is not None and cell.size.high < release.floor:
        _broken(release, f"'{group.label}' shows fewer voices than the floor in '{scale.name}'")
    if cell.band not in bands(cell.size, share=scale.is_share, rule=release.rule):
        _broken(release, f"the band of '{group.label}' in '{scale.name}' is none of its size class")


def _broken(release: Release, why: str) -> NoReturn:
    refuse(DisclosureFault.RELEASE_RULE_BROKEN, round=release.round, why=why)
