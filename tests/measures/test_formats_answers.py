"""Answers: read by the options of their questionnaire, or refused by row."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.measures.form_samples import SAMPLES, changed, refusal

from replenish.basis.errors import Fault
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.answer_tables import read_answer_table
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.formats.questionnaire import Questionnaire

NAN = float("nan")


@pytest.fixture
def redcap() -> Questionnaire:
    return read_questionnaire(SAMPLES / "redcap_dictionary.csv")


@pytest.fixture
def fhir() -> Questionnaire:
    return read_questionnaire(SAMPLES / "fhir_questionnaire.json")


def test_redcap_answers_are_read_with_their_tick_boxes(redcap: Questionnaire) -> None:
    answers = read_answer_table(SAMPLES / "redcap_answers.csv", redcap)
    np.testing.assert_array_equal(answers.numbers("pause_1"), [0, 2, NAN])
    np.testing.assert_array_equal(answers.numbers("hours"), [38, NAN, 80])
    np.testing.assert_array_equal(answers.numbers("shared"), [1, 0, NAN])
    assert answers.frame["where___1"].to_list() == [1, 0, None]
    assert answers.frame["where___9"].to_list() == [1, 0, None]
    assert set(answers.values()) == {"pause_1", "pause_2", "hours", "tired", "shared"}


def test_words_dates_and_names_are_never_read(redcap: Questionnaire) -> None:
    columns = read_answer_table(SAMPLES / "redcap_answers.csv", redcap).frame.columns
    assert not {"record_id", "redcap_survey_identifier", "day"} & set(columns)


@pytest.mark.parametrize(
    ("old", "new", "fault", "column"),
    [
        ("\n2,,2,", "\n2,,3,", QuestionnaireFault.ANSWERS_UNKNOWN_OPTION, "pause_1"),
        ("\n2,,2,", "\n2,,Once,", QuestionnaireFault.ANSWERS_UNKNOWN_OPTION, "pause_1"),
        (",0,0,0,,100", ",0,0,5,,100", QuestionnaireFault.ANSWERS_CHECKBOX, "where___9"),
        (",,,80,0,", ",,,81,0,", TableFault.NUMBER_RANGE, "hours"),
        (",,,80,0,", ",,,7.5,0,", TableFault.NUMBER_NOT_WHOLE, "hours"),
        (",,,80,0,", ",,,many,0,", TableFault.NUMBER_TEXT, "hours"),
        ("where___2", "where_2", TableFault.COLUMN_MISSING, "where___2"),
    ],
)
def test_answers_outside_the_questionnaire_are_refused_by_row(
    redcap: Questionnaire, tmp_path: Path, old: str, new: str, fault: Fault, column: str
) -> None:
    path = changed(tmp_path, "redcap_answers.csv", old, new)
    error = refusal(lambda: read_answer_table(path, redcap))
    assert error.fault is fault
    assert error.problems[0].place.column == column


def test_true_and_false_are_1_and_0_only_where_these_are_the_options(
    redcap: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("shared,pause_1\nTRUE,1\nFALSE,2\n")
    np.testing.assert_array_equal(
        read_answer_table(path, redcap, questions=["shared"]).numbers("shared"), [1, 0]
    )
    path.write_text("shared,pause_1\n1,TRUE\n0,FALSE\n")
    error = refusal(lambda: read_answer_table(path, redcap, questions=["pause_1"]))
    assert error.fault is QuestionnaireFault.ANSWERS_UNKNOWN_OPTION


def test_a_question_that_is_not_in_the_form_is_refused(redcap: Questionnaire) -> None:
    path = SAMPLES / "redcap_answers.csv"
    error = refusal(lambda: read_answer_table(path, redcap, questions=["pauze"]))
    assert error.fault is QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION
    answers = read_answer_table(path, redcap, questions=["shared"])
    assert refusal(lambda: answers.numbers("hours")).fault is QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION


def test_a_bundle_of_responses_is_read_by_ordinal_value(fhir: Questionnaire) -> None:
    answers = read_fhir_responses(SAMPLES / "fhir_bundle.json", fhir)
    assert (answers.n, answers.set_aside) == (2, 1)
    np.testing.assert_array_equal(answers.numbers("pause"), [2.0, 0.0])
    np.testing.assert_array_equal(answers.numbers("covered"), [2.5, NAN])
    np.testing.assert_array_equal(answers.numbers("asked"), [1.0, NAN])
    np.testing.assert_array_equal(answers.numbers("minutes"), [20.0, NAN])
    assert answers.frame["places___room"].to_list() == [1, None]
    assert answers.frame["places___out"].to_list() == [0, None]
    assert "words" not in answers.frame.columns
    assert "total" not in answers.frame.columns


BREAKS = {
    "an option that is not there": (
        '"code": "often"',
        '"code": "always"',
        QuestionnaireFault.ANSWERS_UNKNOWN_OPTION,
    ),
    "a question that is not there": (
        '"linkId": "pause"',
        '"linkId": "pauze"',
        QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION,
    ),
    "another questionnaire": ("rest-after-visits|2", "other|2", QuestionnaireFault.ANSWERS_OTHER_FORM),
    "another version": ("rest-after-visits|2", "rest-after-visits|3", QuestionnaireFault.ANSWERS_OTHER_FORM),
    "another value": ('"valueDecimal": 2.5', '"valueDecimal": 3', QuestionnaireFault.FORM_VALUE_TWICE),
    "two answers to one question": (
        '{"valueBoolean": true}',
        '{"valueBoolean": true}, {"valueBoolean": false}',
        QuestionnaireFault.ANSWERS_SEVERAL,
    ),
    "one question twice": ('"linkId": "asked"', '"linkId": "pause"', QuestionnaireFault.ANSWERS_SEVERAL),
    "words for a number": ('"valueInteger": 20', '"valueString": "20"', QuestionnaireFault.ANSWERS_KIND),
    "a number out of range": ('"valueInteger": 20', '"valueInteger": 2000', TableFault.NUMBER_RANGE),
    "a number for an option": (
        '{"valueBoolean": true}',
        '{"valueDecimal": 1}',
        QuestionnaireFault.ANSWERS_KIND,
    ),
    "no status": ('"status": "in-progress", ', "", QuestionnaireFault.FORM_FIELD),
    "another resource": (
        '"resourceType": "Bundle"',
        '"resourceType": "Patient"',
        QuestionnaireFault.FORM_WRONG_KIND,
    ),
    "no JSON": ('"type": "collection",', '"type": collection,', QuestionnaireFault.FORM_NOT_JSON),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_responses_that_do_not_fit_are_refused_by_name(
    fhir: Questionnaire, tmp_path: Path, kind: str
) -> None:
    old, new, fault = BREAKS[kind]
    path = changed(tmp_path, "fhir_bundle.json", old, new)
    assert refusal(lambda: read_fhir_responses(path, fhir)).fault is fault


def test_answers_to_a_question_that_was_left_out_are_not_read() -> None:
    form = read_questionnaire(SAMPLES / "fhir_questionnaire.json", without=("pause",))
    assert "pause" not in read_fhir_responses(SAMPLES / "fhir_bundle.json", form).frame.columns


def test_a_bundle_without_one_answer_is_refused(fhir: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection"}))
    assert refusal(lambda: read_fhir_responses(path, fhir)).fault is TableFault.TABLE_NO_ROWS


def test_options_without_numbers_are_not_scored(tmp_path: Path) -> None:
    path = changed(tmp_path, "redcap_dictionary.csv", "0, Never | 1, Once", "a, Never | 1, Once")
    form = read_questionnaire(path)
    answers = read_answer_table(SAMPLES / "redcap_answers.csv", form, questions=["pause_2", "shared"])
    assert "pause_2" in answers.values()
    data = changed(tmp_path, "redcap_answers.csv", "1,someone@example.org,0", "1,someone@example.org,a")
    answers = read_answer_table(data, form, questions=["pause_1"])
    assert answers.values() == {}
    assert refusal(lambda: answers.numbers("pause_1")).fault is QuestionnaireFault.FORM_NOT_SCORED
