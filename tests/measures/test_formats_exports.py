"""Exports: what is written is read back the same, judged by others, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from fhir.resources.R4B.bundle import Bundle as JudgeOfBundles
from fhir.resources.R4B.questionnaire import Questionnaire as JudgeOfForms
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as JudgeOfAnswers
from hypothesis import given
from tests.measures.form_samples import SAMPLES, refusal
from tests.strategies.measures import answers, questionnaires

from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.answer_tables import read_answer_table
from replenish.measures.formats.answers import Answers
from replenish.measures.formats.codebook import codebook
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.fhir_export import address, fhir_questionnaire, fhir_responses
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.formats.pack_form import pack_form
from replenish.measures.formats.question_list_export import question_list_text
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire
from replenish.measures.formats.safe_writing import table_text, write_table
from replenish.measures.library import list_packs, load_pack

pytestmark = pytest.mark.patient

FORMS = [
    "question_list.csv",
    "redcap_dictionary.csv",
    "fhir_questionnaire.json",
    "reproschema",
    "limesurvey_group.lsg",
    "limesurvey_survey.txt",
]


def essentials(form: Questionnaire) -> list[tuple[object, ...]]:
    return [(q.code, q.text, q.kind, q.options, q.required, q.low, q.high) for q in form.asked]


def written(folder: Path, plain: object, name: str = "form.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", FORMS)
def test_every_format_becomes_a_fhir_questionnaire_that_the_judge_accepts(tmp_path: Path, name: str) -> None:
    form = read_questionnaire(SAMPLES / name)
    plain = fhir_questionnaire(form)
    JudgeOfForms.model_validate(plain)
    back = read_questionnaire(written(tmp_path, plain))
    assert essentials(back) == essentials(form)
    assert [q.groups for q in back.asked] == [q.groups for q in form.asked]
    assert [c.formula for c in back.calculations] == [c.formula for c in form.calculations]
    assert address(back) == address(form)


@given(form=questionnaires())
def test_any_questionnaire_comes_back_from_fhir(
    tmp_path_factory: pytest.TempPathFactory, form: Questionnaire
) -> None:
    plain = fhir_questionnaire(form)
    JudgeOfForms.model_validate(plain)
    path = written(tmp_path_factory.mktemp("f"), plain)
    assert essentials(read_questionnaire(path)) == essentials(form)


@given(form=questionnaires(numbered=True))
def test_any_numbered_questionnaire_comes_back_from_a_question_list(
    tmp_path_factory: pytest.TempPathFactory, form: Questionnaire
) -> None:
    kept = [q for q in form.asked if q.kind is not Kind.SEVERAL]
    if not kept:
        return
    form = Questionnaire("made", "", tuple(kept))
    path = tmp_path_factory.mktemp("q") / "list.csv"
    path.write_text(question_list_text(form), encoding="utf-8")
    assert essentials(read_questionnaire(path)) == essentials(form)


@given(given_answers=answers())
def test_any_answers_come_back_from_fhir_and_the_judge_accepts_them(
    tmp_path_factory: pytest.TempPathFactory, given_answers: Answers
) -> None:
    plain = fhir_responses(given_answers)
    JudgeOfBundles.model_validate(plain)
    entries = plain["entry"]
    assert isinstance(entries, list)
    for entry in entries:
        JudgeOfAnswers.model_validate(entry["resource"])
    path = written(tmp_path_factory.mktemp("a"), plain)
    back = read_fhir_responses(path, given_answers.questionnaire)
    assert back.frame.equals(given_answers.frame)


@given(given_answers=answers())
def test_any_answers_come_back_from_csv_and_parquet(
    tmp_path_factory: pytest.TempPathFactory, given_answers: Answers
) -> None:
    folder = tmp_path_factory.mktemp("a")
    columns = {name: given_answers.frame[name].to_list() for name in given_answers.frame.columns}
    columns["row"] = list(range(given_answers.n))
    for name in ("answers.csv", "answers.parquet"):
        write_table(folder / name, columns)
        back = read_answer_table(folder / name, given_answers.questionnaire)
        assert back.frame.equals(given_answers.frame)


def test_an_export_names_nobody() -> None:
    form = read_questionnaire(SAMPLES / "fhir_questionnaire.json")
    plain = fhir_responses(read_fhir_responses(SAMPLES / "fhir_bundle.json", form))
    text = json.dumps(plain)
    for word in ('"subject"', '"author"', '"authored"', '"source"', "never read"):
        assert word not in text
    assert '"row-1"' in text


def test_a_form_without_an_address_gets_one_of_ours_that_follows_its_content() -> None:
    form = read_questionnaire(SAMPLES / "question_list.csv")
    assert address(form).startswith("urn:replenish:questionnaire:")
    assert address(form) == address(read_questionnaire(SAMPLES / "question_list.csv"))
    assert address(form) != address(read_questionnaire(SAMPLES / "question_list.csv", without=("rush",)))
    assert address(pack_form(load_pack("cbi"))) == "urn:replenish:pack:cbi"


def test_every_pack_can_be_written_and_read_back(tmp_path: Path) -> None:
    for pack in list_packs():
        form = pack_form(pack)
        plain = fhir_questionnaire(form)
        JudgeOfForms.model_validate(plain)
        back = read_questionnaire(written(tmp_path, plain))
        assert back.codes == pack.item_codes
        assert [q.range for q in back.asked] == [q.range for q in form.asked]
        assert f"{pack.content_hash}" in codebook(form, pack)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_no_cell_of_text_starts_like_a_formula(start: str) -> None:
    cell = f"{start}HYPERLINK(1)"
    text = table_text({"a": [cell, "plain", None], cell: ["x", "y", "z"]})
    cells = [value for row in csv.reader(io.StringIO(text, newline="")) for value in row]
    assert not [value for value in cells if value.startswith(start)]
    assert f"'{cell}".replace("\r", "\n") in cells


def test_numbers_keep_their_sign_and_all_their_digits() -> None:
    text = table_text({"a": np.array([-1.5, 0.1 + 0.2, np.nan, 3.0]), "b": ["-2", "x", None, "1"]})
    assert text == "a,b\n-1.5,-2\n0.30000000000000004,x\n,\n3,1\n"


def test_a_parquet_export_has_missing_values_and_not_nan(tmp_path: Path) -> None:
    write_table(tmp_path / "a.parquet", {"a": np.array([1.0, np.nan]), "b": ["=x", None]})
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert frame["a"].to_list() == [1.0, None]
    assert frame["b"].to_list() == ["=x", None]


def test_an_export_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("before")
    with pytest.raises(ValueError, match="zip"):
        write_table(target, {"a": [1.0], "b": [1.0, 2.0]})
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert refusal(lambda: write_table(tmp_path / "a.xls", {})).fault is TableFault.FILE_KIND_UNKNOWN
    assert refusal(lambda: write_table(tmp_path / "no" / "a.csv", {})).fault is TableFault.FILE_UNREADABLE
    (tmp_path / "folder.csv").mkdir()
    assert refusal(lambda: write_table(tmp_path / "folder.csv", {})).fault is TableFault.FILE_IS_FOLDER


def test_a_codebook_says_what_every_column_is() -> None:
    form = read_questionnaire(SAMPLES / "redcap_dictionary.csv")
    text = codebook(form)
    for question in form.asked:
        assert f"### `{question.code}`" in text
    assert "- Range: 0 to 80" in text
    assert "`where___9`: In the car, parked" in text
    assert "- `total` Pauses in all: `[pause_1] + [pause_2]`" in text
    assert "ask the owner before you use it" in text


def test_a_codebook_with_a_pack_says_how_it_is_scored() -> None:
    pack = load_pack("scs-sf")
    text = codebook(pack_form(pack), pack)
    assert text.count("- Reversed: yes") == 6
    assert "- Missing: needs" in text
    assert f"- Commercial use: {pack.licence.commercial_use}" in text


def test_a_codebook_shows_foreign_text_as_it_stands() -> None:
    nasty = "# <img src=x onerror=alert(1)> [a](javascript:b)\n## two"
    option = Choice("1", "`*bold*`", 1.0)
    form = Questionnaire("made", nasty, (Asked("a`b", nasty, Kind.ONE, options=(option,), shown_if="`x`"),))
    text = codebook(form)
    assert "\n## two" not in text
    assert "<img" not in text.replace("\\<img", "")
    assert "](javascript" not in text.replace("\\]", "")


def test_an_option_that_a_question_list_cannot_hold_is_refused() -> None:
    for option in (Choice("a", "yes", 3.0), Choice("1", "a | b", 1.0), Choice("1,5", "x", None)):
        form = Questionnaire("made", "", (Asked("q", "text", Kind.ONE, options=(option,)),))
        assert refusal(lambda form=form: question_list_text(form)).fault is QuestionnaireFault.FORM_OPTIONS  # type: ignore[misc]
