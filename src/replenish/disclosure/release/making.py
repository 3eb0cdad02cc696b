"""The one way from answers to a release: at the close of a round, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Refused, problem, refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands import FLOOR, RULE, Band, band_of, effective_floor, size_class
from replenish.disclosure.change import change_between
from replenish.disclosure.construction import KEY
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.partition.groups import Partition, UnitPath
from replenish.disclosure.partition.names import clean_paths
from replenish.disclosure.release.chain import require_successor
from replenish.disclosure.release.leaves import Leaf, form_leaves, rows_by_leaf
from replenish.disclosure.release.overlap import refuse_overlapping_questions
from replenish.disclosure.release.parents import publish_parents
from replenish.disclosure.release.published import (
    NOT_ENOUGH_VOICES,
    Cell,
    PublishedGroup,
    Release,
    Shown,
)
from replenish.disclosure.release.response import response_quarter
from replenish.disclosure.release.results import in_order
from replenish.disclosure.scale import PROBLEMS_LISTED, AnswerScale


def make_release(
    *,
    round: str,  # noqa: A002 - the word of the field for what is released
    partition: Partition,
    units: Sequence[UnitPath],
    values: Mapping[str, NDArray[np.float64]],
    scales: Sequence[AnswerScale],
    earlier: Sequence[Release] = (),
    headcount: Mapping[UnitPath, int] | None = None,
    model_results: Sequence[ModelResult] = (),
    floor: int = FLOOR,
    new_season: bool = False,
    disjoint: bool = False,
) -> Release:
    """Turn the answers of one round into what may be said about them.

    Args:
        round: the name of the round; never used before in the chain.
        partition: the reporting groups of the season.
        units: for each row, the unit of one person; one row is one person's contribution.
        values: for each scale, shape (rows,), raw answers; NaN is missing.
        scales: the questions with their ranges; each once, and never both a scale and its items.
        earlier: the releases before this one, oldest first; same questions and rule, no higher floor.
        headcount: people by unit; gives the response of the whole organisation in quarters.
        model_results: from `disclose_effect` and its like.
        floor: may raise `FLOOR`; nothing lowers it.
        new_season: begin a season; only then may the groups be others than in the release before.
        disjoint: the questions rest on different items: no answer is searched for relations between them.

    Raises:
        Refused: impossible answers or unknown units (by row), more answers than people, questions that
            follow from one another, a chain or groups that do not fit, a model result made elsewhere.
    """
    floor, units = effective_floor(floor), clean_paths(units)
    scales = tuple(sorted(scales, key=lambda scale: scale.name))
    answers = _checked_answers(units, values, scales)
    season = require_successor(earlier, round, partition, scales, floor, new_season=new_season)
    groups: tuple[PublishedGroup, ...] = ()
    quarter: str | None = None
    if partition.groups:
        group_of_row, contributed = _group_of_each_row(partition, units), _contributed(answers)
        if not disjoint:
            refuse_overlapping_questions(answers)
        quarter = None if headcount is None else response_quarter(partition, units, contributed, headcount)
        leaves = _leaves(partition, group_of_row[contributed], floor)
        groups = _published(leaves, group_of_row, {s: answers[s.name] for s in scales}, earlier, floor)
    return Release(
        round=round,
        season=season,
        rule=RULE,
        floor=floor,
        partition=partition,
        scales=scales,
        groups=groups,
        parents=publish_parents(groups, [scale.name for scale in scales]),
        response_quarter=quarter,
        model_results=in_order(model_results, partition),
        previous=earlier[-1].hash if earlier else None,
        key=KEY,
    )


def _contributed(answers: Mapping[str, NDArray[np.float64]]) -> NDArray[np.bool_]:
    """Shape (rows,): whether the row holds any answer."""
    return np.asarray(~np.all([np.isnan(column) for column in answers.values()], axis=0), dtype=np.bool_)


def _leaves(partition: Partition, group_of_voice: NDArray[np.int64], floor: int) -> list[Leaf]:
    return form_leaves(partition, np.bincount(group_of_voice, minlength=len(partition.groups)), floor=floor)


def _published(
    leaves: list[Leaf],
    group_of_row: NDArray[np.int64],
    answers: Mapping[AnswerScale, NDArray[np.float64]],
    earlier: Sequence[Release],
    floor: int,
) -> tuple[PublishedGroup, ...]:
    rows, shown = rows_by_leaf(leaves, group_of_row), Shown(earlier)
    return tuple(
        _published_group(leaf, {s: column[rows[position]] for s, column in answers.items()}, shown, floor)
        for position, leaf in enumerate(leaves)
    )


def _published_group(
    leaf: Leaf, answers: Mapping[AnswerScale, NDArray[np.float64]], shown: Shown, floor: int
) -> PublishedGroup:
    cells: dict[str, Cell] = {}
    for scale, column in answers.items():
        present = column[~np.isnan(column)]
        before = shown.bands(leaf.units, scale.name)
        cells[scale.name] = disclose_cell(scale, present, before, floor=floor)
    return PublishedGroup(leaf.label, leaf.units, leaf.parent, rest=leaf.rest, cells=cells)


def disclose_cell(
    scale: AnswerScale, answers: NDArray[np.float64], before: Sequence[Band | None], *, floor: int
) -> Cell:
    """What is said about one leaf and one question; nothing, or a band, by the number of answers alone.

    Args:
        scale: the question.
        answers: shape (n,), the leaf's answers without missing ones.
        before: the bands published for the same leaf in earlier rounds, oldest first.
        floor: the least number of voices.
    """
    if answers.size < max(floor, FLOOR):
        return NOT_ENOUGH_VOICES
    size = size_class(answers.size)
    band = band_of(scale.mean_points(answers), size, share=scale.is_share)
    return Cell(size=size, band=band, change=change_between(band, before))


def _checked_answers(
    units: Sequence[UnitPath], values: Mapping[str, NDArray[np.float64]], scales: Sequence[AnswerScale]
) -> dict[str, NDArray[np.float64]]:
    if not scales:
        refuse(DisclosureFault.RELEASE_SCALES_EMPTY)
    names = [scale.name for scale in scales]
    for name in names:
        if names.count(name) > 1:
            refuse(DisclosureFault.RELEASE_SCALE_TWICE, scale=name)
    for name in sorted(set(names) ^ set(values)):
        refuse(DisclosureFault.RELEASE_SCALE_VALUES, scale=name)
    answers = {}
    for scale in scales:
        column = scale.checked(values[scale.name])
        if column.size != len(units):
            refuse(DisclosureFault.RELEASE_ROWS, scale=scale.name, units=len(units), answers=column.size)
        answers[scale.name] = column
    return answers


def _group_of_each_row(partition: Partition, units: Sequence[UnitPath]) -> NDArray[np.int64]:
    position = {unit: place for place, group in enumerate(partition.groups) for unit in group.units}
    found = [position.get(unit, -1) for unit in units]
    unknown = [row for row, place in enumerate(found) if place < 0]
    if unknown:
        raise Refused(
            [
                problem(DisclosureFault.UNIT_UNKNOWN, row=row + 1, unit=" / ".join(units[row]))
                for row in unknown[:PROBLEMS_LISTED]
            ]
        )
    return np.array(found, dtype=np.int64)
