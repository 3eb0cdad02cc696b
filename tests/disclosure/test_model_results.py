import json
from itertools import pairwise, product

import numpy as np
import pytest
from scipy import stats
from tests.references import disclosure_ladder as simulation

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.model_results import (
    ModelResult,
    disclose_effect,
    disclose_icc,
    disclose_share_explained,
    most_useful_first,
)
from replenish.disclosure.model_results.disclosing import effect_words, round_to_step
from replenish.disclosure.model_results.ladder import (
    CONDITIONS_TO,
    EFFECT_KINDS,
    GROUPS_FROM,
    PEOPLE_FROM,
    STEPS,
    groups_class,
    people_class,
    printing_step,
)
from replenish.disclosure.model_results.plain import model_result_from_plain
from replenish.disclosure.model_results.usefulness import best_and_helpful
from replenish.disclosure.model_results.words import EFFECT_WORDS, ICC_WORDS, SHARE_WORDS
from replenish.statistics.influence import Kind, one_step_influence

pytestmark = pytest.mark.patient


def an_effect(
    estimate: float = 12.0,
    half: float = 40.0,
    *,
    outcome: str = "load",
    condition: str = "pace",
    kind: str = "own reports",
    people: int = 7000,
    groups: int = 90,
    conditions: int = 2,
) -> ModelResult:
    return disclose_effect(
        outcome=outcome,
        condition=condition,
        kind=kind,
        estimate=estimate,
        low=estimate - half,
        high=estimate + half,
        people=people,
        groups=groups,
        conditions=conditions,
    )


@pytest.mark.parametrize(("people", "groups"), [(49, 5), (50, 4), (0, 0), (10_000, 4)])
def test_below_fifty_people_in_five_groups_nothing_is_said(people: int, groups: int) -> None:
    with pytest.raises(Refused) as effect:
        an_effect(people=people, groups=groups)
    with pytest.raises(Refused) as icc:
        disclose_icc(outcome="load", icc=0.1, people=people, groups=groups)
    with pytest.raises(Refused) as share:
        disclose_share_explained(outcome="load", share=0.1, people=people, groups=groups)
    assert {r.value.fault for r in (effect, icc, share)} == {DisclosureFault.MODEL_RESULT_SMALL}


def test_numbers_are_multiples_of_the_step() -> None:
    result = an_effect(12.34, 40.0)
    assert result.step in STEPS
    for number in (result.estimate, result.low, result.high):
        assert number is not None
        assert number % result.step == 0
    assert result.words is None


def test_where_the_step_is_wider_than_half_the_interval_there_are_words_only() -> None:
    result = an_effect(0.4, 0.05, people=1000, groups=30)
    assert (result.estimate, result.low, result.high) == (None, None, None)
    assert result.words in EFFECT_WORDS


@pytest.mark.parametrize(
    ("rounded", "words"),
    [
        ((5.0, 5.0, 10.0), "goes with more"),
        ((-5.0, -5.0, -5.0), "goes with less"),
        ((0.0, 0.0, 5.0), "cannot tell"),
        ((0.0, -5.0, 0.0), "cannot tell"),
    ],
)
def test_the_words_follow_from_the_rounded_numbers(rounded: tuple[float, float, float], words: str) -> None:
    assert effect_words(rounded) == words


def test_answers_that_round_alike_read_alike() -> None:
    assert an_effect(12.1, 40.2).to_plain() == an_effect(12.2, 40.25).to_plain()


def test_rounding_goes_to_the_nearest_step_and_knows_no_negative_zero() -> None:
    assert [round_to_step(v, 5) for v in (2.4, 2.6, -7.4, -0.1)] == [0, 5, -5, 0]
    assert str(round_to_step(-0.1, 5)) == "0.0"


@pytest.mark.parametrize(
    ("estimate", "low", "high"),
    [(float("nan"), 0, 1), (0, float("-inf"), 1), (5, 6, 7), (5, 1, 4), (1, 2, 0)],
)
def test_numbers_that_are_no_interval_are_refused(estimate: float, low: float, high: float) -> None:
    with pytest.raises(Refused) as refused:
        disclose_effect(
            outcome="load",
            condition="pace",
            kind="own reports",
            estimate=estimate,
            low=low,
            high=high,
            people=100,
            groups=10,
        )
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_NUMBERS


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        an_effect(kind="histogram")
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_KIND


def test_a_model_without_conditions_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        an_effect(conditions=0)
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_KIND


def test_more_conditions_than_were_simulated_give_no_numbers() -> None:
    assert an_effect(conditions=11).words == "one person's answers would move it too much"


def test_classes_begin_at_the_least_that_is_allowed() -> None:
    assert [people_class(n) for n in (50, 99, 100, 6399, 6400, 10**6)] == [
        "50-99",
        "50-99",
        "100-199",
        "3200-6399",
        "6400+",
        "6400+",
    ]
    assert [groups_class(n) for n in (5, 9, 10, 79, 80, 5000)] == [
        "5-9",
        "5-9",
        "10-19",
        "40-79",
        "80+",
        "80+",
    ]


def test_every_step_is_on_the_ladder_and_more_people_never_make_it_wider() -> None:
    for kind, groups, most in product(EFFECT_KINDS, GROUPS_FROM, CONDITIONS_TO):
        steps = [
            printing_step(kind, people_class(people), groups_class(groups), most)
            for people in PEOPLE_FROM
            if people >= simulation.SMALLEST_GROUP * groups and groups >= most + 3
        ]
        assert all(step is None or step in STEPS for step in steps)
        widths = [float("inf") if step is None else step for step in steps]
        assert all(larger <= smaller for smaller, larger in pairwise(widths))


def test_the_table_says_when_and_how_it_was_made() -> None:
    table = json.loads(simulation.LADDER.read_text(encoding="utf-8"))
    assert table["made_on"] > "2026"
    assert table["command"].startswith("python -m tests.references.disclosure_ladder")
    assert tuple(table["people"]) == PEOPLE_FROM
    assert tuple(table["conditions"]) == CONDITIONS_TO
    for row in table["table"]:
        if row["step"] is not None:
            held = simulation.MARGIN[row["kind"]] * row["largest_movement"]
            assert held <= row["step"] / 2 + 0.001
            assert row["step"] == STEPS[0] or held > STEPS[STEPS.index(row["step"]) - 1] / 2 - 0.001


@pytest.mark.parametrize("kind", simulation.KINDS)
def test_at_most_one_in_a_hundred_fresh_organisations_goes_beyond_half_a_step(kind: str) -> None:
    """Counted with the steps that are printed, over all classes that have one."""
    table = json.loads(simulation.LADDER.read_text(encoding="utf-8"))["table"]
    fresh = beyond = 0
    for row in table:
        step = printing_step(
            kind, people_class(row["people"]), groups_class(row["groups"]), row["conditions"]
        )
        if row["kind"] == kind and step is not None:
            fresh += row["fresh_organisations"]
            beyond += sum(movement > step / 2 for movement in row["largest_fresh_movements"])
    assert fresh >= 150
    assert beyond <= fresh / 100


@pytest.mark.parametrize("kind", simulation.KINDS)
@pytest.mark.parametrize(("people", "groups"), [(100, 5), (400, 20), (800, 40)])
def test_in_a_fresh_organisation_nobody_moves_an_effect_by_more_than_half_a_step(
    kind: Kind, people: int, groups: int
) -> None:
    step = printing_step(kind, people_class(people), groups_class(groups), 2)
    for seed in range(3):
        rng = np.random.default_rng([99, seed])
        moved = simulation.largest_movement(simulation.draw_organisation(rng, people, groups, 2), kind, rng)
        assert step is None or moved is None or moved <= step / 2


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", simulation.KINDS)
def test_the_people_moved_are_those_who_move_most(kind: Kind, seed: int) -> None:
    """Against moving everybody: a sample of extreme people finds most of the largest movement."""
    rng = np.random.default_rng([3, seed])
    organisation = simulation.draw_organisation(rng, 200, 20, 3)
    names = list(organisation.columns)
    everybody = one_step_influence(
        organisation.columns,
        organisation.groups,
        names[0],
        names[1:],
        dict.fromkeys(names, (0.0, 100.0)),
        kind=kind,
    )
    sampled = simulation.largest_movement(organisation, kind, rng)
    assert sampled is not None
    assert sampled <= max(everybody.values()) + 1e-9
    assert simulation.MARGIN[kind] * sampled >= max(everybody.values())


def test_the_simulation_gives_the_same_movement_twice() -> None:
    first, second = (simulation.movements(7, "own reports", 100, 10, 2, 3) for _ in range(2))
    assert first == second
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    ("movement", "step"), [(0.0, 1), (0.5, 1), (0.51, 2), (1.0, 2), (2.5, 5), (10.0, 20), (10.1, None)]
)
def test_half_a_step_holds_the_movement(movement: float, step: int | None) -> None:
    assert simulation.step_for(movement) == step


@pytest.mark.parametrize(
    ("icc", "words"),
    [(0.0, 0), (0.049, 0), (0.05, 1), (0.149, 1), (0.15, 2), (1.0, 2)],
)
def test_how_much_units_differ_is_said_in_three_phrases(icc: float, words: int) -> None:
    result = disclose_icc(outcome="load", icc=icc, people=60, groups=6)
    assert result.words == ICC_WORDS[words]
    assert (result.estimate, result.low, result.high, result.step) == (None, None, None, None)


@pytest.mark.parametrize(("share", "words"), [(0.0, 0), (0.24, 0), (0.25, 1), (0.75, 2), (1.0, 2)])
def test_the_share_explained_is_said_in_three_phrases(share: float, words: int) -> None:
    result = disclose_share_explained(outcome="load", share=share, people=60, groups=6)
    assert result.words == SHARE_WORDS[words]


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan")])
def test_a_share_outside_0_to_1_is_refused(value: float) -> None:
    with pytest.raises(Refused) as refused:
        disclose_icc(outcome="load", icc=value, people=60, groups=6)
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_NUMBERS


def anova_icc(values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """ICC(1) of equal groups (rows), not below zero."""
    n = values.shape[1]
    between = n * values.mean(axis=1).var(ddof=1)
    within = values.var(axis=1, ddof=1).mean()
    return float(max(0.0, (between - within) / (between + (n - 1) * within)))


@pytest.mark.parametrize("known", list(product((0.0, 100.0), repeat=3)))
def test_each_phrase_stays_possible_whatever_three_people_answered(known: tuple[float, ...]) -> None:
    """One person and two colluders at any corner: the others' answers can still lead to every phrase."""
    alike = np.tile(np.array([*known, 0, 0, 0, 100, 100, 100, 50.0]), (5, 1))
    apart = np.array([[0.0] * 10, [0.0] * 10, [100.0] * 10, [100.0] * 10, [100.0] * 10])
    apart[0, :3] = known
    met = set()
    # The three known answers stay; the others go from the same in all units to as different as can be.
    for step in np.linspace(0, 1, 201):
        values = (1 - step) * alike + step * apart
        values[0, :3] = known
        met.add(disclose_icc(outcome="load", icc=anova_icc(values), people=50, groups=5).words)
    assert met == set(ICC_WORDS)


def test_printed_results_are_read_back_as_they_were() -> None:
    for result in (
        an_effect(),
        an_effect(0.4, 0.05),
        an_effect(people=50, groups=5),
        disclose_icc(outcome="load", icc=0.1, people=60, groups=6),
        disclose_share_explained(outcome="load", share=0.1, people=60, groups=6),
    ):
        assert model_result_from_plain(json.loads(json.dumps(result.to_plain()))) == result


def test_the_most_useful_condition_comes_first() -> None:
    results = [
        an_effect(-60.0, 20.0, condition="supervision"),
        an_effect(-40.0, 20.0, condition="time"),
        an_effect(0.3, 0.05, condition="pace", people=1000, groups=30),
        disclose_icc(outcome="load", icc=0.1, people=7000, groups=90),
    ]
    ranked = most_useful_first(results, higher_is_better=["supervision", "time"])
    assert [(u.condition, u.gain is None) for u in ranked] == [
        ("supervision", False),
        ("time", False),
        ("pace", True),
    ]
    chances = [u.probability for u in ranked if u.probability is not None]
    assert chances[0] > chances[1]
    assert all(round(10 * chance) == pytest.approx(10 * chance) for chance in chances)


def test_directions_turn_an_effect_into_a_gain() -> None:
    result = an_effect(40.0, 20.0, outcome="load", condition="pace")
    gains = {
        better: most_useful_first([result], higher_is_better=better)[0].gain
        for better in ((), ("pace",), ("load",), ("load", "pace"))
    }
    estimate = result.estimate
    assert estimate is not None
    assert gains == {(): estimate, ("pace",): -estimate, ("load",): -estimate, ("load", "pace"): estimate}


def test_outcomes_and_kinds_are_ranked_apart() -> None:
    results = [
        an_effect(50.0, 20.0, outcome=outcome, condition=condition)
        for outcome in ("load", "witness")
        for condition in ("pace", "noise")
    ]
    assert [(u.outcome, u.condition) for u in most_useful_first(results)] == [
        ("load", "noise"),
        ("load", "pace"),
        ("witness", "noise"),
        ("witness", "pace"),
    ]


def test_the_ranking_is_a_function_of_what_is_printed() -> None:
    first = [an_effect(12.1, 40.2), an_effect(30.3, 40.1, condition="noise")]
    second = [model_result_from_plain(result.to_plain()) for result in first]
    assert most_useful_first(first) == most_useful_first(second)


def test_probabilities_agree_with_simulation() -> None:
    means, spreads = np.array([3.0, 2.0, -4.0]), np.array([2.0, 1.0, 3.0])
    draws = np.random.default_rng(1).normal(means, spreads, size=(400_000, 3))
    best = draws.argmax(axis=1)
    expected = [float(((best == k) & (draws[:, k] > 0)).mean()) for k in range(3)]
    np.testing.assert_allclose(best_and_helpful(means, spreads), expected, atol=0.004)


def test_one_condition_alone_is_best_when_it_helps() -> None:
    chance = best_and_helpful(np.array([1.0]), np.array([2.0]))
    assert chance == pytest.approx([float(stats.norm.cdf(0.5))], abs=1e-6)
    assert best_and_helpful(np.zeros(0), np.zeros(0)).size == 0
