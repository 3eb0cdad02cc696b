"""The close of a round: from rows of answers to the one release that may be reported on.

Rows go in and a `Release` comes out. Moments, models and unrounded figures live only while this runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import Refused
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.model_results import (
    LEAST_GROUPS,
    LEAST_PEOPLE,
    ModelResult,
    disclose_effect,
    disclose_icc,
    disclose_share_explained,
)
from replenish.disclosure.partition import (
    Partition,
    UnitPath,
    clean_paths,
    headcount_of_rows,
    plan_partition,
)
from replenish.disclosure.release import Release, make_release, with_model_results
from replenish.disclosure.scale import AnswerScale
from replenish.report.questions import Question
from replenish.statistics.conditions import ConditionEffect, ConditionEffects, SplitVoice, condition_effects
from replenish.statistics.unit_moments import UnitMoments

Floats = NDArray[np.float64]
Progress = Callable[[str], None]

LEVEL = 0.95
UNSHOWN = -1


def close_round(
    *,
    round: str,  # noqa: A002 - the word of the field for what is released
    units: Sequence[UnitPath],
    values: Mapping[str, Floats],
    scales: Sequence[AnswerScale],
    questions: Sequence[Question],
    partition: Partition | None = None,
    headcount: Mapping[UnitPath, int] | None = None,
    earlier: Sequence[Release] = (),
    floor: int = FLOOR,
    new_season: bool = False,
    disjoint: bool = False,
    progress: Progress | None = None,
) -> Release:
    """Form the groups, find what goes with each outcome, and make the release of the round.

    Models compare reporting groups, never units, and leave out the rows of groups that are not shown for
    one of the questions: nothing is computed from people about whom nothing is said.

    Args:
        round: the name of the round, new in the chain.
        units: for each row, the path of one person's unit, outermost level first.
        values: for each scale, shape (rows,), raw answers, NaN is missing.
        scales: the questions with their ranges of possible answers.
        questions: which of them are outcomes and which conditions.
        partition: the groups of the season; those of the release before, or a new plan, unless given.
        headcount: people by unit; the rows themselves unless given.
        earlier: the releases before this one, oldest first.
        floor: the least number of voices; settings may raise it.
        new_season: begin a season, for which the groups may be planned anew.
        disjoint: the questions are known to rest on different items; see `make_release`.
        progress: told in a few words what is being done; never told a figure.

    Raises:
        Refused: whatever `plan_partition` and `make_release` refuse.
    """
    tell = progress or _silently
    units = clean_paths(units)
    tell("Forming the groups")
    bands = make_release(
        round=round,
        partition=partition
        or _planned(headcount or headcount_of_rows(units), earlier, new_season=new_season),
        units=units,
        values=values,
        scales=scales,
        earlier=earlier,
        headcount=headcount,
        floor=floor,
        new_season=new_season,
        disjoint=disjoint,
    )
    results = [
        result
        for outcome in outcomes_to_link(questions)
        for result in _told_links(outcome, questions, bands, units, values, tell)
    ]
    return with_model_results(bands, results) if results else bands


def _planned(people: Mapping[UnitPath, int], earlier: Sequence[Release], *, new_season: bool) -> Partition:
    """The groups of the release before, or a new plan where there is none or a season begins."""
    last = earlier[-1].partition if earlier else None
    return plan_partition(people, earlier=last) if last is None or new_season else last


def outcomes_to_link(questions: Sequence[Question]) -> list[str]:
    """The outcomes; none where there is no condition to link them with."""
    if not any(question.role == "condition" for question in questions):
        return []
    return [question.name for question in questions if question.role == "outcome"]


def _told_links(
    outcome: str,
    questions: Sequence[Question],
    bands: Release,
    units: Sequence[UnitPath],
    values: Mapping[str, Floats],
    tell: Progress,
) -> list[ModelResult]:
    """The links with one outcome, saying what is being done."""
    tell(f"Looking for what goes with {outcome}")
    conditions = [question.name for question in questions if question.role == "condition"]
    found = links_with(outcome, conditions, bands, units, values)
    if not found:
        tell(f"No links are shown for {outcome}: too few people or groups, or no differences to compare")
    return found


def links_with(
    outcome: str,
    conditions: Sequence[str],
    bands: Release,
    units: Sequence[UnitPath],
    values: Mapping[str, Floats],
) -> list[ModelResult]:
    """Everything that may be printed about one outcome; nothing where too few people or groups are left.

    Args:
        outcome: its name.
        conditions: their names.
        bands: which groups are shown, and the ranges of the questions.
        units: as in `close_round`.
        values: as in `close_round`.
    """
    names = [outcome, *conditions]
    group = shown_group_of_row(bands, units, names)
    kept = group != UNSHOWN
    scale = {scale.name: scale for scale in bands.scales}
    columns = {name: scale[name].to_points(values[name])[kept] for name in names}
    if not kept.any():
        return []
    moments = UnitMoments.of(columns, group[kept], per_unit_products=True)
    if not enough(moments.rows, len(moments.n)):
        return []
    try:
        # Naming every condition makes each contrast run from the lower to the upper quarter.
        effects = condition_effects(moments, outcome, conditions, higher_is_better=conditions, level=LEVEL)
    except Refused:
        # Groups alike in every condition, or too few of them for so many: there is no contrast to print.
        return []
    return _printable(effects)


def shown_group_of_row(bands: Release, units: Sequence[UnitPath], names: Sequence[str]) -> NDArray[np.int64]:
    """The position of each row's published group; -1 where the group shows no band for one of the names."""
    position: dict[UnitPath, int] = {}
    for place, group in enumerate(bands.groups):
        if all(group.cells[name].band is not None for name in names):
            position |= dict.fromkeys(group.units, place)
    return np.array([position.get(tuple(unit), UNSHOWN) for unit in units], dtype=np.int64)


def _printable(effects: ConditionEffects) -> list[ModelResult]:
    people, groups = effects.n, effects.units
    icc, share = max(0.0, min(1.0, effects.icc)), effects.share_explained.estimate
    results = [
        disclose_icc(outcome=effects.outcome, icc=icc, people=people, groups=groups),
        disclose_share_explained(outcome=effects.outcome, share=share, people=people, groups=groups),
    ]
    for name, effect in effects.conditions.items():
        results += _effect(effects, name, effect)
    return results


def _effect(effects: ConditionEffects, name: str, effect: ConditionEffect) -> list[ModelResult]:
    """Own reports, and the others' reports where these are reliable enough to be used."""
    own = effect.quarter
    results = [
        disclose_effect(
            outcome=effects.outcome,
            condition=name,
            kind="own reports",
            estimate=own.estimate,
            low=own.low,
            high=own.high,
            people=effects.n,
            groups=effects.units,
            conditions=len(effects.conditions),
        )
    ]
    split = effect.split_voice
    if isinstance(split, SplitVoice) and enough(split.effect.people, split.effect.units):
        results.append(
            disclose_effect(
                outcome=effects.outcome,
                condition=name,
                kind="split voice",
                estimate=split.quarter.estimate,
                low=split.quarter.low,
                high=split.quarter.high,
                people=split.effect.people,
                groups=split.effect.units,
                conditions=1 + len(split.held_equal),
            )
        )
    return results


def enough(people: int, groups: int) -> bool:
    """Whether a model rests on enough people in enough groups to be printed."""
    return people >= LEAST_PEOPLE and groups >= LEAST_GROUPS


def _silently(_: str) -> None:
    """Told nothing, says nothing."""
