"""Small organisations with published figures, for the tests of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.construction import KEY
from replenish.disclosure.model_results import ModelResult, disclose_icc
from replenish.disclosure.partition import headcount_of_rows, plan_partition
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.scale import AnswerScale
from replenish.report import Question, Report, build_report, own_question, plain_question

PUBLISHED = date(2026, 5, 4)
SCALES = (
    AnswerScale("overload", 0, 100),
    AnswerScale("process", 0, 100),
    AnswerScale("hours", 0, 24),
)
QUESTIONS = (
    own_question("overload", "outcome"),
    own_question("process", "condition"),
    plain_question("hours", "condition"),
)
SIZES: dict[tuple[str, ...], int] = {
    ("Medicine", "Oak"): 30,
    ("Medicine", "Ash"): 14,
    ("Medicine", "Elm"): 3,
    ("Surgery", "Birch"): 11,
    ("Surgery", "Willow"): 26,
    ("Surgery", "Rowan"): 4,
}


def rows(sizes: Mapping[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    """One unit path for each person."""
    return [path for path, people in sizes.items() for _ in range(people)]


def answers(
    people: int, *, seed: int = 7, scales: Sequence[AnswerScale] = SCALES
) -> dict[str, NDArray[np.float64]]:
    """Answers by scale, shape (people,), anywhere in the range."""
    chance = np.random.default_rng(seed)
    return {scale.name: chance.uniform(scale.low, scale.high, people) for scale in scales}


def printed(outcome: str, condition: str, kind: str, *, conditions: int, estimate: float) -> ModelResult:
    """An effect as the disclosure room prints it, in steps of one point."""
    return ModelResult(
        outcome=outcome,
        condition=condition,
        kind=kind,
        estimate=estimate,
        low=estimate - 8.0,
        high=estimate + 9.0,
        step=1.0,
        words=None,
        people_class="6400+",
        groups_class="80+",
        conditions=conditions,
        key=KEY,
    )


def effects(
    outcome: str, conditions: Sequence[str], *, icc: float = 0.1, strongest: float = -21.0
) -> list[ModelResult]:
    """Results of a model over many people, the strongest first; the others come nearer to nothing."""
    results = [disclose_icc(outcome=outcome, icc=icc, people=7000, groups=99)]
    for place, condition in enumerate(conditions):
        for kind, shift in (("own reports", 0.0), ("split voice", 5.0)):
            estimate = strongest + 12.0 * place + shift
            results.append(printed(outcome, condition, kind, conditions=len(conditions), estimate=estimate))
    return results


def release(
    sizes: Mapping[tuple[str, ...], int] = SIZES,
    *,
    round_name: str = "Round 1",
    scales: Sequence[AnswerScale] = SCALES,
    earlier: Sequence[Release] = (),
    seed: int = 7,
    results: Sequence[ModelResult] = (),
    values: Mapping[str, NDArray[np.float64]] | None = None,
) -> Release:
    """A release over made-up answers."""
    units = rows(sizes)
    return make_release(
        round=round_name,
        partition=earlier[-1].partition if earlier else plan_partition(headcount_of_rows(units)),
        units=units,
        values=answers(len(units), seed=seed, scales=scales) if values is None else values,
        scales=scales,
        earlier=earlier,
        model_results=results,
    )


def report(
    *releases: Release, questions: Sequence[Question] = QUESTIONS, title: str = "Hill House"
) -> Report:
    """The report on the last of these releases."""
    return build_report(releases, questions, title=title, published=PUBLISHED)


def full_report() -> Report:
    """A report with bands, merged groups, parents and model results."""
    return report(release(results=effects("overload", ["process", "hours"])))
