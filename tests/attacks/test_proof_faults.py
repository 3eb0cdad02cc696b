"""Seeded faults: each is a way in which a file of releases could betray people, and each is found."""

import copy
import json
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pytest
from tests.attacks.rounds import Rule, publish, roster_of

from replenish.basis.errors import Refused
from replenish.basis.faults import AttackFault
from replenish.disclosure import bands
from replenish.disclosure.attack import (
    FindingKind,
    ProofReport,
    Roster,
    RosterRow,
    plain_of_text,
    proof_attack,
)
from replenish.disclosure.model_results import disclose_icc
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import make_release
from replenish.disclosure.scale import AnswerScale

OAK, ELM, ASH, FIR = ("North", "Oak"), ("North", "Elm"), ("South", "Ash"), ("South", "Fir")
GROUPS = [(OAK,), (ELM,), (ASH,), (FIR,)]
CALM = {OAK: [10.0] * 8, ELM: [30.0] * 9, ASH: [60.0] * 14, FIR: [90.0] * 26}


def check_found(
    file: object,
    kind: FindingKind,
    *,
    roster: Roster | None = None,
    colluders: int | Literal["promised"] = 0,
) -> ProofReport:
    """Assert that the attack finds this fault and says that the promise is broken; the report, for more."""
    report = proof_attack(file, roster=roster, colluders=colluders)
    assert report.found(kind), report.summary()
    assert not report.holds
    return report


def rules_out(report: ProofReport) -> bool:
    return bool(report.values_ruled_out and report.found(FindingKind.VALUE_RULED_OUT))


def test_floor_four_is_found() -> None:
    answers = {**CALM, OAK: [0.0] * 4}
    file = publish({"1": answers}, GROUPS, Rule(floor=4))
    assert rules_out(check_found(file, FindingKind.BELOW_FLOOR, colluders="promised"))


def test_floor_four_printed_as_if_it_were_seven_is_found_with_the_roster() -> None:
    answers = {**CALM, OAK: [0.0] * 4}
    file = publish({"1": answers}, GROUPS, Rule(floor=4, below_floor="7-12"))
    assert proof_attack(file, colluders="promised").holds
    assert rules_out(
        check_found(file, FindingKind.BELOW_FLOOR, roster=roster_of({"1": answers}), colluders="promised")
    )


def test_overlapping_groups_that_differ_by_one_person_are_found() -> None:
    """Eight people, and the same without the one who works nights: subtracting leaves that one."""
    night = ("North", "Oak nights")
    answers = {OAK: [70.0] * 4 + [75.0] * 4, night: [0.0]}
    file = publish({"1": answers}, [(OAK, night), (OAK,)], Rule(cuts=(60.0, 65.0, 70.0)))
    report = check_found(file, FindingKind.OVERLAPPING_GROUPS, roster=roster_of({"1": answers}))
    assert rules_out(report)
    assert report.free.within_one_point >= 1
    assert check_found(file, FindingKind.OVERLAPPING_GROUPS).values_ruled_out > 0


def test_overlapping_groups_are_found_even_with_safe_cuts() -> None:
    answers = {OAK: [50.0] * 4, ELM: [50.0] * 5, ASH: [50.0] * 4}
    check_found(publish({"1": answers}, [(OAK, ELM), (ELM, ASH)]), FindingKind.OVERLAPPING_GROUPS)


def test_a_role_that_cuts_across_units_is_found_with_a_roster_of_both() -> None:
    nurses = ("Nurses",)
    answers = {OAK: [0.0] * 8}
    file = publish({"1": {**answers, nurses: [0.0] * 7}}, [(OAK,), (nurses,)])
    once = frozenset([("1", None)])
    roster = Roster((RosterRow(frozenset([OAK, nurses]), 7, once), RosterRow(frozenset([OAK]), 1, once)))
    check_found(file, FindingKind.OVERLAPPING_GROUPS, roster=roster)


@pytest.mark.parametrize("cut", [5.0, 12.5, 90.0])
def test_a_cut_too_near_the_end_is_found(cut: float) -> None:
    answers = {OAK: [0.0 if cut < 50 else 100.0] * 8}
    file = publish({"1": answers}, [(OAK,)], Rule(cuts=(cut,)))
    assert rules_out(check_found(file, FindingKind.CUT_TOO_NEAR_THE_END))


def test_a_band_rule_that_is_off_by_one_colluder_is_found() -> None:
    """25 is safe for eight voices alone, not when one of them tells what they answered."""
    file = publish({"1": {OAK: [0.0] * 8}}, [(OAK,)], Rule(cuts=(25.0, 50.0, 75.0)))
    assert proof_attack(file).values_ruled_out == 0
    assert rules_out(check_found(file, FindingKind.CUT_TOO_NEAR_THE_END, colluders=1))


def test_an_exact_n_is_found_and_used() -> None:
    file = publish({"1": CALM}, GROUPS, Rule(exact_n=True))
    check_found(file, FindingKind.EXACT_N)
    sizes = publish({"1": CALM}, GROUPS)
    sizes[0]["groups"][0]["cells"]["tired"]["size"] = "8"
    check_found(sizes, FindingKind.EXACT_N)
    beside = publish({"1": CALM}, GROUPS)
    beside[0]["groups"][0]["n"] = 8
    check_found(beside, FindingKind.EXACT_N)


def test_a_response_in_percent_is_found() -> None:
    file = publish({"1": CALM}, GROUPS)
    file[0]["response_quarter"] = "83 %"
    check_found(file, FindingKind.EXACT_N)


def test_cuts_that_depend_on_n_are_found() -> None:
    """Every cut printed is safe for its n, but it tells which n it is."""

    def safe_cuts(n: int) -> list[float]:
        return [cut for cut in range(5, 100, 5) if bands.cut_is_safe(float(cut), n, bands.colluders(n))]

    file = publish({"1": {OAK: [30.0] * 12, ELM: [55.0] * 8}}, [(OAK,), (ELM,)], Rule(cuts=safe_cuts))
    report = check_found(file, FindingKind.CUTS_DEPEND_ON_N)
    assert report.values_ruled_out == 0
    assert len(report.found(FindingKind.CUTS_DEPEND_ON_N)) == 2


def test_a_parent_computed_from_answers_is_found() -> None:
    """The design's own case: two leaves at opposite sides, a parent that only the upper end can give."""
    answers = {OAK: [34.5] * 7, ELM: [100.0] * 7}
    file = publish({"1": answers}, [(OAK,), (ELM,)], Rule(parent_from_answers=True))
    report = check_found(file, FindingKind.PARENT_FROM_ANSWERS, roster=roster_of({"1": answers}))
    assert rules_out(report)


def test_a_parent_that_counts_a_hidden_group_is_found() -> None:
    """Three people were too few to be shown; the parent counts them, so they are its difference."""
    answers = {OAK: [100.0] * 8, ELM: [0.0] * 3}
    file = publish({"1": answers}, [(OAK,), (ELM,)], Rule(parent_from_answers=True, cuts=(90.0, 95.0)))
    report = check_found(file, FindingKind.PARENT_FROM_ANSWERS, roster=roster_of({"1": answers}))
    assert any("Elm" in (each.group or "") for each in report.found(FindingKind.VALUE_RULED_OUT))


def test_an_arrow_from_means_is_found_and_used() -> None:
    """Every band is the same, yet the arrow says that the mean rose."""
    rounds = {"1": {OAK: [50.0] * 7}, "2": {OAK: [51.0] * 7}}
    file = publish(rounds, [(OAK,)], Rule(arrow_from_means=True))
    report = check_found(file, FindingKind.ARROW_FROM_MEANS, roster=roster_of(rounds))
    assert report.values_ruled_out == 0, "in the middle an arrow alone rules out nothing, but it is found"


def test_an_arrow_from_means_rules_out_answers_beside_a_narrow_band() -> None:
    rounds = {"1": {OAK: [30.0] * 7}, "2": {OAK: [39.0] * 7}}
    rule = Rule(arrow_from_means=True, cuts=(28.0, 29.0, 38.0, 40.0))
    narrow = publish(rounds, [(OAK,)], rule)
    narrow[1]["groups"][0]["cells"]["tired"]["change"] = "lower"
    check_found(narrow, FindingKind.CONTRADICTION, roster=roster_of(rounds))


def test_a_withheld_arrow_is_found() -> None:
    rounds = {str(at): {OAK: [level] * 8} for at, level in enumerate((20.0, 20.0, 80.0))}
    file = publish(rounds, [(OAK,)])
    assert proof_attack(file).holds
    cell = file[2]["groups"][0]["cells"]["tired"]
    assert cell["change"] == "higher"
    cell["change"] = None
    check_found(file, FindingKind.ARROW_FROM_MEANS)


def test_a_second_partition_over_the_same_answers_is_found() -> None:
    answers = {OAK: [0.0] * 4, ELM: [100.0] * 4, ASH: [0.0] * 4, FIR: [100.0] * 4}
    file = [
        *publish({"1": answers}, [(OAK, ELM), (ASH, FIR)]),
        *publish({"1": answers}, [(OAK, ASH), (ELM, FIR)]),
    ]
    report = check_found(file, FindingKind.SECOND_PARTITION, roster=roster_of({"1": answers}), colluders=1)
    assert report.found(FindingKind.OVERLAPPING_GROUPS)


def test_a_second_partition_by_role_is_found_without_a_roster() -> None:
    answers = {OAK: [50.0] * 8, ("Nurses",): [50.0] * 8}
    file = [*publish({"1": answers}, [(OAK,)]), *publish({"1": answers}, [(("Nurses",),)])]
    check_found(file, FindingKind.SECOND_PARTITION)


def test_a_second_partition_that_isolates_a_few_rules_out_their_answers() -> None:
    answers = {OAK: [100.0] * 7, ELM: [0.0] * 2, ASH: [0.0] * 7}
    fine = Rule(cuts=(5.0, 30.0, 70.0, 95.0))
    file = [
        *publish({"1": answers}, [(OAK,), (ELM, ASH)], fine),
        *publish({"1": answers}, [(OAK, ELM), (ASH,)], fine),
    ]
    report = check_found(file, FindingKind.SECOND_PARTITION, roster=roster_of({"1": answers}))
    assert rules_out(report)


def test_a_round_published_again_is_found() -> None:
    file = publish({"1": CALM}, GROUPS)
    check_found([*file, *copy.deepcopy(file)], FindingKind.REPEATED_ROUND)


def test_groups_changed_in_the_middle_of_a_season_are_found() -> None:
    file = [*publish({"1": CALM}, [(OAK, ELM), (ASH,)]), *publish({"2": CALM}, [(OAK,), (ELM,), (ASH,)])]
    check_found(file, FindingKind.PARTITION_CHANGED)


def test_groups_changed_after_three_rounds_of_one_season_are_found() -> None:
    first = publish({"1": CALM, "2": CALM, "3": CALM}, [(OAK, ELM), (ASH,)])
    check_found([*first, *publish({"4": CALM}, [(OAK,), (ELM,), (ASH,)])], FindingKind.PARTITION_CHANGED)


def test_a_unit_added_to_a_group_within_a_season_is_found() -> None:
    file = [*publish({"1": CALM}, [(OAK,), (ASH,)]), *publish({"2": CALM}, [(OAK, ELM), (ASH,)])]
    check_found(file, FindingKind.PARTITION_CHANGED)


@pytest.mark.parametrize("rounds", [1, 3])
def test_groups_changed_where_the_season_increases_are_told_and_allowed(rounds: int) -> None:
    first = publish({str(at): CALM for at in range(rounds)}, [(OAK, ELM), (ASH,)])
    report = proof_attack([*first, *publish({"4": CALM}, [(OAK,), (ELM,), (ASH,)], season=2)])
    assert report.holds
    assert report.found(FindingKind.NEW_PARTITION)


def test_a_new_season_excuses_no_second_partition_of_the_same_answers() -> None:
    answers = {OAK: [100.0] * 7, ELM: [0.0] * 2, ASH: [0.0] * 7}
    fine = Rule(cuts=(5.0, 30.0, 70.0, 95.0))
    file = [
        *publish({"1": answers}, [(OAK,), (ELM, ASH)], fine),
        *publish({"1": answers}, [(OAK, ELM), (ASH,)], fine, season=2),
    ]
    assert rules_out(check_found(file, FindingKind.SECOND_PARTITION, roster=roster_of({"1": answers})))


def test_seasons_are_attacked_together_for_answers_that_never_change() -> None:
    stay = {OAK: [50.0] * 7, ASH: [50.0] * 9}
    file = [
        *publish({"1": {**stay, ELM: [100.0]}}, [(OAK, ELM), (ASH,)], Rule(cuts=(50.5,))),
        *publish({"2": {**stay, ELM: []}}, [(OAK,), (ELM,), (ASH,)], Rule(cuts=(50.5,)), season=2),
    ]
    roster = Roster(
        (
            RosterRow(frozenset([OAK]), 7, None),
            RosterRow(frozenset([ASH]), 9, None),
            RosterRow(frozenset([ELM]), 1, frozenset([("1", None)])),
        )
    )
    report = proof_attack(file, roster=roster, persistent=True)
    assert report.found(FindingKind.NEW_PARTITION)
    assert report.persistent is not None
    assert report.persistent.values_ruled_out > 0
    assert report.values_ruled_out == 0


@pytest.mark.parametrize(
    ("extra", "ruled_out"),
    [
        (lambda voices: {"minimum": min(voices)}, True),
        (lambda voices: {"maximum": max(voices)}, False),
        (lambda voices: {"histogram": {str(v): voices.count(v) for v in (25.0, 50.0, 75.0, 100.0)}}, True),
        (lambda voices: {"mean": round(sum(voices) / len(voices), 1)}, False),
        ({"comments": ["too much"]}, False),
    ],
    ids=["minimum", "maximum", "histogram", "mean", "comments"],
)
def test_a_statistic_that_the_rule_does_not_allow_is_found(
    extra: Callable[[list[float]], dict[str, object]] | dict[str, object], ruled_out: bool
) -> None:
    file = publish({"1": {OAK: [50.0] * 6 + [75.0, 100.0]}}, [(OAK,)], Rule(besides=extra), step=25)
    report = check_found(file, FindingKind.SURPLUS_FIELD, roster=roster_of({"1": {OAK: [50.0] * 8}}))
    assert rules_out(report) == ruled_out


def test_a_mean_near_the_end_proves_answers() -> None:
    file = publish({"1": {OAK: [0.0] * 8}}, [(OAK,)], Rule(besides={"mean": 0.0}), step=25)
    report = check_found(file, FindingKind.SURPLUS_FIELD, roster=roster_of({"1": {OAK: [0.0] * 8}}))
    assert report.free.share(report.free.exactly) == 1


@pytest.mark.parametrize("value", [43.7, "about 43", [43.0]])
def test_something_else_in_the_place_of_a_band_is_found(value: object) -> None:
    file = publish({"1": CALM}, GROUPS)
    file[0]["groups"][0]["cells"]["tired"]["band"] = value
    check_found(file, FindingKind.SURPLUS_FIELD)


def test_a_band_withheld_for_its_value_is_found() -> None:
    file = publish({"1": CALM}, GROUPS)
    file[0]["groups"][0]["cells"]["tired"]["band"] = None
    check_found(file, FindingKind.HIDDEN_FOR_ITS_VALUES)


@pytest.mark.parametrize(
    "change", [{"estimate": 3.27}, {"step": 0.5}, {"people_class": "30-49"}, {"groups_class": "3-4"}]
)
def test_a_model_result_finer_than_its_step_is_found(change: dict[str, object]) -> None:
    file = publish({"1": CALM}, GROUPS)
    shape = disclose_icc(outcome="tired", icc=0.1, people=80, groups=6).to_plain()
    numbers = {"kind": "split voice", "estimate": 4.0, "low": 2.0, "high": 6.0, "step": 2.0, "words": None}
    result = {**shape, **numbers}
    file[0]["model_results"] = [result]
    assert proof_attack(file).holds
    result.update(change)
    check_found(file, FindingKind.MODEL_RESULT_TOO_FINE)


def test_a_range_declared_wider_than_the_questionnaire_is_found_by_who_knows_it() -> None:
    """Answers run from 1 to 5, the publisher said 0 to 7.1: the cut at 62.5 is 4.44, near the top."""
    answers = np.full(7, 5.0)
    release = make_release(
        round="1",
        partition=plan_partition({OAK: 10}),
        units=[OAK] * 7,
        values={"tired": answers},
        scales=[AnswerScale("tired", 0.0, 7.1)],
    )
    roster = roster_of({"1": {OAK: answers.tolist()}})
    assert proof_attack([release], roster=roster).holds
    report = proof_attack([release], roster=roster, scales=[AnswerScale("tired", 1.0, 5.0, 1.0)])
    assert rules_out(report)
    assert proof_attack([release], roster=roster, scales=[AnswerScale("tired", 0.0, 7.1)]).holds


def test_people_whom_the_roster_does_not_know_are_attacked_all_the_same() -> None:
    file = publish({"1": {OAK: [0.0] * 8}}, [(OAK,)], Rule(cuts=(5.0,)))
    report = proof_attack(file, roster=roster_of({"1": {ELM: [0.0] * 8}}))
    assert report.found(FindingKind.ROSTER_DISAGREES)
    assert rules_out(report)


def test_words_of_ones_own_about_a_model_are_found() -> None:
    file = publish({"1": CALM}, GROUPS)
    genuine = disclose_icc(outcome="tired", icc=0.1, people=80, groups=6).to_plain()
    file[0]["model_results"] = [genuine]
    assert proof_attack(file).holds
    file[0]["model_results"] = [{**genuine, "words": "the mean of Oak was 41.2"}]
    check_found(file, FindingKind.SURPLUS_FIELD)


@pytest.mark.parametrize("where", ["release", "group", "parent", "file"])
def test_an_unknown_field_is_found_wherever_it_stands(where: str) -> None:
    releases = publish({"1": CALM}, GROUPS)
    file: dict[str, Any] = {"format": "replenish-releases-1", "releases": releases}
    place = {
        "release": releases[0],
        "group": releases[0]["groups"][0],
        "parent": releases[0]["parents"][0],
        "file": file,
    }[where]
    place["rows"] = [1, 2, 3]
    check_found(file, FindingKind.SURPLUS_FIELD)


def test_a_field_written_twice_is_found() -> None:
    """Most readers of JSON keep the last and say nothing: a place to hide figures in."""
    text = json.dumps(publish({"1": CALM}, GROUPS))
    twice = text.replace('"size": "7-12"', '"size": "7-12", "size": "8"', 1)
    assert json.loads(twice) != json.loads(text)
    check_found(plain_of_text(twice), FindingKind.SURPLUS_FIELD)
    check_found(
        plain_of_text(text.replace('"tired": {', '"tired": 41.2, "tired": {', 1)), FindingKind.SURPLUS_FIELD
    )
    assert proof_attack(plain_of_text(text)).holds


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        plain_of_text("not { json", file="releases.json")
    assert refused.value.fault is AttackFault.ATTACK_NOT_RELEASES


@pytest.mark.parametrize("file", [{}, {"releases": "no"}, [3], [{"round": "1"}], "text", None])
def test_what_is_no_file_of_releases_is_refused(file: object) -> None:
    with pytest.raises(Refused) as refused:
        proof_attack(file)
    assert refused.value.fault is AttackFault.ATTACK_NOT_RELEASES


def test_a_negative_number_of_colluders_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        proof_attack([], colluders=-1)
    assert refused.value.fault is AttackFault.ATTACK_COLLUDERS
