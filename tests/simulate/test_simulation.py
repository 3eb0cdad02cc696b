from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.worlds import STILL, half_a_year

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import SimulationFault
from replenish.measures.library import load_pack
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item
from replenish.simulate import (
    ActionPlan,
    Effect,
    Organisation,
    World,
    answering,
    events,
    simulate_organisation,
)
from replenish.simulate.questions import ADDED_LATER, ROUND, SAID, VOICE, WEEKLY, event_questions
from replenish.simulate.streams import question_streams
from replenish.simulate.world import CONDITIONS, OUTCOMES, Floats

pytestmark = pytest.mark.patient


def _options(pack: Pack, item: Item) -> set[float]:
    if item.options:
        return {option.code for option in item.options}
    return set(np.arange(pack.response.min, pack.response.max + 1).tolist())


def _same(one: Organisation, other: Organisation, rounds: int) -> None:
    for number in range(1, rounds + 1):
        a, b = one.round(number), other.round(number)
        assert a.headcount == b.headcount
        assert a.row == b.row
        assert np.array_equal(a.person, b.person)
        for code, column in a.answers.items():
            assert np.array_equal(column, b.answers[code], equal_nan=True), code
    wanted = [fact for fact in one.facts if fact.round <= rounds]
    assert wanted == [fact for fact in other.facts if fact.round <= rounds]


@settings(max_examples=20)
@given(
    teams=st.integers(1, 12),
    spare=st.one_of(st.none(), st.integers(0, 40)),
    rounds=st.integers(1, 3),
    seed=st.integers(0, 2**53 - 1),
)
def test_whatever_is_asked_for_holds_together(teams: int, spare: int | None, rounds: int, seed: int) -> None:
    people = None if spare is None else 4 * teams + spare
    held = simulate_organisation(teams=teams, people=people, rounds=rounds, seed=seed)
    truth, weeks = held.truth, held.world.weeks_a_round
    packs = {
        item.code: _options(pack, item) for pack in map(load_pack, (WEEKLY, ROUND)) for item in pack.items
    }
    for turn, part in enumerate(held.rounds):
        first = truth.team[turn * weeks]
        counted = np.bincount(first[first >= 0], minlength=teams).tolist()
        assert list(part.headcount.values()) == counted
        assert (
            held.contributions(turn + 1).person.size == part.person.size == len(held.table(turn + 1)["team"])
        )
        assert len(set(part.person.tolist())) == part.person.size == len(set(part.row))
        assert np.array_equal(first[part.person], part.team)
        for code, column in part.answers.items():
            assert set(np.unique(column[~np.isnan(column)]).tolist()) <= packs[code], code
    heard = held.check_ins
    assert (heard.week < truth.left[heard.person]).all()
    assert (heard.week >= truth.joined[heard.person]).all()
    round_start = heard.week // weeks * weeks
    assert (truth.joined[heard.person] <= round_start).all()
    assert np.array_equal(truth.team[round_start, heard.person], heard.team)
    for code, column in heard.answers.items():
        assert set(np.unique(column[~np.isnan(column)]).tolist()) <= packs[code], code
    for fact in held.facts:
        assert 0 <= fact.count <= fact.of


def test_the_same_seed_gives_the_same_organisation_and_another_seed_another() -> None:
    first = simulate_organisation(teams=8, rounds=2, seed=5)
    _same(first, simulate_organisation(teams=8, rounds=2, seed=5), 2)
    other = simulate_organisation(teams=8, rounds=2, seed=6)
    assert [unit.team for unit in first.units] != [unit.team for unit in other.units]


def test_more_rounds_leave_the_first_ones_as_they_were() -> None:
    short = simulate_organisation(teams=15, rounds=2, seed=5)
    long = simulate_organisation(teams=15, rounds=7, seed=5)
    _same(short, long, 2)
    assert np.array_equal(
        short.truth.outcomes, long.truth.outcomes[:8, : short.truth.joined.size], equal_nan=True
    )


def test_an_option_leaves_the_draws_of_the_others_as_they_were() -> None:
    plain = simulate_organisation(teams=15, rounds=2, seed=5)
    louder = simulate_organisation(teams=15, rounds=2, seed=5, world=World(response_a_week=0.9))
    assert np.array_equal(plain.truth.outcomes, louder.truth.outcomes, equal_nan=True)
    assert np.array_equal(plain.truth.team, louder.truth.team)
    assert louder.check_ins.week.size > plain.check_ins.week.size


def test_a_question_added_later_leaves_the_draws_of_the_others_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def heard() -> tuple[dict[str, Floats], float]:
        draws = question_streams(3, "round questions", 0, ADDED_LATER)
        average = np.zeros((200, len(CONDITIONS)))
        levels = events.event_levels(average, average, average, draws, World())
        told = answering.where_nothing_happened(events.answer_events(levels), {VOICE: 0.3, SAID: 0.3}, draws)
        return answering.skip_questions(told, 0.2, draws), draws.common.random()

    with_all, next_draw = heard()
    first = tuple(question for question in event_questions() if question.code not in ADDED_LATER)
    for room in (events, answering):
        monkeypatch.setattr(room, "event_questions", lambda: first)
    without, next_without = heard()
    assert set(with_all) - set(without) == {SAID}
    for code, column in without.items():
        assert np.array_equal(column, with_all[code], equal_nan=True), code
    assert next_draw == next_without


def test_the_order_of_rows_and_their_names_say_nothing_about_people() -> None:
    one, two = half_a_year().rounds[:2]
    assert not set(one.row) & set(two.row)
    both = np.intersect1d(one.person, two.person)
    place = [np.argsort(part.person)[np.searchsorted(np.sort(part.person), both)] for part in (one, two)]
    assert abs(np.corrcoef(place[0], place[1])[0, 1]) < 4 / np.sqrt(both.size)
    assert abs(np.corrcoef(np.arange(one.person.size), one.person)[0, 1]) < 4 / np.sqrt(one.person.size)


def test_the_questions_are_those_of_the_packs() -> None:
    weekly, once = load_pack(WEEKLY), load_pack(ROUND)
    public = [scale for scale in (*weekly.scales, *once.scales) if scale.kind != "private"]
    assert {scale.code for scale in public if scale.kind == "outcome"} == set(OUTCOMES)
    assert {scale.code for scale in public if scale.kind == "condition"} == set(CONDITIONS)
    asked = {code for scale in public for code in scale.items} | {item.code for item in weekly.items}
    assert set(half_a_year().round(1).answers) == asked


def test_nothing_private_is_ever_answered() -> None:
    assert not [code for code in half_a_year().round(1).answers if code.startswith("selfcompassion")]


def test_answers_to_events_run_from_the_worst_to_the_best() -> None:
    questions = {question.code: question for question in event_questions()}
    assert questions["leaders.pushing"].codes == (4.0, 3.0, 2.0, 1.0, 0.0)
    assert questions["supervision.held"].codes == (0.0, 1.0, 2.0, 3.0)
    assert questions[VOICE].does_not_apply == questions[SAID].does_not_apply == 4.0


def test_openness_in_supervision_is_left_empty_without_supervision() -> None:
    answers = half_a_year().round(1).answers
    unheld = answers["supervision.held"] < 2
    assert unheld.any()
    assert np.isnan(answers["supervision.safe"][unheld]).all()


def test_contributions_are_person_first() -> None:
    held = half_a_year()
    part = held.contributions(3)
    inside = (held.check_ins.week // 4 == 2) & (held.check_ins.person == part.person[0])
    signs = np.column_stack(
        [held.check_ins.answers[code][inside] for code in list(held.check_ins.answers)[:6]]
    )
    each_week = np.nanmean(signs, axis=1) * 25.0
    assert part.scores["relational"][0] == pytest.approx(each_week.mean(), rel=1e-12)
    assert set(part.scores) == {*OUTCOMES, *CONDITIONS}
    for scores in part.scores.values():
        assert np.nanmin(scores) >= 0.0
        assert np.nanmax(scores) <= 100.0


def test_true_team_means_are_what_everybody_would_say() -> None:
    world = replace(
        STILL,
        response_a_week=0.99,
        response_spread=0.0,
        silence=0.0,
        question_skipped=0.0,
        round_questions_answered=1.0,
        nobody_spoke=0.0,
        nothing_hard=0.0,
        mood=0.0,
    )
    held = simulate_organisation(teams=12, rounds=1, seed=3, world=world)
    part = held.contributions(1)
    for scale, scores in part.scores.items():
        means = np.array([scores[part.team == team].mean() for team in range(12)])
        assert np.abs(means - held.truth.team_means[scale][0]).max() < 3.0, scale
        if scale != "relational":
            assert np.median(np.abs(means - held.truth.team_means[scale][0])) < 1e-9, scale


def test_facts_count_the_sessions_that_people_report_on() -> None:
    held = simulate_organisation(teams=5, rounds=1, seed=3)
    due = {fact.unit: fact.of for fact in held.facts if fact.name == "supervision held"}
    assert due == dict(held.round(1).headcount)
    by_name = {
        name: [f for f in half_a_year().facts if f.name == name] for name in {f.name for f in held.facts}
    }
    rate = sum(f.count for f in by_name["supervision held"]) / sum(f.of for f in by_name["supervision held"])
    assert 0.55 <= rate <= 0.85
    incidents = sum(f.of for f in by_name["debriefs offered"])
    assert incidents > 100
    assert 0.55 <= sum(f.count for f in by_name["debriefs offered"]) / incidents <= 0.80


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        ({"teams": 0}, SimulationFault.SIMULATION_RANGE),
        ({"rounds": 0}, SimulationFault.SIMULATION_RANGE),
        ({"rounds": 261}, SimulationFault.SIMULATION_RANGE),
        ({"seed": -1}, SimulationFault.SIMULATION_RANGE),
        ({"seed": 2**53}, SimulationFault.SIMULATION_RANGE),
        ({"teams": 2.0}, SimulationFault.SIMULATION_WHOLE),
        ({"rounds": True}, SimulationFault.SIMULATION_WHOLE),
        ({"teams": 10, "people": 39}, SimulationFault.SIMULATION_TOO_FEW),
        ({"teams": 40_000, "people": 400_000, "rounds": 20}, SimulationFault.SIMULATION_TOO_LARGE),
        ({"world": World(team_sd=-0.1)}, SimulationFault.SIMULATION_RANGE),
        ({"world": World(team_sd=float("nan"))}, SimulationFault.SIMULATION_RANGE),
        ({"world": World(person_week_autocorrelation=1.0)}, SimulationFault.SIMULATION_RANGE),
        ({"world": World(weeks_a_round=float("nan"))}, SimulationFault.SIMULATION_RANGE),  # type: ignore[arg-type]
        ({"world": World(weeks_a_round=1)}, SimulationFault.SIMULATION_RANGE),
        ({"world": World(weeks_a_round=2.5)}, SimulationFault.SIMULATION_WHOLE),  # type: ignore[arg-type]
        ({"world": World(nothing_hard=1.1)}, SimulationFault.SIMULATION_RANGE),
        ({"world": World(condition_team_share=0.8)}, SimulationFault.SIMULATION_SHARES),
        (
            {"world": World(meaning_correlation=0.9, strain_correlation=0.1)},
            SimulationFault.SIMULATION_CORRELATIONS,
        ),
        (
            {"world": World(effects=(Effect("relational", "weather", 0.1),))},
            SimulationFault.SIMULATION_UNKNOWN,
        ),
        ({"world": World(effects=(Effect("mood", "culture", 0.1),))}, SimulationFault.SIMULATION_UNKNOWN),
        (
            {"world": World(effects=(Effect("overload", "culture", float("nan")),))},
            SimulationFault.SIMULATION_RANGE,
        ),
        ({"world": World(team_sd=0.05)}, SimulationFault.SIMULATION_EXPLAINED),
        (
            {"world": World(plans=(ActionPlan("a", "weather", 0.1, 0.0, 0.1, 1, 1),))},
            SimulationFault.SIMULATION_UNKNOWN,
        ),
        (
            {"world": World(plans=(ActionPlan("a", "culture", 9.0, 0.0, 0.1, 1, 1),))},
            SimulationFault.SIMULATION_RANGE,
        ),
        (
            {"world": World(plans=(ActionPlan("a", "culture", 0.1, 0.0, 0.6, 1, 1),) * 2)},
            SimulationFault.SIMULATION_SHARES,
        ),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict[str, object], fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        simulate_organisation(**arguments)  # type: ignore[arg-type]
    assert refused.value.fault is fault


def test_a_round_that_was_not_held_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        half_a_year().round(7)
    assert refused.value.fault is SimulationFault.SIMULATION_RANGE
    assert half_a_year().table(6)["service"]
