"""Small rounds of answers, released as the rule says or by a publisher with one fault."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack import Roster, RosterRow
from replenish.disclosure.bands import RULE, SIZE_CLASSES, Band, bands, size_class
from replenish.disclosure.change import change_between
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.release.parents import combine
from replenish.disclosure.scale import AnswerScale

Path = tuple[str, ...]
Answers = Mapping[Any, Sequence[float]]
# A mapping's keys are invariant: paths of one length are no paths of any length to the type checker.


@dataclass(frozen=True)
class Rounds:
    """Releases of some rounds, and who answered in them."""

    releases: tuple[Release, ...]
    roster: Roster


def simulated_rounds(
    *, teams: int, questions: int, rounds: int, seed: int, everybody: bool = False, lean: float = 0.5
) -> Rounds:
    """Releases of a random organisation: teams of 4 to 30 in services, four in five answering."""
    draw = np.random.default_rng(seed)
    head: dict[Path, int] = {
        (f"S{team % 4}", f"T{team:02d}"): int(draw.integers(4, 31)) for team in range(teams)
    }
    scales = [AnswerScale(f"q{at:02d}", 1.0, 5.0, 1.0 if at % 2 else None) for at in range(questions)]
    releases: list[Release] = []
    rows: list[RosterRow] = []
    for at in range(rounds):
        name = f"2026-{at + 1}"
        units = [
            unit for unit, people in head.items() for _ in range(people) if everybody or draw.random() < 0.8
        ]
        values: dict[str, NDArray[np.float64]] = {}
        for scale in scales:
            column = np.asarray(draw.binomial(4, lean, len(units)) + 1.0, dtype=np.float64)
            column[draw.random(len(units)) < 0.03] = np.nan
            values[scale.name] = column
            counted = Counter(
                unit for unit, answer in zip(units, column, strict=True) if not np.isnan(answer)
            )
            rows += [
                RosterRow(frozenset([unit]), people, frozenset([(name, scale.name)]))
                for unit, people in counted.items()
            ]
        releases.append(
            make_release(
                round=name,
                partition=plan_partition(head),
                units=units,
                values=values,
                scales=scales,
                earlier=tuple(releases),
                headcount=head,
            )
        )
    return Rounds(tuple(releases), Roster(tuple(rows)))


@dataclass(frozen=True)
class Rule:
    """How a publisher turns answers into a file; every field that differs from the default is a fault."""

    floor: int = 7
    below_floor: str = "4-6"
    cuts: Callable[[int], Sequence[float]] | Sequence[float] | None = None
    exact_n: bool = False
    besides: Callable[[list[float]], Mapping[str, object]] | Mapping[str, object] | None = None
    parent_from_answers: bool = False
    arrow_from_means: bool = False


def publish(
    rounds: Mapping[str, Answers],
    groups: Sequence[Sequence[Path]],
    rule: Rule | None = None,
    *,
    step: float | None = None,
    season: int = 1,
) -> list[dict[str, Any]]:
    """The plain content of releases over answers on 0-100, one question, as a publisher would print them."""
    rule = rule or Rule()
    out: list[dict[str, Any]] = []
    history: list[dict[str, tuple[float, float]]] = []
    means: list[dict[str, float]] = []
    for name, answers in rounds.items():
        leaves: list[dict[str, Any]] = []
        shown: dict[str, tuple[float, float]] = {}
        exact: dict[str, float] = {}
        for units in groups:
            label = " + ".join(unit[-1] for unit in units)
            voices = [answer for unit in units for answer in answers.get(unit, ())]
            cell = _cell(voices, rule)
            if cell["band"] is not None:
                low, high = cell["band"]
                shown[label], exact[label] = (low, high), float(np.mean(voices))
                cell["change"] = _arrow(label, history, means, shown, exact, rule)
            leaves.append(
                {
                    "label": label,
                    "units": [list(unit) for unit in units],
                    "parent": [],
                    "rest": False,
                    "cells": {"tired": cell},
                }
            )
        history.append(shown)
        means.append(exact)
        out.append(
            {
                "round": name,
                "season": season,
                "rule": RULE,
                "floor": max(rule.floor, 7),
                "partition": {
                    "groups": [
                        {"label": leaf["label"], "units": leaf["units"], "parent": [], "alone": True}
                        for leaf in leaves
                    ],
                    "reason": None,
                    "id": "",
                },
                "scales": [{"name": "tired", "low": 0, "high": 100, "step": step}],
                "groups": leaves,
                "parents": [_parent(leaves, answers, rule)],
                "response_quarter": None,
                "model_results": [],
                "previous": None,
                "hash": "",
            }
        )
    return out


def _cell(voices: list[float], rule: Rule) -> dict[str, Any]:
    n = len(voices)
    if n < rule.floor:
        return {"size": None, "band": None, "change": None}
    ends = [0.0, *_cuts(n, rule), 100.0]
    mean = Fraction(sum(Fraction(voice) for voice in voices), n)
    band = next([a, b] for a, b in itertools.pairwise(ends) if a <= mean < b or mean == b == 100)
    size = size_class(n).label if n >= 7 else rule.below_floor
    extra = rule.besides(voices) if callable(rule.besides) else rule.besides or {}
    return {"size": size, "band": band, "change": None, **({"n": n} if rule.exact_n else {}), **extra}


def _cuts(n: int, rule: Rule) -> Sequence[float]:
    if rule.cuts is None:
        return [band.high for band in bands(size_class(max(n, 7)))][:-1]
    return rule.cuts(n) if callable(rule.cuts) else rule.cuts


def _arrow(
    label: str,
    history: Sequence[Mapping[str, tuple[float, float]]],
    means: Sequence[Mapping[str, float]],
    shown: Mapping[str, tuple[float, float]],
    exact: Mapping[str, float],
    rule: Rule,
) -> str | None:
    if rule.arrow_from_means:
        if not means or label not in means[-1]:
            return None
        return "higher" if exact[label] > means[-1][label] else "lower"
    earlier = [Band(*past[label]) if label in past else None for past in history]
    return change_between(Band(*shown[label]), earlier)


def _parent(leaves: Sequence[Mapping[str, Any]], answers: Answers, rule: Rule) -> dict[str, Any]:
    named = {size.label: size for size in SIZE_CLASSES}
    cells = [leaf["cells"]["tired"] for leaf in leaves]
    published = [
        (Band(*cell["band"]), named[cell["size"]])
        for cell in cells
        if cell["band"] is not None and cell["size"] in named
    ]
    cell = combine(published)
    printed = cell.to_plain() if cell else None
    if rule.parent_from_answers:
        mean = float(np.mean([answer for voices in answers.values() for answer in voices]))
        low = 6.25 * (mean // 6.25)
        printed = {"low": low, "middle": low + 3.125, "high": low + 6.25}
    members = [leaf["label"] for leaf in leaves]
    return {
        "label": "The organisation",
        "path": [],
        "members": members,
        "cells": {"tired": printed} if printed else {},
    }


def roster_of(rounds: Mapping[str, Answers]) -> Roster:
    """Exactly who answered, by unit and round."""
    return Roster(
        tuple(
            RosterRow(frozenset([unit]), len(voices), frozenset([(name, None)]))
            for name, answers in rounds.items()
            for unit, voices in answers.items()
            if voices
        )
    )
