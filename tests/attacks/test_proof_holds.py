"""What this software releases rules out no value of anybody's answer, and the attack is not blind."""

import time
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.attacks.rounds import Rounds, publish, roster_of, simulated_rounds

from replenish.disclosure.attack import FindingKind, proof_attack
from replenish.disclosure.release import to_plain

pytestmark = pytest.mark.patient

FOUR_UNITS = [(("North", "Oak"),), (("North", "Elm"),), (("South", "Ash"),), (("South", "Fir"),)]


@pytest.fixture(scope="module")
def half_a_year() -> Rounds:
    return simulated_rounds(teams=12, questions=4, rounds=6, seed=7)


@pytest.mark.parametrize("colluders", [0, 1, "promised"])
@pytest.mark.parametrize("with_roster", [True, False])
def test_releases_rule_nothing_out(
    half_a_year: Rounds, colluders: int | Literal["promised"], with_roster: bool
) -> None:
    roster = half_a_year.roster if with_roster else None
    report = proof_attack(half_a_year.releases, roster=roster, colluders=colluders)
    assert report.values_ruled_out == 0
    assert report.findings == ()
    assert report.holds
    assert report.free.cells > 150
    assert report.free.values_asked >= 2 * report.free.cells


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.integers(1, 9), st.floats(0.02, 0.98))
def test_any_organisation_holds(seed: int, teams: int, lean: float) -> None:
    """From everybody content to everybody at the end of their strength."""
    rounds = simulated_rounds(teams=teams, questions=2, rounds=3, seed=seed, lean=lean)
    report = proof_attack(rounds.releases, roster=rounds.roster, colluders="promised")
    assert report.values_ruled_out == 0
    assert report.holds, report.summary()


def test_two_colluders_are_withstood_from_nine_voices_on() -> None:
    for voices in range(7, 40):
        answers = {("Oak",): [0.0] * voices}
        file = publish({"1": answers}, [(("Oak",),)])
        report = proof_attack(file, roster=roster_of({"1": answers}), colluders=2)
        assert (report.values_ruled_out == 0) == (voices >= 9)
        assert report.holds


def test_more_colluders_than_promised_are_not_overlooked(half_a_year: Rounds) -> None:
    """An attack that never finds anything would be blind: with five colluders it must find something."""
    report = proof_attack(half_a_year.releases, roster=half_a_year.roster, colluders=5)
    assert report.values_ruled_out > 0
    assert report.free.values_ruled_out_as_promised == 0
    assert {finding.kind for finding in report.findings} == {FindingKind.BEYOND_THE_PROMISE}
    assert report.holds


def test_without_a_roster_the_smallest_group_of_the_class_is_assumed() -> None:
    answers = {("Oak",): [0.0] * 12}
    file = publish({"1": answers}, [(("Oak",),)])
    assert proof_attack(file, roster=roster_of({"1": answers}), colluders=2).values_ruled_out == 0
    assert proof_attack(file, colluders=2).values_ruled_out == 1


def test_releases_and_their_file_are_attacked_alike(half_a_year: Rounds) -> None:
    file = {"format": "replenish-releases-1", "releases": [to_plain(each) for each in half_a_year.releases]}
    first, second = proof_attack(half_a_year.releases), proof_attack(file)
    assert first.free == second.free
    assert first.findings == second.findings == ()


def test_the_publisher_of_the_faults_is_clean_without_one() -> None:
    answers = {unit: [20.0 * place] * (7 + 5 * place) for place, (unit,) in enumerate(FOUR_UNITS)}
    rounds = {"1": answers, "2": answers, "3": answers}
    report = proof_attack(publish(rounds, FOUR_UNITS), roster=roster_of(rounds), colluders="promised")
    assert report.findings == ()


def test_unchanged_answers_are_reported_apart_and_break_no_promise() -> None:
    """One person leaves and the band falls: who is sure that nobody else changed learns about them."""
    stayed = [40.0] * 7
    rounds = {"1": {("Oak",): [*stayed, 100.0]}, "2": {("Oak",): [*stayed[:6], 0.0]}}
    file = publish(rounds, [(("Oak",),)])
    roster = roster_of(rounds)
    report = proof_attack(file, roster=roster, persistent=True)
    assert report.values_ruled_out == 0
    assert report.holds
    assert report.persistent is not None


@pytest.mark.patient
def test_half_a_year_of_forty_teams_takes_seconds() -> None:
    rounds = simulated_rounds(teams=40, questions=14, rounds=6, seed=1)
    started = time.perf_counter()
    report = proof_attack(rounds.releases, roster=rounds.roster, colluders="promised")
    assert report.holds
    assert report.free.cells > 2_000
    assert time.perf_counter() - started < 10


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    answers = {unit: [50.0] * 9 for (unit,) in FOUR_UNITS}
    proof_attack(publish({"1": answers}, FOUR_UNITS), progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_the_summary_is_for_people(half_a_year: Rounds) -> None:
    words = proof_attack(half_a_year.releases).summary()
    assert words.startswith("The releases hold.")
    assert "0 could be ruled out" in words
