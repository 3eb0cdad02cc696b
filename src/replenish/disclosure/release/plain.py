"""Releases as plain data, and back: reading checks everything, because a file may have been changed."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import SIZE_CLASSES, Band, SizeClass
from replenish.disclosure.change import Change
from replenish.disclosure.construction import KEY, require_genuine
from replenish.disclosure.fields import Fields, fields_of
from replenish.disclosure.model_results.plain import model_result_from_plain
from replenish.disclosure.partition.groups import Partition, ReportingGroup, UnitPath
from replenish.disclosure.release.chain import require_next
from replenish.disclosure.release.published import (
    Cell,
    ParentCell,
    PublishedGroup,
    PublishedParent,
    Release,
)
from replenish.disclosure.release.rules import require_content, require_rules
from replenish.disclosure.scale import AnswerScale


def to_plain(release: Release) -> dict[str, object]:
    """A release as plain data: dictionaries, lists, text and numbers.

    Raises:
        Refused: it was made or changed elsewhere.
    """
    require_genuine(release, Release)
    return {**release.content(), "hash": release.hash}


def from_plain(plain: object, *, earlier: Sequence[Release] = ()) -> Release:
    """A release from plain data, when it says nothing that this software could not have published.

    Args:
        plain: as `to_plain` writes it.
        earlier: the releases before it, oldest first; arrows and the chain are checked against them.

    Raises:
        Refused: it is not a release, its content does not have the hash it names, or it breaks a rule.
    """
    release = _as_written(plain)
    require_rules(release, earlier=earlier)
    return release


def chain_from_plain(entries: Sequence[object], *, known: Sequence[Release] = ()) -> list[Release]:
    """All releases of a chain, oldest first; each is looked at once, and checked against those before it.

    Args:
        entries: as `to_plain` writes them.
        known: what this function gave for the entries before these.

    Raises:
        Refused: one does not fit; the sentence names its round.
    """
    releases = list(known)
    for entry in entries:
        release = _as_written(entry)
        require_next(releases, release)
        require_content(release, earlier=releases)
        releases.append(release)
    return releases


def _as_written(plain: object) -> Release:
    """The release that is written there, whatever it says.

    Raises:
        Refused: it is not a release, or its content does not have the hash it names.
    """
    read = fields_of(
        plain,
        "release",
        (
            "round",
            "season",
            "rule",
            "floor",
            "partition",
            "scales",
            "groups",
            "parents",
            "response_quarter",
            "model_results",
            "previous",
            "hash",
        ),
    )
    release = Release(
        round=read.text("round"),
        season=read.whole("season"),
        rule=read.text("rule"),
        floor=read.whole("floor"),
        partition=_partition(read),
        scales=tuple(_scale(scale) for scale in read.list("scales")),
        groups=tuple(_group(group) for group in read.list("groups")),
        parents=tuple(_parent(parent) for parent in read.list("parents")),
        response_quarter=read.text_or_none("response_quarter"),
        model_results=tuple(model_result_from_plain(result) for result in read.list("model_results")),
        previous=read.text_or_none("previous"),
        key=KEY,
    )
    if release.hash != read.text("hash"):
        refuse(DisclosureFault.RELEASE_HASH, round=release.round)
    return release


def _partition(read: Fields) -> Partition:
    plain = fields_of(read["partition"], "partition", ("groups", "reason", "id"))
    groups = []
    for entry in plain.list("groups"):
        group = fields_of(entry, "reporting group", ("label", "units", "parent", "alone"))
        groups.append(
            ReportingGroup(
                label=group.text("label"),
                units=_units(group),
                parent=group.path("parent"),
                alone=group.truth("alone"),
            )
        )
    partition = Partition(groups=tuple(groups), reason=plain.text_or_none("reason"))
    if partition.id != plain.text("id"):
        refuse(DisclosureFault.RELEASE_HASH, round=read.text("round"))
    return partition


def _units(read: Fields) -> tuple[UnitPath, ...]:
    return tuple(fields_of({"unit": unit}, "unit", ("unit",)).path("unit") for unit in read.list("units"))


def _scale(plain: object) -> AnswerScale:
    read = fields_of(plain, "scale", ("name", "low", "high", "step"))
    return AnswerScale(
        name=read.text("name"),
        low=read.number("low"),
        high=read.number("high"),
        step=read.number_or_none("step"),
    )


def _group(plain: object) -> PublishedGroup:
    read = fields_of(plain, "group", ("label", "units", "parent", "rest", "cells"))
    return PublishedGroup(
        label=read.text("label"),
        units=_units(read),
        parent=read.path("parent"),
        rest=read.truth("rest"),
        cells={name: _cell(cell) for name, cell in read.mapping("cells").items()},
    )


def _cell(plain: object) -> Cell:
    read = fields_of(plain, "cell", ("size", "band", "change"))
    size = read.text_or_none("size")
    return Cell(
        size=None if size is None else _size_class(size),
        band=None if read["band"] is None else _band(read),
        change=_change(read),
    )


def _change(read: Fields) -> Change | None:
    changes: dict[str | None, Change | None] = {None: None, "higher": "higher", "lower": "lower"}
    change = read.text_or_none("change")
    if change not in changes:
        refuse(DisclosureFault.RELEASE_FORMAT, why=f"the change '{change}' is neither higher nor lower")
    return changes[change]


def _size_class(label: str) -> SizeClass:
    classes = {candidate.label: candidate for candidate in SIZE_CLASSES}
    if label not in classes:
        refuse(DisclosureFault.SIZE_CLASS_UNKNOWN, size=label)
    return classes[label]


def _band(read: Fields) -> Band:
    ends = read.list("band")
    if len(ends) != 2:
        refuse(DisclosureFault.RELEASE_FORMAT, why="a band has two ends")
    low, high = (fields_of({"end": end}, "band", ("end",)).number("end") for end in ends)
    return Band(low, high)


def _parent(plain: object) -> PublishedParent:
    read = fields_of(plain, "parent", ("label", "path", "members", "cells"))
    cells: dict[str, ParentCell] = {}
    for name, entry in read.mapping("cells").items():
        cell = fields_of(entry, "parent cell", ("low", "middle", "high"))
        cells[name] = ParentCell(cell.number("low"), cell.number("middle"), cell.number("high"))
    return PublishedParent(
        label=read.text("label"), path=read.path("path"), members=read.path("members"), cells=cells
    )
