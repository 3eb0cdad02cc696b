"""Instruments, scoring and converting, as a person types them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from replenish.cli.main import main

Out = pytest.CaptureFixture[str]
WHO = "pid;who1;who2;who3;who4;who5\na;3;3;2;4;1\nb;5;5;5;5;5\nc;0;;1;2;3\n"
"""Three invented people: raw sums 13 and 25, and one with a gap; times four, 52 and 100."""


@pytest.fixture
def who(tmp_path: Path) -> Path:
    path = tmp_path / "who.csv"
    path.write_text(WHO, encoding="utf-8")
    return path


def told(capsys: Out, *arguments: str, code: int = 0) -> str:
    assert main(list(arguments)) == code, capsys.readouterr().err
    return capsys.readouterr().out


def test_list_names_every_pack_and_marks_disputed_keys(capsys: Out) -> None:
    said = told(capsys, "instruments", "list")
    assert {"proqol-5", "stss", "cbi", "bat-23", "olbi", "scs-sf", "who-5", "replenish-weekly"} <= set(
        said.split()
    )
    assert next(line for line in said.splitlines() if "disputed" in line).startswith("miss-hp")


def test_show_gives_every_fact_its_source_and_mark(capsys: Out) -> None:
    said = told(capsys, "instruments", "show", "stss")
    facts = said.split("## What is known")[1].strip().splitlines()
    assert facts
    assert [fact for fact in facts if not fact.endswith(")") or "; mark " not in fact] == []


def test_a_template_filled_in_fits_the_key(tmp_path: Path, capsys: Out) -> None:
    rows = list(csv.DictReader(io.StringIO(told(capsys, "instruments", "template", "who-5"))))
    path = tmp_path / "wording.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "text": f"An invented question {row['number']}"} for row in rows)
    assert "fits the key of: who-5" in told(
        capsys, "instruments", "check", str(path), "--instrument", "who-5"
    )
    assert main(["instruments", "check", str(path), "--instrument", "cbi"]) == 2
    assert "19" in capsys.readouterr().err


def test_scores_carry_their_ids_and_leave_gaps_empty(who: Path, capsys: Out) -> None:
    said = told(capsys, "score", str(who), "--instrument", "who-5", "--id", "pid")
    assert said.splitlines() == ["pid,wellbeing", "a,52", "b,100", "c,"]


def test_scores_for_machines_are_null_where_there_is_none(who: Path, capsys: Out) -> None:
    found = json.loads(told(capsys, "score", str(who), "--instrument", "who-5", "--json"))
    assert found["scales"] == {"wellbeing": [52.0, 100.0, None]}


def test_scores_are_written_as_parquet(who: Path, tmp_path: Path, capsys: Out) -> None:
    out = tmp_path / "scores.parquet"
    told(capsys, "score", str(who), "--instrument", "who-5", "--out", str(out))
    assert pl.read_parquet(out)["wellbeing"].to_list() == [52.0, 100.0, None]


def test_columns_may_carry_the_text_of_their_item(tmp_path: Path, capsys: Out) -> None:
    texts = [f"An invented question {number}" for number in range(1, 6)]
    wording, answers = tmp_path / "wording.csv", tmp_path / "answers.csv"
    lines = [f"{number},{text}" for number, text in enumerate(texts, 1)]
    wording.write_text("number,text\n" + "\n".join(lines), encoding="utf-8")
    answers.write_text(",".join(texts) + "\n3,3,2,4,1\n", encoding="utf-8")
    said = told(capsys, "score", str(answers), "--instrument", "who-5", "--wording", str(wording))
    assert said.splitlines() == ["row,wellbeing", "1,52"]


def test_a_disputed_key_is_refused_until_it_is_confirmed(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "miss.csv"
    header = ",".join(f"miss{number}" for number in range(1, 11))
    path.write_text(f"{header}\n{','.join(['5'] * 10)}\n", encoding="utf-8")
    assert main(["score", str(path), "--instrument", "miss-hp"]) == 2
    assert "miss-hp" in capsys.readouterr().err
    assert main(["score", str(path), "--instrument", "miss-hp", "--confirm", "miss-hp"]) == 0


def test_an_impossible_answer_is_named_by_row_and_column(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "who.csv"
    path.write_text(WHO.replace("2;4;1", "2;9;1"), encoding="utf-8")
    assert main(["score", str(path), "--instrument", "who-5"]) == 2
    assert "row 1, column 'who4'" in capsys.readouterr().err


def test_answers_go_to_fhir_and_come_back_as_they_were(who: Path, tmp_path: Path, capsys: Out) -> None:
    bundle = tmp_path / "responses.json"
    told(capsys, "convert", str(who), "--to", "fhir", "--instrument", "who-5", "--out", str(bundle))
    said = told(capsys, "score", str(bundle), "--instrument", "who-5")
    assert said.splitlines() == ["row,wellbeing", "1,52", "2,100", "3,"]


def test_a_questionnaire_goes_through_fhir_and_stays_itself(tmp_path: Path, capsys: Out) -> None:
    questions = tmp_path / "questions.csv"
    questions.write_text(
        'code,text,options\nq1,Was there time after the hardest moment?,"0, No | 1, Some | 2, Enough"\n',
        encoding="utf-8",
    )
    fhir = tmp_path / "questions.json"
    told(capsys, "convert", str(questions), "--to", "fhir", "--out", str(fhir))
    said = told(capsys, "convert", str(fhir), "--to", "csv")
    assert "0, No | 1, Some | 2, Enough" in said


def test_a_codebook_tells_a_person_what_a_column_is(who: Path, capsys: Out) -> None:
    said = told(capsys, "convert", str(who), "--to", "codebook", "--instrument", "who-5")
    assert "### `who1`" in said
    assert "### `wellbeing`" in said
