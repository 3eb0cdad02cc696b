"""The real questionnaires of other projects: what is in them, and the faults some of them really have."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from fhir.resources.R4B.questionnaire import Questionnaire as JudgeOfForms
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as JudgeOfAnswers
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert
from tests.measures.form_samples import refusal

from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.answer_tables import read_answer_table
from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.fhir_response import read_fhir_responses
from replenish.measures.formats.key_match import wording_rows
from replenish.measures.formats.questionnaire import Kind
from replenish.measures.library import load_pack
from replenish.measures.wording import check_wording

pytestmark = pytest.mark.realdata
Find = Callable[[str], Path]

SIZES = {
    "fhir_r4_cirg_phq4.json": (5, 16, 0),
    "limesurvey_group_1370.lsg": (4, 12, 0),
    "limesurvey_group_1370_rewritten.lsg": (4, 12, 0),
    "export-of-minimal-survey-as-tsv.txt": (15, 82, 3),
    "export-of-survey-with-one-question-as-tsv.txt": (1, 2, 0),
    "redcap_simple/dictionary.csv": (15, 11, 1),
    "redcap_simple/metadata.csv": (14, 11, 2),
    "redcap_survey/dictionary.csv": (25, 39, 0),
    "reproschema/GAD7": (7, 28, 1),
}


@pytest.mark.parametrize("name", SIZES)
def test_questions_options_and_calculations_are_all_there(realdata: Find, name: str) -> None:
    form = read_questionnaire(realdata(f"forms/{name}"))
    found = (len(form.asked), sum(len(question.options) for question in form.asked), len(form.calculations))
    assert found == SIZES[name]


def test_the_coded_options_of_a_fhir_panel_count_0_to_3(realdata: Find) -> None:
    form = read_questionnaire(realdata("forms/fhir_r4_cirg_phq4.json"))
    assert [question.range for question in form.asked] == [(0.0, 3.0)] * 4 + [None]
    assert form.licence is not None
    assert form.licence.startswith("Copyright")


def test_the_panel_with_item_9_is_refused_until_that_item_is_left_out(realdata: Find) -> None:
    path = realdata("forms/fhir_r4_phq9.json")
    error = refusal(lambda: read_questionnaire(path))
    assert [problem.fault for problem in error.problems] == [QuestionnaireFault.FORM_SELF_HARM]
    assert "'/44260-8'" in str(error)
    form = read_questionnaire(path, without=("/44260-8",))
    assert len(form.asked) == 9
    assert [question.scored for question in form.asked] == [True] * 8 + [False]
    assert [calculation.code for calculation in form.calculations] == ["/44261-6"]


def test_a_value_set_that_lives_elsewhere_is_never_fetched(realdata: Find) -> None:
    error = refusal(lambda: read_questionnaire(realdata("forms/fhir_r4_mii_phq9.json"), without=("PHQ-9.9",)))
    assert error.fault is QuestionnaireFault.FORM_REFERENCE
    assert "mii-vs-pro-phq-9-answer-list-ll358-3" in str(error)


def test_the_judge_finds_the_same_questions_in_the_fhir_files(realdata: Find) -> None:
    for name, outer in (("fhir_r4_phq9", 11), ("fhir_r4_cirg_phq4", 6), ("fhir_r4_mii_phq9", 12)):
        plain = json.loads(realdata(f"forms/{name}.json").read_text())
        for item in plain["item"]:
            # One of the files names its variables with an underscore, which R4 does not allow.
            item["extension"] = [e for e in item.get("extension", []) if not e["url"].endswith("/variable")]
        assert len(JudgeOfForms.model_validate(plain).item or []) == outer
    text = realdata("forms/fhir_r4_mii_phq9_response.json").read_text()
    assert len(JudgeOfAnswers.model_validate_json(text).item or []) == 11


def test_real_answers_are_refused_where_their_link_ids_are_not_those_of_the_form(
    realdata: Find, tmp_path: Path
) -> None:
    plain = json.loads(realdata("forms/fhir_r4_mii_phq9.json").read_text())
    values = [("LA6568-5", 0), ("LA6569-3", 1), ("LA6570-1", 2), ("LA6571-9", 3)]
    ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    for item in plain["item"]:
        if item.pop("answerValueSet", None):
            item["answerOption"] = [
                {"valueCoding": {"code": code, "extension": [{"url": ordinal, "valueDecimal": value}]}}
                for code, value in values
            ]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps(plain))
    form = read_questionnaire(whole, without=("PHQ-9.9",))
    answers = realdata("forms/fhir_r4_mii_phq9_response.json")
    error = refusal(lambda: read_fhir_responses(answers, form))
    assert error.fault is QuestionnaireFault.ANSWERS_UNKNOWN_QUESTION
    renamed = tmp_path / "answers.json"
    renamed.write_text(answers.read_text().replace('"PHQ.', '"PHQ-9.'))
    error = refusal(lambda: read_fhir_responses(renamed, form))
    assert error.fault is QuestionnaireFault.ANSWERS_UNKNOWN_OPTION
    assert "LA6574-3" in str(error)
    renamed.write_text(renamed.read_text().replace("LA6574-3", "LA6568-5"))
    form = read_questionnaire(whole, without=("PHQ-9.9", "PHQ-9.Score"))
    values_read = read_fhir_responses(renamed, form).values()
    assert "PHQ-9.9" not in values_read
    assert [float(values_read[f"PHQ-9.{k}"][0]) for k in (1, 2, 3, 4, 5, 6, 7, 8, 10)] == [3.0] * 8 + [0.0]


def test_a_recipe_whose_range_its_options_contradict_is_refused_and_fits_once_corrected(
    realdata: Find, tmp_path: Path
) -> None:
    original = realdata("forms/reproschema/SCS-SF")
    error = refusal(lambda: read_questionnaire(original))
    assert error.fault is QuestionnaireFault.FORM_RANGE
    assert "from 0 to 5" in str(error)
    folder = tmp_path / "SCS-SF"
    shutil.copytree(original, folder)
    (folder / "valueConstraints").chmod(0o644)
    constraints = (folder / "valueConstraints").read_text().replace('"minValue": 0', '"minValue": 1')
    (folder / "valueConstraints").unlink()
    (folder / "valueConstraints").write_text(constraints)
    form = read_questionnaire(folder)
    assert [question.range for question in form.asked] == [(1.0, 5.0)] * 12
    pack = load_pack("scs-sf")
    wording = check_wording(pack, wording_rows(form, pack, file=folder), file=folder)
    assert list(wording.texts) == [item.code for item in pack.items]


def test_a_sum_with_another_range_than_its_seven_items_is_refused(realdata: Find, tmp_path: Path) -> None:
    folder = tmp_path / "GAD7"
    shutil.copytree(realdata("forms/reproschema/GAD7"), folder)
    total = (folder / "items" / "gad7_total_score").read_text()
    (folder / "items" / "gad7_total_score").unlink()
    (folder / "items" / "gad7_total_score").write_text(total.replace('"maxValue": 21', '"maxValue": 27'))
    error = refusal(lambda: read_questionnaire(folder))
    assert error.fault is QuestionnaireFault.FORM_RANGE
    assert "from 0 to 27 and its items give 0 to 21" in str(error)


def test_every_language_of_a_schema_can_be_read(realdata: Find) -> None:
    spanish = read_questionnaire(realdata("forms/reproschema/GAD7"), language="es")
    assert spanish.asked[0].options[0].label == "Para nada"
    error = refusal(lambda: read_questionnaire(realdata("forms/reproschema/GAD7"), language="tlh"))
    assert error.fault is QuestionnaireFault.FORM_LANGUAGE


def test_the_real_xlsform_is_refused_by_us_and_by_its_judge_and_read_once_renamed(
    realdata: Find, tmp_path: Path
) -> None:
    original = realdata("forms/xlsform_wellbeing.xlsx")
    error = refusal(lambda: read_questionnaire(original))
    assert {problem.fault for problem in error.problems} == {QuestionnaireFault.FORM_CODE_TWICE}
    named = [dict(problem.details)["code"] for problem in error.problems]
    assert named == ["ethnicity", "birth_place", "building_type", "education"]
    with pytest.raises(PyXFormError, match="ethnicity"):
        convert(str(original))
    book = openpyxl.load_workbook(original)
    seen: set[object] = set()
    for row in book["survey"].iter_rows(min_row=2):
        row[1].value = f"{row[1].value}_second" if row[1].value in seen else row[1].value
        row[8].value = None
        seen.add(row[1].value)
    book.save(tmp_path / "renamed.xlsx")
    form = read_questionnaire(tmp_path / "renamed.xlsx")
    assert (len(form.asked), sum(len(question.options) for question in form.asked)) == (16, 83)
    assert [question.kind for question in form.asked].count(Kind.SEVERAL) == 3
    assert len(form.calculations) == 1


def test_real_redcap_answers_are_read_and_their_impossible_heights_named(realdata: Find) -> None:
    form = read_questionnaire(realdata("forms/redcap_simple/dictionary.csv"))
    data = realdata("forms/redcap_simple/data.csv")
    error = refusal(lambda: read_answer_table(data, form))
    assert error.fault is TableFault.NUMBER_RANGE
    assert [(problem.place.row, problem.place.column) for problem in error.problems] == [
        (1, "height"),
        (2, "height"),
    ]
    answers = read_answer_table(data, form, questions=["sex", "race", "ethnicity"])
    assert answers.n == 5
    np.testing.assert_array_equal(answers.numbers("sex"), [0, 1, 1, 0, 1])
    np.testing.assert_array_equal(answers.numbers("ethnicity"), [1, 1, 0, 1, 2])
    assert answers.frame["race___5"].to_list() == [1, 1, 1, 1, 0]
    assert "name_first" not in answers.frame.columns


def test_a_real_survey_export_without_answers_is_all_missing(realdata: Find) -> None:
    form = read_questionnaire(realdata("forms/redcap_survey/dictionary.csv"))
    answers = read_answer_table(
        realdata("forms/redcap_survey/data.csv"), form, questions=["has_diabetes", "consent", "pmq1"]
    )
    np.testing.assert_array_equal(answers.numbers("has_diabetes"), [1, 0])
    assert answers.frame["consent___1"].to_list() == [1, 0]
    assert np.isnan(answers.numbers("pmq1")).all()
