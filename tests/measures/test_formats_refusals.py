"""Questionnaires that are broken, contradict themselves or must not be asked, refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.measures.form_samples import CHOICES, SAMPLES, SURVEY, changed, changed_schema, refusal, xlsform

from replenish.basis.errors import Fault
from replenish.basis.faults import QuestionnaireFault, TableFault
from replenish.measures.formats.detection import read_questionnaire

FHIR, REDCAP = "fhir_questionnaire.json", "redcap_dictionary.csv"
LIST, LIME = "question_list.csv", "limesurvey_group.lsg"
ORDINAL = '"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0'
BREAKS = {
    "not JSON": (FHIR, '"title":', "title:", QuestionnaireFault.FORM_NOT_JSON),
    "a comma too many": (FHIR, '"version": "2",', '"version": "2",,', QuestionnaireFault.FORM_NOT_JSON),
    "an entry twice": (
        FHIR,
        '"id": "rest-after-visits",',
        '"id": "a", "id": "b",',
        QuestionnaireFault.FORM_NOT_JSON,
    ),
    "no number": (FHIR, '"valueDecimal": 2.5', '"valueDecimal": NaN', QuestionnaireFault.FORM_NOT_JSON),
    "another resource": (
        FHIR,
        '"resourceType": "Questionnaire"',
        '"resourceType": "Patient"',
        QuestionnaireFault.FORM_WRONG_KIND,
    ),
    "an unknown type": (FHIR, '"type": "boolean"', '"type": "guess"', QuestionnaireFault.FORM_FIELD),
    "a missing link id": (FHIR, '"linkId": "words", ', "", QuestionnaireFault.FORM_FIELD),
    "a link id twice": (FHIR, '"linkId": "words"', '"linkId": "asked"', QuestionnaireFault.FORM_CODE_TWICE),
    "an option twice": (FHIR, '"code": "room"', '"code": "out"', QuestionnaireFault.FORM_OPTION_TWICE),
    "a value set elsewhere": (
        FHIR,
        '"#how-often"',
        '"https://example.org/vs"',
        QuestionnaireFault.FORM_REFERENCE,
    ),
    "no options": (
        FHIR,
        '"answerValueSet": "#how-often"',
        '"readOnly": false',
        QuestionnaireFault.FORM_NO_OPTIONS,
    ),
    "two values for an option": (
        FHIR,
        "{" + ORDINAL + "}",
        "{" + ORDINAL + "}, {" + ORDINAL.replace(": 0", ": 1") + "}",
        QuestionnaireFault.FORM_VALUE_TWICE,
    ),
    "a value in words": (
        FHIR,
        ORDINAL,
        ORDINAL.replace('"valueDecimal": 0', '"valueString": "zero"'),
        QuestionnaireFault.FORM_FIELD,
    ),
    "a number that repeats": (
        FHIR,
        '"type": "integer",',
        '"type": "integer", "repeats": true,',
        QuestionnaireFault.FORM_REPEAT,
    ),
    "a range upside down": (
        FHIR,
        '"valueInteger": 240',
        '"valueInteger": -1',
        QuestionnaireFault.FORM_RANGE_REVERSED,
    ),
    "a choice without a comma": (
        REDCAP,
        "0, Never | 1, Once",
        "0 Never | 1, Once",
        QuestionnaireFault.FORM_OPTIONS,
    ),
    "an empty choice": (REDCAP, "0, Never | 1, Once", "0, Never || 1, Once", QuestionnaireFault.FORM_OPTIONS),
    "a field type REDCap lacks": (REDCAP, ",yesno,", ",maybe,", QuestionnaireFault.FORM_FIELD),
    "a field name twice": (REDCAP, "pause_2,week", "pause_1,week", QuestionnaireFault.FORM_CODE_TWICE),
    "a field called as a calculation": (
        REDCAP,
        "hours,week",
        "total,week",
        QuestionnaireFault.FORM_CODE_TWICE,
    ),
    "a row cut short": (REDCAP, "day,talk,,text,", "day,talk", TableFault.TABLE_RAGGED),
    "a list without text": (
        LIST,
        "I had time to rest between two hard visits",
        "",
        QuestionnaireFault.FORM_FIELD,
    ),
    "a list with a wrong word": (LIST, ";yes;The week;", ";perhaps;The week;", QuestionnaireFault.FORM_FIELD),
    "a list with words for a number": (LIST, ";0;240;", ";none;240;", QuestionnaireFault.FORM_FIELD),
    "truncated XML": (LIME, "</document>", "", QuestionnaireFault.FORM_NOT_XML),
    "another document": (
        LIME,
        "<LimeSurveyDocType>Group",
        "<LimeSurveyDocType>Label",
        QuestionnaireFault.FORM_WRONG_KIND,
    ),
    "an unknown question type": (
        LIME,
        "<type><![CDATA[F]]>",
        "<type><![CDATA[?]]>",
        QuestionnaireFault.FORM_FIELD,
    ),
    "an option before a question": (
        "limesurvey_survey.txt",
        "\tQ\tL\tpause",
        "\tX\tL\tpause",
        QuestionnaireFault.FORM_REFERENCE,
    ),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_questionnaire_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    name, old, new, fault = BREAKS[kind]
    read_questionnaire(SAMPLES / name)
    path = changed(tmp_path, name, old, new)
    error = refusal(lambda: read_questionnaire(path))
    assert error.fault is fault
    assert str(path) in str(error)


SCHEMA_BREAKS = {
    "a range its options contradict": (
        "valueConstraints",
        '"minValue": 0',
        '"minValue": 1',
        QuestionnaireFault.FORM_RANGE,
    ),
    "a sum its items contradict": (
        "items/rest_total",
        '"maxValue": 4',
        '"maxValue": 5',
        QuestionnaireFault.FORM_RANGE,
    ),
    "an item that is not there": (
        "rest_schema",
        '"items/rest_2", "items',
        '"items/rest_9", "items',
        QuestionnaireFault.FORM_REFERENCE,
    ),
    "a sum of an item that is not there": (
        "rest_schema",
        "rest_1 + rest_2",
        "rest_1 + rest_9",
        QuestionnaireFault.FORM_REFERENCE,
    ),
    "an item on the web": (
        "items/rest_1",
        "../valueConstraints",
        "https://example.org/x",
        QuestionnaireFault.FORM_REFERENCE,
    ),
    "a way out of the folder": (
        "items/rest_1",
        "../valueConstraints",
        "../../../secret",
        QuestionnaireFault.FORM_REFERENCE_OUTSIDE,
    ),
    "an absolute path": (
        "items/rest_1",
        "../valueConstraints",
        "/etc/hostname",
        QuestionnaireFault.FORM_REFERENCE_OUTSIDE,
    ),
    "a protocol": ("rest_schema", '"Activity"', '"Protocol"', QuestionnaireFault.FORM_WRONG_KIND),
    "an item that is no JSON": ("items/rest_2", '"category"', "category", QuestionnaireFault.FORM_NOT_JSON),
    "choices without a value": (
        "valueConstraints",
        '"value": 1',
        '"worth": 1',
        QuestionnaireFault.FORM_FIELD,
    ),
}


@pytest.mark.parametrize("kind", SCHEMA_BREAKS)
def test_a_broken_reproschema_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    name, old, new, fault = SCHEMA_BREAKS[kind]
    folder = changed_schema(tmp_path, name, old, new)
    assert refusal(lambda: read_questionnaire(folder)).fault is fault


def test_a_claimed_range_is_named_beside_the_true_one(tmp_path: Path) -> None:
    folder = changed_schema(tmp_path, "items/rest_total", '"maxValue": 4', '"maxValue": 21')
    message = str(refusal(lambda: read_questionnaire(folder)))
    assert "'rest_total' claims values from 0 to 21 and its items give 0 to 4" in message


def test_a_mean_is_checked_too_and_other_formulas_are_left_alone(tmp_path: Path) -> None:
    folder = changed_schema(tmp_path, "rest_schema", "rest_1 + rest_2", "(rest_1 + rest_2) / 2")
    assert refusal(lambda: read_questionnaire(folder)).fault is QuestionnaireFault.FORM_RANGE
    schema = folder / "rest_schema"
    schema.write_text(schema.read_text().replace("(rest_1 + rest_2) / 2", "Math.max(rest_1, rest_2)"))
    assert read_questionnaire(folder).calculations[0].formula == "Math.max(rest_1, rest_2)"


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = changed_schema(tmp_path, "items/rest_1", "../valueConstraints", "outside")
    (tmp_path / "elsewhere").write_text("{}")
    (folder / "items" / "outside").symlink_to(tmp_path / "elsewhere")
    assert refusal(lambda: read_questionnaire(folder)).fault is QuestionnaireFault.FORM_REFERENCE_OUTSIDE


BOMB = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<document><LimeSurveyDocType>Group</LimeSurveyDocType><x>&b;</x></document>"""
READS_A_FILE = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<document><LimeSurveyDocType>&a;</LimeSurveyDocType></document>"""


@pytest.mark.parametrize("content", [BOMB, READS_A_FILE])
def test_entities_are_refused_and_never_followed(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bomb.lsg"
    path.write_text(content)
    assert refusal(lambda: read_questionnaire(path)).fault is QuestionnaireFault.FORM_XML_UNSAFE


def test_bottomless_nesting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"a":' * 100_000)
    assert refusal(lambda: read_questionnaire(path)).fault is QuestionnaireFault.FORM_NOT_JSON
    item: dict[str, object] = {"linkId": "q", "type": "text"}
    for place in range(150):
        item = {"linkId": f"g{place}", "type": "group", "item": [item]}
    path.write_text(json.dumps({"resourceType": "Questionnaire", "item": [item]}))
    assert "nested too deeply" in str(refusal(lambda: read_questionnaire(path)))


def with_row(row: tuple[object, ...]) -> tuple[tuple[object, ...], ...]:
    return (*SURVEY, row)


SHEETS: dict[str, tuple[dict[str, tuple[tuple[object, ...], ...]], Fault]] = {
    "a list that is not there": ({"choices": CHOICES[:4]}, QuestionnaireFault.FORM_REFERENCE),
    "an unknown type": ({"survey": with_row(("guess", "x", "X"))}, QuestionnaireFault.FORM_FIELD),
    "a question without a name": ({"survey": with_row(("text", None, "X"))}, QuestionnaireFault.FORM_FIELD),
    "a name twice": ({"survey": with_row(("text", "pause", "X"))}, QuestionnaireFault.FORM_CODE_TWICE),
    "an option twice": ({"choices": (*CHOICES, ("often", 2, "Twice"))}, QuestionnaireFault.FORM_OPTION_TWICE),
    "an option without a list": ({"choices": (*CHOICES, (None, 2, "Twice"))}, QuestionnaireFault.FORM_FIELD),
    "a group left open": ({"survey": with_row(("begin_group", "g", "G"))}, QuestionnaireFault.FORM_GROUPS),
    "a group never opened": ({"survey": with_row(("end_group",))}, QuestionnaireFault.FORM_GROUPS),
    "a repeat": ({"survey": with_row(("begin_repeat", "r", "R"))}, QuestionnaireFault.FORM_REPEAT),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_a_broken_xlsform_is_refused_by_name(tmp_path: Path, kind: str) -> None:
    sheets, fault = SHEETS[kind]
    path = xlsform(tmp_path / "form.xlsx", **sheets)
    assert refusal(lambda: read_questionnaire(path)).fault is fault


def test_a_corrupt_xlsform_is_refused(tmp_path: Path) -> None:
    content = xlsform(tmp_path / "form.xlsx").read_bytes()
    (tmp_path / "half.xlsx").write_bytes(content[: len(content) // 2])
    assert refusal(lambda: read_questionnaire(tmp_path / "half.xlsx")).fault is TableFault.WORKBOOK_BROKEN


def test_what_is_no_questionnaire_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(lambda: read_questionnaire(SAMPLES / "redcap_answers.csv")).fault
        is QuestionnaireFault.FORM_UNKNOWN
    )
    assert refusal(lambda: read_questionnaire(tmp_path)).fault is QuestionnaireFault.FORM_UNKNOWN
    assert refusal(lambda: read_questionnaire(tmp_path / "no")).fault is TableFault.FILE_MISSING
    (tmp_path / "empty.json").touch()
    assert refusal(lambda: read_questionnaire(tmp_path / "empty.json")).fault is TableFault.FILE_EMPTY
    (tmp_path / "list.json").write_text("[1]")
    assert (
        refusal(lambda: read_questionnaire(tmp_path / "list.json")).fault is QuestionnaireFault.FORM_NOT_JSON
    )
    (tmp_path / "other.json").write_text(json.dumps({"a": 1}))
    assert (
        refusal(lambda: read_questionnaire(tmp_path / "other.json")).fault
        is QuestionnaireFault.FORM_WRONG_KIND
    )


def test_a_question_about_suicide_is_refused_unless_it_is_left_out_by_name(tmp_path: Path) -> None:
    for name, old, new, code in (
        (
            "question_list.csv",
            "I went from one visit to the next without a pause",
            "I thought of suicide",
            "rush",
        ),
        (FHIR, '"code": "P1"', '"code": "44260-8"', "pause"),
        (
            "redcap_dictionary.csv",
            "Somebody covered for the pause",
            "Thoughts of hurting yourself",
            "pause_2",
        ),
        (
            "limesurvey_group.lsg",
            "somebody asked",
            "it would be better to be dead: better off dead",
            "team_s1",
        ),
    ):
        path = changed(tmp_path, name, old, new)
        error = refusal(lambda path=path: read_questionnaire(path))  # type: ignore[misc]
        assert error.fault is QuestionnaireFault.FORM_SELF_HARM
        assert f"'{code}'" in str(error)
        form = read_questionnaire(path, without=(code,))
        assert code not in form.codes
        assert form.left_out == (code,)
