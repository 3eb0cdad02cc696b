"""`replenish attack --guess` on a simulated year: plain words, JSON, exit codes, and calm refusals."""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.attacks.years import plain_of, released, spoilt

from replenish.basis.faults import AttackFault
from replenish.cli.guess_attack import DOCUMENTED, components
from replenish.cli.main import main
from replenish.disclosure.attack.guess import guess_attack
from replenish.disclosure.attack.policies.by_the_rule import QUESTION, WEEKS_A_ROUND
from replenish.simulate.attack_world import draw_year

pytestmark = pytest.mark.patient

Out = pytest.CaptureFixture[str]
Row = dict[str, object]
UNIT = ["--unit", "service,team"]
COLUMNS = ("service", "team", "person", "round")


@functools.cache
def rows() -> tuple[Row, ...]:
    """One row for each person and round in which they answered."""
    year = released()
    found: list[Row] = []
    for at, person in np.argwhere(year.attendance.answered).tolist():
        service, team = year.attendance.units[year.attendance.team[at, person]]
        found.append(
            {"service": service, "team": team, "person": person + 1, "round": year.releases[at].round}
        )
    return tuple(found)


@functools.cache
def by_the_rule() -> str:
    """The file of releases as it was published."""
    return json.dumps({"format": "replenish-releases-1", "releases": plain_of(released())})


@pytest.fixture
def attack(tmp_path: Path, capsys: Out) -> Callable[..., tuple[int, str, str]]:
    """Write the two files, run the command, and return its exit code and what it said."""

    def run(
        *options: str,
        releases: list[dict[str, Any]] | None = None,
        people: Iterable[Row] | None = None,
        columns: tuple[str, ...] = COLUMNS,
        question: str = QUESTION,
    ) -> tuple[int, str, str]:
        file, roster = tmp_path / "releases.json", tmp_path / "people.csv"
        file.write_text(by_the_rule() if releases is None else json.dumps(releases), encoding="utf-8")
        with roster.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore", restval="")
            writer.writeheader()
            writer.writerows(rows() if people is None else people)
        code = main(["attack", str(file), "--roster", str(roster), *UNIT, "--guess", question, *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


Attack = Callable[..., tuple[int, str, str]]


def exact_mean(cell: dict[str, Any], answers: NDArray[np.float64]) -> None:
    points = float((answers.mean() - 1) * 25)
    cell["band"] = [round(points, 6), round(points + 1e-6, 6)]


def finer(cell: dict[str, Any], answers: NDArray[np.float64]) -> None:
    low = 2.0 * np.floor((answers.mean() - 1) * 25 / 2.0)
    cell["band"] = [float(low), float(low) + 2.0]


def test_a_year_by_the_rule_holds_and_is_told_in_plain_words(attack: Attack) -> None:
    code, said, doubts = attack()
    assert code == 0
    assert said.startswith(f"The releases hold for '{QUESTION}'.")
    assert "Up to 7% is allowed." in said
    assert "too much" not in said
    assert "Nobody gave the true answers" in said
    assert "people of one team by 0.65 points for good" in said
    assert "in 13 rounds" in said
    assert doubts == ""


def test_the_figures_are_those_of_the_library(attack: Attack) -> None:
    code, said, _ = attack("--json", "--weeks-answered", "2.5")
    found = json.loads(said)
    year = released()
    expected = guess_attack(
        year.releases,
        attendance=year.attendance,
        question=QUESTION,
        components=draw_year(seed=1, teams=4, weeks=1).components,
        weeks_each=WEEKS_A_ROUND,
        weeks_heard=2.5,
    )
    assert code == 0
    assert found["holds"] is True
    assert found["judged"] is None
    assert found["question"] == QUESTION
    assert found["answers"] == expected.answers
    assert found["people"] == expected.people
    assert found["figures"] == expected.figures
    assert found["expected"]["within_team_r2"] == pytest.approx(expected.expected.within_team_r2, rel=1e-9)
    assert found["expected"]["within_one_point"] == pytest.approx(expected.expected.within_one_point)
    assert found["spread"] == dict(DOCUMENTED)
    assert (found["round_weeks"], found["weeks_answered"]) == (4, 2.5)


@pytest.mark.parametrize("fault", [exact_mean, finer])
def test_finer_figures_do_not_hold_and_exit_with_one(
    attack: Attack, fault: Callable[[dict[str, Any], NDArray[np.float64]], None]
) -> None:
    code, said, _ = attack(releases=spoilt(fault))
    assert code == 1
    assert said.startswith(f"The releases do not hold for '{QUESTION}'.")
    assert "Up to 7% is allowed. This is too much." in said


def test_a_question_of_another_range_is_judged_in_points_of_five(attack: Attack) -> None:
    """Bands are shares of the range, so that 0 to 100 and 1 to 5 are the same to an adversary."""
    other = plain_of(released())
    for release in other:
        release["scales"] = [{**scale, "low": 0, "high": 100} for scale in release["scales"]]
    assert json.loads(attack("--json", releases=other)[1])["expected"] == pytest.approx(
        json.loads(attack("--json")[1])["expected"]
    )


def test_where_people_change_less_more_can_be_guessed(attack: Attack) -> None:
    usual = json.loads(attack("--json")[1])
    code, said, _ = attack("--json", "--spread", "person=0.9, person-week=0.1")
    steady = json.loads(said)
    assert steady["expected"]["within_team_r2"] > usual["expected"]["within_team_r2"]
    assert steady["spread"]["person"] == 0.9
    assert steady["spread"]["rest"] == DOCUMENTED["rest"]
    assert (code, steady["holds"]) == (1, False)
    assert "you said with --spread: people of one team by 0.9 points" in attack("--spread", "person=0.9")[1]


def test_the_documented_spreads_are_those_of_the_simulated_world() -> None:
    assert components(DOCUMENTED) == draw_year(seed=1, teams=4, weeks=1).components
    assert DOCUMENTED["person"] == 0.65
    assert DOCUMENTED["team-week-autocorrelation"] == 0.9


def test_answers_of_a_round_without_the_question_are_not_counted(attack: Attack) -> None:
    """Whoever answered in that round was not asked this, and is not guessed at."""
    plain = plain_of(released())
    plain[1]["scales"] = []
    found = json.loads(attack("--json", releases=plain)[1])
    asked = np.delete(released().attendance.answered, 1, axis=0)
    assert found["answers"] == asked.sum()
    assert found["people"] == asked.any(axis=0).sum()


def test_who_answered_another_question_only_was_there_without_answering(attack: Attack) -> None:
    """More rows for another question change nothing."""
    usual = json.loads(attack("--json")[1])
    more = [
        *({**row, "question": QUESTION} for row in rows()),
        *({**row, "person": f"silent {row['person']}", "question": "another"} for row in rows()[:50]),
    ]
    code, said, _ = attack("--json", people=more, columns=(*COLUMNS, "question"))
    assert code == 0
    assert json.loads(said)["expected"] == pytest.approx(usual["expected"])
    assert json.loads(said)["people"] == usual["people"]


def test_more_people_than_a_printed_size_are_pointed_at(attack: Attack) -> None:
    more = [*rows(), *({**row, "person": f"more {row['person']}"} for row in rows()[:100])]
    code, _, doubts = attack(people=more)
    assert code in {0, 1}
    assert "more people than the printed size" in doubts


def refusal(outcome: tuple[int, str, str], *names: str) -> list[AttackFault]:
    """The reasons for which the command refused, saying each name; none where it did anything else.

    A refusal is exit code 2, nothing on standard output, and the sentence of its fault.
    """
    code, said, why = outcome
    if code != 2 or said or not all(name in why for name in names):
        return []
    return [fault for fault in AttackFault if _longest_part(fault)[1:] in why]


def _longest_part(fault: AttackFault) -> str:
    """The longest stretch of a sentence without an open place."""
    return max(fault.sentence.replace("}", "{").split("{")[::2], key=len)


def test_without_a_roster_it_says_what_is_needed(tmp_path: Path, capsys: Out) -> None:
    file = tmp_path / "releases.json"
    file.write_text(by_the_rule(), encoding="utf-8")
    code = main(["attack", str(file), "--guess", QUESTION])
    said = capsys.readouterr()
    assert refusal((code, said.out, said.err), "`person`", "`round`") == [AttackFault.GUESS_NEEDS_ROSTER]


@pytest.mark.parametrize("column", ["person", "round", "team"])
def test_a_roster_without_a_column_is_refused(attack: Attack, column: str) -> None:
    kept = tuple(name for name in COLUMNS if name != column)
    assert refusal(attack(columns=kept), f"'{column}'") == [AttackFault.GUESS_ROSTER_COLUMN]


@pytest.mark.parametrize("change", [{"person": ""}, {"round": ""}, {"people": 3}])
def test_a_row_that_is_not_one_person_in_one_round_is_refused(attack: Attack, change: Row) -> None:
    people = [*rows()[:4], {**rows()[4], **change}, *rows()[5:]]
    outcome = attack(people=people, columns=(*COLUMNS, "people"))
    assert refusal(outcome, "row 5") == [AttackFault.GUESS_ROSTER_ROW]


def test_a_row_without_a_unit_and_an_empty_roster_are_refused(attack: Attack) -> None:
    assert refusal(attack(people=[{**rows()[0], "team": ""}]), "row 1") == [AttackFault.ROSTER_UNIT_MISSING]
    code, said, _ = attack(people=[])
    assert (code, said) == (2, "")


def test_somebody_in_two_units_at_once_is_refused(attack: Attack) -> None:
    people = [*rows(), {**rows()[0], "team": "elsewhere"}]
    assert refusal(attack(people=people), f"row {len(people)}") == [AttackFault.GUESS_ROSTER_TWO_UNITS]


def test_rounds_that_do_not_match_are_refused(attack: Attack) -> None:
    people = [{**row, "round": "spring"} if row["round"] == "round 2" else row for row in rows()]
    assert refusal(attack(people=people), "'round 2'", "'spring'") == [AttackFault.GUESS_ROUNDS]


def test_a_round_that_stands_twice_in_the_file_is_refused(attack: Attack) -> None:
    plain = plain_of(released())
    plain[1]["round"] = plain[0]["round"]
    assert refusal(attack(releases=plain), "'round 1'") == [AttackFault.GUESS_ROUND_TWICE]


def test_units_of_another_tree_are_refused(attack: Attack) -> None:
    people = [{**row, "service": "elsewhere"} for row in rows()]
    assert refusal(attack(people=people), "'round 1'", "0 people") == [AttackFault.GUESS_ROSTER_SHORT]


def test_a_question_that_was_never_shown_is_refused(attack: Attack) -> None:
    assert refusal(attack(question="another"), "'another'") == [AttackFault.GUESS_NOTHING_SHOWN]


@pytest.mark.parametrize("colluders", ["1", "promised"])
def test_colluders_are_refused_because_nobody_knows_what_they_would_tell(
    attack: Attack, colluders: str
) -> None:
    outcome = attack("--colluders", colluders)
    assert refusal(outcome, "--colluders", "true answers") == [AttackFault.GUESS_NOT_WITH]


@pytest.mark.parametrize(
    "options", [["--persistent"], ["--instance"], ["--other-groups", "role"], ["--scale", "a=1,5"]]
)
def test_options_of_other_attacks_are_not_passed_over(attack: Attack, options: list[str]) -> None:
    assert refusal(attack(*options), options[0]) == [AttackFault.GUESS_NOT_WITH]


@pytest.mark.parametrize("options", [["--spread", "team=0.4"], ["--round-weeks", "4"]])
def test_options_of_guessing_need_a_question(tmp_path: Path, capsys: Out, options: list[str]) -> None:
    code = main(["attack", str(tmp_path / "releases.json"), *options])
    said = capsys.readouterr()
    assert refusal((code, said.out, said.err), options[0]) == [AttackFault.GUESS_QUESTION_MISSING]


@pytest.mark.parametrize(
    "options",
    [["--round-weeks", "0"], ["--round-weeks", "27"], ["--weeks-answered", "5"], ["--weeks-answered", "0.5"]],
)
def test_impossible_weeks_are_refused(attack: Attack, options: list[str]) -> None:
    assert refusal(attack(*options)) == [AttackFault.GUESS_WEEKS]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("within=0.65", "none of mean"),
        ("person=often", "is not a number"),
        ("person=nan", "is not a number"),
        ("person=-0.5", "from 0 to 2"),
        ("mean=50", "from 1 to 5"),
        ("team-week-autocorrelation=1", "from 0 to below 1"),
        ("team=0.3,team=0.4", "twice"),
        ("person=0,person-week=0", "nothing to guess"),
    ],
)
def test_spreads_that_cannot_be_are_refused(capsys: Out, text: str, names: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["attack", "releases.json", "--guess", QUESTION, "--spread", text])
    assert stopped.value.code == 2
    assert names in capsys.readouterr().err
