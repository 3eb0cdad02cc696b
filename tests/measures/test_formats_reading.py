"""Questionnaires: each format read into the same shape, recognised by its content alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyxform.xls2xform import convert
from tests.measures.form_samples import SAMPLES, changed, refusal, xlsform

from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire


def values(question: Asked | None) -> dict[str, float | None]:
    assert question is not None
    return {option.code: option.value for option in question.options}


def kinds(questionnaire: Questionnaire) -> dict[str, Kind]:
    return {question.code: question.kind for question in questionnaire.asked}


def test_a_question_list_is_read() -> None:
    form = read_questionnaire(SAMPLES / "question_list.csv")
    assert form.format == "question list"
    assert kinds(form) == {"rest": Kind.ONE, "rush": Kind.ONE, "minutes": Kind.NUMBER}
    assert values(form.question("rest")) == {"0": 0.0, "1": 1.0, "2": 2.0}
    assert [question.reverse for question in form.asked] == [False, True, None]
    assert form.asked[2].range == (0.0, 240.0)
    assert form.asked[0].required
    assert form.asked[1].note == "Count from Monday"


def test_both_headers_of_a_redcap_dictionary_are_read() -> None:
    designer = read_questionnaire(SAMPLES / "redcap_dictionary.csv")
    api = read_questionnaire(SAMPLES / "redcap_metadata.csv")
    assert designer.format == api.format == "REDCap data dictionary"
    assert api.question("pause_1") == designer.question("pause_1")
    assert kinds(designer) == {
        "record_id": Kind.TEXT,
        "pause_1": Kind.ONE,
        "pause_2": Kind.ONE,
        "where": Kind.SEVERAL,
        "hours": Kind.NUMBER,
        "tired": Kind.NUMBER,
        "shared": Kind.ONE,
        "day": Kind.DATE,
    }
    pause = designer.question("pause_2")
    assert pause is not None
    assert pause.groups == ("week", "Pauses this week", "pauses")
    where, hours = designer.question("where"), designer.question("hours")
    assert where is not None
    assert hours is not None
    assert where.columns == ("where___1", "where___2", "where___9")
    assert where.options[2].label == "In the car, parked"
    assert where.shown_if == "[pause_1] > 0"
    assert (hours.range, hours.whole) == ((0.0, 80.0), True)


def test_tick_boxes_are_named_as_redcap_names_their_columns(tmp_path: Path) -> None:
    path = changed(tmp_path, "redcap_dictionary.csv", "9, In the car, parked", "-9, Elsewhere | B, Both")
    where = read_questionnaire(path).question("where")
    assert where is not None
    assert where.columns == ("where___1", "where___2", "where____9", "where___b")


def test_a_calculated_field_is_listed_and_never_carried_out() -> None:
    form = read_questionnaire(SAMPLES / "redcap_dictionary.csv")
    assert [(entry.code, entry.formula) for entry in form.calculations] == [
        ("total", "[pause_1] + [pause_2]")
    ]
    assert "total" not in form.codes


def test_a_fhir_questionnaire_is_read() -> None:
    form = read_questionnaire(SAMPLES / "fhir_questionnaire.json")
    assert (form.title, form.version, form.language) == ("Rest after visits", "2", "en")
    assert form.licence == "Public domain (CC0)"
    assert values(form.question("pause")) == {"never": 0.0, "some": 1.0, "often": 2.0}
    assert values(form.question("covered")) == {"n": 0.0, "y": 2.5}
    covered, pause, minutes = (form.question(code) for code in ("covered", "pause", "minutes"))
    assert covered is not None
    assert pause is not None
    assert minutes is not None
    assert covered.groups == ("The week", "With others")
    assert covered.shown_if == "pause != never"
    assert pause.terms == ("P1",)
    assert pause.required
    assert minutes.range == (0.0, 240.0)
    assert kinds(form)["places"] is Kind.SEVERAL
    assert [entry.code for entry in form.calculations] == ["total"]
    german = read_questionnaire(SAMPLES / "fhir_questionnaire.json", language="en")
    assert german.asked == form.asked


def test_a_reproschema_is_read_from_its_folder_or_its_schema() -> None:
    form = read_questionnaire(SAMPLES / "reproschema")
    assert form == read_questionnaire(SAMPLES / "reproschema" / "rest_schema")
    assert kinds(form) == {"rest_1": Kind.ONE, "rest_2": Kind.ONE, "rest_hours": Kind.NUMBER}
    assert form.asked[0].options == (
        Choice("0", "Never", 0.0),
        Choice("1", "Once", 1.0),
        Choice("2", "More often", 2.0),
    )
    assert (form.calculations[0].low, form.calculations[0].high) == (0.0, 4.0)
    assert form.citation == "Made for these tests"
    dutch = read_questionnaire(SAMPLES / "reproschema", language="nl")
    assert dutch.asked[0].options[0].label == "Nooit"
    assert dutch.title == "Rust na bezoeken"


def test_an_xlsform_is_read(tmp_path: Path) -> None:
    form = read_questionnaire(xlsform(tmp_path / "form.xlsx"))
    assert form.title == "Rest after visits"
    assert kinds(form) == {
        "pause": Kind.ONE,
        "asked": Kind.ONE,
        "where": Kind.SEVERAL,
        "minutes": Kind.NUMBER,
        "mood": Kind.NUMBER,
        "words": Kind.TEXT,
    }
    pause, asked, where, minutes, mood, _ = form.asked
    assert values(pause) == {"0": 0.0, "1": 1.0, "2": 2.0}
    assert pause.scored
    assert values(asked) == {"0": 0.0, "1": 1.0, "2": 2.0, "other": None}
    assert not asked.scored
    assert where.groups == ("The week", "Inside")
    assert minutes.range == (0.0, 240.0)
    assert minutes.whole
    assert mood.range == (1.0, 7.0)
    assert [entry.formula for entry in form.calculations] == ["${pause} + 1"]


def test_the_judge_accepts_the_same_xlsform(tmp_path: Path) -> None:
    judged = convert(str(xlsform(tmp_path / "form.xlsx")))
    form = read_questionnaire(tmp_path / "form.xlsx")
    for code in (*form.codes, *(entry.code for entry in form.calculations)):
        assert f"<{code}" in judged.xform


@pytest.mark.parametrize("language", ["nl", "Nederlands", "Nederlands (nl)"])
def test_an_xlsform_is_read_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    form = read_questionnaire(xlsform(tmp_path / "form.xlsx"), language=language)
    assert form.asked[0].text == "Er was een pauze"
    assert form.asked[0].options[0].label == "Nooit"
    assert form.asked[0].groups == ("De week",)


def test_a_limesurvey_group_is_read_in_the_order_in_which_it_is_asked() -> None:
    form = read_questionnaire(SAMPLES / "limesurvey_group.lsg")
    assert form.codes == ("pause", "team_s1", "team_s2", "mood")
    assert [option.label for option in form.asked[0].options] == ["No", "Yes"]
    assert form.asked[1].groups == ("Week", "In the team")
    assert form.asked[1].shown_if == "pause == 2"
    assert form.asked[3].range == (1.0, 5.0)
    dutch = read_questionnaire(SAMPLES / "limesurvey_group.lsg", language="nl")
    assert dutch.asked[0].text == "Er was een pauze"
    assert [option.label for option in dutch.asked[1].options] == ["Nooit", "Een keer"]


def test_a_tab_separated_limesurvey_is_read() -> None:
    form = read_questionnaire(SAMPLES / "limesurvey_survey.txt")
    assert form.codes == ("pause", "team_s1", "team_s2", "where", "hours")
    assert form.asked[0].text == "There was a pause & a talk"
    assert values(form.asked[0]) == {"A1": 0.0, "A2": 3.0}
    assert values(form.asked[1]) == {"1": 1.0, "2": 2.0}
    assert form.asked[3].columns == ("where___out", "where___-oth-")
    assert form.asked[4].range == (0.0, 80.0)
    assert [entry.code for entry in form.calculations] == ["sum"]
    dutch = read_questionnaire(SAMPLES / "limesurvey_survey.txt", language="nl")
    assert dutch.asked[1].text == "NL somebody asked"


def test_the_name_of_a_file_does_not_decide(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "fhir_questionnaire.json", tmp_path / "anything.txt")
    shutil.copy(SAMPLES / "limesurvey_group.lsg", tmp_path / "anything")
    assert read_questionnaire(tmp_path / "anything.txt").format == "FHIR R4 Questionnaire"
    assert read_questionnaire(tmp_path / "anything").format == "LimeSurvey XML"


def test_questions_are_left_out_by_name() -> None:
    form = read_questionnaire(SAMPLES / "question_list.csv", without=("rush",))
    assert form.codes == ("rest", "minutes")
    assert form.left_out == ("rush",)
    error = refusal(lambda: read_questionnaire(SAMPLES / "question_list.csv", without=("hurry",)))
    assert error.fault is QuestionnaireFault.FORM_NOT_THERE
    assert "rest, rush, minutes" in str(error)


@pytest.mark.parametrize(
    "name", ["fhir_questionnaire.json", "reproschema", "limesurvey_group.lsg", "limesurvey_survey.txt"]
)
def test_a_language_that_is_not_there_is_refused(name: str) -> None:
    assert (
        refusal(lambda: read_questionnaire(SAMPLES / name, language="fi")).fault
        is QuestionnaireFault.FORM_LANGUAGE
    )


def test_a_translation_is_read_where_every_question_has_one() -> None:
    error = refusal(lambda: read_questionnaire(SAMPLES / "fhir_questionnaire.json", language="de"))
    assert error.fault is QuestionnaireFault.FORM_LANGUAGE
    assert "'covered'" in str(error)
