"""The release of a round is a function of what each group said, in any order and under any names."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conditions import worlds
from tests.conditions.instances import Instance

from replenish.basis.identifiers import canonical_json
from replenish.conditions import computing, gate
from replenish.conditions.asked import Asked, asked_by
from replenish.conditions.computing import Terms, compute
from replenish.conditions.models import PublishedRelease
from replenish.conditions.partitions import people_by_group
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import to_plain
from replenish.report.closing import close_round

pytestmark = pytest.mark.patient

HEADCOUNT: dict[tuple[str, ...], int] = {
    ("M", "Ash"): 20,
    ("M", "Elm"): 14,
    ("S", "Fir"): 30,
    ("S", "Yew"): 12,
}
PARTITION = plan_partition(HEADCOUNT)
CODES = {group.label: f"code {place}" for place, group in enumerate(PARTITION.groups)}
PEOPLE = people_by_group(PARTITION, HEADCOUNT)
SCALES = (
    Asked("load", 0, 100, "outcome"),
    Asked("heard", 0, 100, "condition"),
    Asked("time", 0, 100, "condition"),
)
TERMS = Terms("round 1", PARTITION, CODES, PEOPLE, SCALES, 7, (), new_season=False)
SCORE = st.one_of(st.just(float("nan")), st.floats(0, 100).map(lambda value: round(value, 9)))


def _bytes(terms: Terms, groups: list[str], scores: dict[str, Any]) -> str:
    return canonical_json(to_plain(compute(terms, groups, scores).release))


@given(
    rows=st.lists(st.tuples(st.sampled_from(sorted(CODES.values())), SCORE, SCORE, SCORE), max_size=60),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_order_of_contributions_changes_a_byte(
    rows: list[tuple[str, float, float, float]], seed: int
) -> None:
    """Exchangeability: two members of a group who swap everything leave the same release."""

    def released(chosen: list[tuple[str, float, float, float]]) -> str:
        columns = {
            scale.name: np.array([row[place] for row in chosen], dtype=np.float64)
            for place, scale in enumerate(SCALES, 1)
        }
        return _bytes(TERMS, [row[0] for row in chosen], columns)

    order = np.random.default_rng(seed).permutation(len(rows))
    assert released(rows) == released([rows[place] for place in order])


@given(seed=st.integers(0, 2**32 - 1))
def test_no_order_of_contributions_reaches_the_sums(seed: int) -> None:
    """The last digit of a sum depends on the order of its terms, so they are brought into one order first."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(sorted(CODES.values()), 9)
    scores = {scale.name: rng.uniform(0, 100, groups.size) for scale in SCALES}
    scores["heard"][rng.random(groups.size) < 0.3] = np.nan
    received: list[bytes] = []

    def recorded(**named: Any) -> Any:  # noqa: ANN401
        columns = [named["values"][name].tobytes() for name in sorted(named["values"])]
        received.append(repr(named["units"]).encode() + b"".join(columns))
        return close_round(**named)

    order = rng.permutation(groups.size)
    with patch.object(computing, "close_round", recorded):
        compute(TERMS, groups.tolist(), scores)
        compute(TERMS, groups[order].tolist(), {name: column[order] for name, column in scores.items()})
    assert received[0] == received[1]


@pytest.mark.patient
def test_the_same_holds_where_models_are_fitted() -> None:
    rng = np.random.default_rng(5)
    headcount: dict[tuple[str, ...], int] = {("S", f"T{place:02d}"): 20 for place in range(12)}
    partition = plan_partition(headcount)
    codes = {group.label: f"code {place}" for place, group in enumerate(partition.groups)}
    terms = Terms(
        "round 1",
        partition,
        codes,
        people_by_group(partition, headcount),
        asked_by(),
        7,
        (),
        new_season=False,
    )
    groups = [code for code in codes.values() for _ in range(18)]
    level = np.repeat(rng.normal(0, 12, 12), 18)
    scores = {
        scale.name: np.clip(50 + level + rng.normal(0, 15, len(groups)), 0, 100) for scale in asked_by()
    }
    first = compute(terms, groups, scores).release
    assert first.model_results
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(groups))
        shuffled = {name: column[order] for name, column in scores.items()}
        assert compute(terms, [groups[place] for place in order], shuffled).release.hash == first.hash


def test_names_of_voices_change_no_byte(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a name decides is the order in which rows are stored and read."""
    row = worlds.ready_to_close(monkeypatch, salt="other names")
    body = gate.close(row.id).body
    season = row.season
    groups = worlds.groups_of(season, worlds.VOICES)
    scores = worlds.answers(len(groups), seed=1)
    terms = Terms(
        "round 1",
        plan_partition(worlds.HEADCOUNT),
        season.group_codes,
        row.people,
        asked_by(),
        7,
        (),
        new_season=False,
    )
    assert body == _bytes(terms, groups, scores)
    assert PublishedRelease.objects.count() == 1


def test_rows_of_a_group_that_does_not_exist_are_no_voices() -> None:
    groups = ["code 0"] * 9 + ["foreign"] * 9
    scores = {scale.name: np.full(18, 55.0) for scale in SCALES}
    alone = {scale.name: np.full(9, 55.0) for scale in SCALES}
    assert _bytes(TERMS, groups, scores) == _bytes(TERMS, ["code 0"] * 9, alone)


@settings(max_examples=20)
@given(more=st.integers(1, 5))
def test_a_group_with_too_many_voices_is_set_aside_whole(more: int) -> None:
    groups = ["code 0"] * (20 + more)
    computed = compute(TERMS, groups, {scale.name: np.full(20 + more, 55.0) for scale in SCALES})
    assert computed.set_aside == (PARTITION.groups[0].label,)
    assert all(cell.band is None for group in computed.release.groups for cell in group.cells.values())


def test_identical_answers_to_two_questions_stop_no_round() -> None:
    """A release that failed to appear would say that people answered two questions alike."""
    same = np.random.default_rng(3).uniform(20, 80, 30)
    computed = compute(TERMS, ["code 2"] * 30, {scale.name: same for scale in SCALES})
    assert any(cell.band for group in computed.release.groups for cell in group.cells.values())


@pytest.mark.parametrize("answer", ["halves", "fifths", "alike"])
def test_answers_that_say_one_another_exactly_stop_no_round(answer: str) -> None:
    """Also where models are fitted: nothing is left over there for them to explain."""
    headcount: dict[tuple[str, ...], int] = {("S", f"T{place:02d}"): 20 for place in range(8)}
    partition = plan_partition(headcount)
    codes = {group.label: f"code {place}" for place, group in enumerate(partition.groups)}
    people = people_by_group(partition, headcount)
    terms = Terms("round 1", partition, codes, people, asked_by(), 7, (), new_season=False)
    for voices in (7, 20):
        for seed in range(3):
            rng = np.random.default_rng(seed)
            said = {
                "halves": rng.choice([0.0, 100.0], 8 * voices),
                "fifths": rng.integers(0, 5, 8 * voices) * 25.0,
                "alike": np.full(8 * voices, 25.0),
            }[answer]
            groups = [code for code in codes.values() for _ in range(voices)]
            release = compute(terms, groups, {scale.name: said.copy() for scale in asked_by()}).release
            assert any(cell.band for group in release.groups for cell in group.cells.values())
