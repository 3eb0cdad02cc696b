"""Questionnaires and answers as FHIR R4. Nothing that names a person is written: rows have numbers only."""

from __future__ import annotations

from itertools import count, takewhile

from replenish.basis.identifiers import content_hash
from replenish.measures.formats.answers import Answers
from replenish.measures.formats.fhir_records import CALCULATED, MAX_VALUE, MIN_VALUE, ORDINAL_VALUE
from replenish.measures.formats.questionnaire import Asked, Calculation, Choice, Kind, Questionnaire

Plain = dict[str, object]

_TYPES = {
    Kind.ONE: "choice",
    Kind.SEVERAL: "choice",
    Kind.NUMBER: "decimal",
    Kind.TEXT: "text",
    Kind.DATE: "date",
    Kind.OTHER: "attachment",
}
_EXPRESSION = min(CALCULATED, key=lambda url: "sdc" not in url)


def address(questionnaire: Questionnaire) -> str:
    """The canonical address: the questionnaire's own, or one of our scheme made from its content."""
    if questionnaire.url is not None:
        return questionnaire.url
    content = [[q.code, q.text, [[o.code, o.label, o.value] for o in q.options]] for q in questionnaire.asked]
    return f"urn:replenish:questionnaire:{content_hash(content)[:32]}"


def fhir_questionnaire(questionnaire: Questionnaire) -> Plain:
    """A FHIR R4 Questionnaire as plain JSON data. Groups are written as nested groups."""
    optional: Plain = {
        "version": questionnaire.version,
        "title": questionnaire.title or None,
        "language": questionnaire.language,
        "copyright": questionnaire.licence,
    }
    return {
        "resourceType": "Questionnaire",
        "url": address(questionnaire),
        **{name: value for name, value in optional.items() if value is not None},
        "status": "active",
        "item": [*_grouped(questionnaire), *map(_calculation, questionnaire.calculations)],
    }


def fhir_responses(answers: Answers) -> Plain:
    """A FHIR R4 Bundle with one QuestionnaireResponse for each row, as plain JSON data.

    There is no subject, author or date: the order of the rows is all that remains of who answered.
    """
    questionnaire = answers.questionnaire
    canonical = address(questionnaire)
    if questionnaire.version is not None:
        canonical = f"{canonical}|{questionnaire.version}"
    entries = [
        {
            "resource": {
                "resourceType": "QuestionnaireResponse",
                "id": f"row-{place}",
                "questionnaire": canonical,
                "status": "completed",
                "item": [item for question in questionnaire.asked for item in _answered(question, row)],
            }
        }
        for place, row in enumerate(answers.frame.iter_rows(named=True), start=1)
    ]
    for entry in entries:
        if not entry["resource"]["item"]:
            del entry["resource"]["item"]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _grouped(questionnaire: Questionnaire) -> list[Plain]:
    """Questions inside their groups; a group that is left and entered again is written twice."""
    root: list[Plain] = []
    titles: list[str] = []
    inside: list[list[Plain]] = [root]
    taken = {*questionnaire.codes, *(calculation.code for calculation in questionnaire.calculations)}
    names = (name for name in map("group-{}".format, count(1)) if name not in taken)
    for question in questionnaire.asked:
        pairs = zip(titles, question.groups, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        del titles[shared:], inside[shared + 1 :]
        for title in question.groups[shared:]:
            items: list[Plain] = []
            inside[-1].append({"linkId": next(names), "text": title, "type": "group", "item": items})
            titles.append(title)
            inside.append(items)
        inside[-1].append(_item(question))
    return root


def _item(question: Asked) -> Plain:
    item: Plain = {"linkId": question.code, "type": _TYPES[question.kind]}
    if question.text:
        item["text"] = question.text
    if question.kind is Kind.NUMBER and question.whole:
        item["type"] = "integer"
    if question.terms:
        item["code"] = [{"code": term} for term in question.terms]
    if question.required:
        item["required"] = True
    if question.kind is Kind.SEVERAL:
        item["repeats"] = True
    if question.options:
        item["answerOption"] = [{"valueCoding": _coding(option)} for option in question.options]
    limits = [(MIN_VALUE, question.low), (MAX_VALUE, question.high)]
    extensions = [{"url": url, "valueDecimal": limit} for url, limit in limits if limit is not None]
    if extensions:
        item["extension"] = extensions
    return item


def _calculation(calculation: Calculation) -> Plain:
    formula = {"language": "text/plain", "expression": calculation.formula or "not given"}
    item: Plain = {
        "extension": [{"url": _EXPRESSION, "valueExpression": formula}],
        "linkId": calculation.code,
        "type": "decimal",
        "readOnly": True,
    }
    return item | ({"text": calculation.title} if calculation.title else {})


def _coding(option: Choice) -> Plain:
    coding: Plain = {"code": option.code}
    if option.label:
        coding["display"] = option.label
    if option.value is not None:
        coding["extension"] = [{"url": ORDINAL_VALUE, "valueDecimal": option.value}]
    return coding


def _answered(question: Asked, row: dict[str, object]) -> list[Plain]:
    """The item of one answered question; none where it was not answered."""
    if question.kind is Kind.SEVERAL:
        ticked = [o for o, c in zip(question.options, question.columns, strict=True) if row.get(c) == 1]
        answers: list[Plain] = [{"valueCoding": _coding(option)} for option in ticked]
    else:
        value = row.get(question.code)
        if value is None:
            return []
        answers = [_answer(question, value)]
    return [{"linkId": question.code, "answer": answers}] if answers else []


def _answer(question: Asked, value: object) -> Plain:
    if question.kind is Kind.ONE:
        return {"valueCoding": _coding(next(o for o in question.options if o.code == value))}
    number = float(str(value))
    return {"valueInteger": int(number)} if question.whole else {"valueDecimal": number}
