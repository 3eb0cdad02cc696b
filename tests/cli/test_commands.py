"""The commands as a person types them: figures on standard output, the rest on standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from replenish.cli.main import main

RealData = Callable[[str], Path]
Out = pytest.CaptureFixture[str]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Six teams of twelve: support goes with less strain."""
    rng = np.random.default_rng(7)
    lines = ["service,team,support,hours,strain"]
    for team in range(6):
        level = rng.normal()
        for _ in range(12):
            support = int(np.clip(round(3 + level + rng.normal()), 1, 5))
            strain = int(np.clip(round(60 - 8 * support + rng.normal(0, 10)), 0, 100))
            lines.append(f"s{team // 3},t{team},{support},{rng.integers(6, 11)},{strain}")
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


SCALES = ["--scale", "strain=0,100", "--scale", "support=1,5,1", "--scale", "hours=0,24"]
UNIT = ["--unit", "service,team"]


def told(capsys: Out, *arguments: str, code: int = 0) -> str:
    """Run a command and return what it printed."""
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def test_analyse_prints_plain_figures_for_machines(answers: Path, capsys: Out) -> None:
    said = told(
        capsys, "analyse", str(answers), "--unit", "team", "--outcome", "strain",
        "--conditions", "support,hours", "--reml", "--json",
    )  # fmt: skip
    found = json.loads(said)
    assert {"n", "units", "terms", "variance", "icc", "method"} <= set(found)
    assert (found["n"], found["units"]) == (72, 6)
    assert list(found["terms"]) == ["(intercept)", "support", "hours"]
    assert set(found["terms"]["support"]) == {"estimate", "se", "low", "high"}
    assert set(found["variance"]) == {"unit", "residual"}
    assert found["terms"]["support"]["high"] < 0


def test_analyse_says_that_exact_figures_are_not_for_publication(answers: Path, capsys: Out) -> None:
    main(["analyse", str(answers), "--unit", "team", "--outcome", "strain", "--conditions", "support"])
    assert "exact figures about 72 people in 6 units: not for publication" in capsys.readouterr().err


def test_analyse_splits_and_listens_to_the_others(answers: Path, capsys: Out) -> None:
    base = [
        "analyse",
        str(answers),
        "--unit",
        "team",
        "--outcome",
        "strain",
        "--conditions",
        "support",
        "--json",
    ]
    split = json.loads(told(capsys, *base, "--split", "within-between"))
    assert [name for name in split["terms"] if name.startswith("support")] == [
        "support (between units)",
        "support (within units)",
    ]
    others = json.loads(told(capsys, *base, "--others"))
    assert list(others["terms"]) == ["support"]
    assert 0.3 <= others["terms"]["support"]["reliability"] <= 1


def test_analyse_with_two_unit_columns_has_three_levels(answers: Path, capsys: Out) -> None:
    said = told(
        capsys, "analyse", str(answers), *UNIT, "--outcome", "strain", "--conditions", "support", "--json"
    )
    assert set(json.loads(said)["variance"]) == {"unit", "parent", "residual"}


def test_reliability_prints_the_agreed_entries(answers: Path, capsys: Out) -> None:
    said = told(capsys, "reliability", str(answers), "--items", "support,hours", "--unit", "team", "--json")
    found = json.loads(said)
    assert list(found) == ["alpha", "omega", "n", "items", "icc1", "icc2", "rwg_j"]
    assert set(found["items"]) == {"support", "hours"}


def test_release_then_attack_then_a_second_round(answers: Path, tmp_path: Path, capsys: Out) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert main(["release", str(answers), *UNIT, *SCALES, "--out", str(first)]) == 0
    assert main(["release", str(answers), *UNIT, *SCALES, "--after", str(first), "--out", str(second)]) == 0
    chain = json.loads(second.read_text(encoding="utf-8"))["releases"]
    assert len(chain) == 2
    assert chain[1]["previous"] == json.loads(first.read_text(encoding="utf-8"))["releases"][0]["hash"]
    capsys.readouterr()
    found = json.loads(told(capsys, "attack", str(second), "--colluders", "promised", "--json"))
    assert found["holds"] is True
    assert found["free"]["values_ruled_out"] == 0


def test_attack_with_a_roster_of_who_works_where(answers: Path, tmp_path: Path, capsys: Out) -> None:
    releases, roster = tmp_path / "releases.json", tmp_path / "roster.csv"
    main(["release", str(answers), *UNIT, *SCALES, "--out", str(releases)])
    rows = [f"s{team // 3},t{team},12" for team in range(6)]
    roster.write_text("service,team,people\n" + "\n".join(rows), encoding="utf-8")
    capsys.readouterr()
    said = told(capsys, "attack", str(releases), "--roster", str(roster), *UNIT, "--colluders", "2", "--json")
    found = json.loads(said)
    assert found["roster"] == "headcount"
    assert found["holds"] is True


def test_attack_exits_with_one_when_something_is_recovered(
    answers: Path, tmp_path: Path, capsys: Out
) -> None:
    """A histogram slipped into the file: the attack says so, and the exit code says so to machines."""
    releases = tmp_path / "releases.json"
    main(["release", str(answers), *UNIT, *SCALES, "--out", str(releases)])
    content = json.loads(releases.read_text(encoding="utf-8"))
    content["releases"][0]["groups"][0]["cells"]["support"]["histogram"] = [0, 1, 4, 5, 2]
    releases.write_text(json.dumps(content), encoding="utf-8")
    capsys.readouterr()
    assert "do not hold" in told(capsys, "attack", str(releases), code=1)


def test_a_floor_below_seven_is_refused(answers: Path, capsys: Out) -> None:
    assert main(["release", str(answers), *UNIT, *SCALES, "--floor", "5"]) == 2
    assert "7" in capsys.readouterr().err


def test_report_writes_a_folder_of_five_files(answers: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "report"
    code = main([
        "report", str(answers), *UNIT, *SCALES, "--outcomes", "strain", "--conditions", "support,hours",
        "--higher-is-better", "support", "--out", str(out),
    ])  # fmt: skip
    assert code == 0, capsys.readouterr().err
    assert {path.name for path in out.iterdir()} == {
        "report.html", "report.pdf", "report.json", "report.csv", "releases.json"
    }  # fmt: skip
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert main(["attack", str(out / "releases.json"), "--colluders", "promised"]) == 0


@pytest.mark.patient
def test_simulate_then_report_with_our_own_questions(tmp_path: Path, capsys: Out) -> None:
    data, out = tmp_path / "data", tmp_path / "report"
    assert (
        main(
            [
                "simulate",
                "--teams",
                "12",
                "--people",
                "140",
                "--rounds",
                "2",
                "--seed",
                "3",
                "--out",
                str(data),
            ]
        )
        == 0
    )
    common = [
        *UNIT,
        "--instrument",
        "replenish-weekly,replenish-round",
        "--headcount",
        str(data / "headcount.csv"),
    ]
    first = tmp_path / "first.json"
    assert main(["release", str(data / "answers-round-1.csv"), *common, "--out", str(first)]) == 0
    code = main(
        ["report", str(data / "answers-round-2.csv"), *common, "--after", str(first), "--out", str(out)]
    )
    assert code == 0, capsys.readouterr().err
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.index(">The conditions people work in</h2>") < page.index(">What people carry</h2>")


@pytest.mark.realdata
def test_three_levels_of_nurses(realdata: RealData, capsys: Out) -> None:
    path = realdata("hox_nurses.csv")
    said = told(
        capsys, "analyse", str(path), "--unit", "hospital,wardid", "--outcome", "stress",
        "--conditions", "age,experien", "--json",
    )  # fmt: skip
    found = json.loads(said)
    assert (found["n"], found["units"], found["parents"]) == (1000, 100, 25)
