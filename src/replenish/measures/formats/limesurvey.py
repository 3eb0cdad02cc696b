"""LimeSurvey: question groups (.lsg) and surveys (.lss) as XML, read without following any entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.limesurvey_types import LimeQuestion, asked_questions
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Choice, Questionnaire
from replenish.measures.formats.soundness import sound
from replenish.measures.tables.memory import require_memory

_KINDS = frozenset({"Group", "Question", "Survey"})
_TIMES_TEXT = 10
Row = Mapping[str, str]


def read_limesurvey_xml(
    path: Path, *, without: Collection[str] = (), language: str | None = None
) -> Questionnaire:
    """Read a LimeSurvey group or survey; equations are listed and never carried out.

    Raises:
        Refused: FORM_NOT_XML, FORM_XML_UNSAFE, FORM_WRONG_KIND, FORM_LANGUAGE, FORM_REFERENCE, and what
            `sound` refuses.
    """
    document = parsed(path)
    kind = document.findtext("LimeSurveyDocType") or document.tag
    if kind not in _KINDS:
        refuse(
            QuestionnaireFault.FORM_WRONG_KIND,
            file=path,
            found=f"file of the kind '{kind}'",
            expected="LimeSurvey file",
        )
    languages = [entry.text or "" for entry in document.findall("languages/language")]
    spoken = language or next(iter(languages), "")
    if language is not None and language not in languages:
        refuse(QuestionnaireFault.FORM_LANGUAGE, file=path, language=language, languages=", ".join(languages))
    reader = _Reader(path, document, spoken)
    asked, calculations = asked_questions(path, reader.questions())
    return sound(
        Questionnaire("LimeSurvey XML", reader.title(), asked, calculations, language=spoken or None),
        file=path,
        without=without,
    )


def parsed(path: Path) -> Element:
    """The root of an XML file; declarations of types and entities are refused, not followed.

    Raises:
        Refused: FORM_NOT_XML, FORM_XML_UNSAFE, FILE_TOO_LARGE.
    """
    require_memory(path, _TIMES_TEXT * path.stat().st_size, None)
    try:
        return defusedxml.ElementTree.fromstring(path.read_bytes(), forbid_dtd=True)
    except DefusedXmlException:
        refuse(QuestionnaireFault.FORM_XML_UNSAFE, file=path)
    except (ParseError, ValueError, LookupError) as error:
        refuse(QuestionnaireFault.FORM_NOT_XML, file=path, why=str(error))


class _Reader:
    """One document: its tables of rows, and the language wanted."""

    def __init__(self, path: Path, document: Element, language: str) -> None:
        self.path = path
        self.language = language
        self.tables = {table.tag: _rows(table) for table in document if table.find("rows") is not None}

    def title(self) -> str:
        """The survey's title, or that of its only group."""
        titles = [row.get("surveyls_title", "") for row in self._spoken("surveys_languagesettings")]
        return next(iter(titles), "") or ", ".join(self._group_names().values())

    def questions(self) -> list[LimeQuestion]:
        """Every question with its sub-questions and options, in the order in which they are asked."""
        words = {row.get("qid", ""): row for row in self._spoken("question_l10ns")}
        orders = {
            row.get("gid", ""): as_number(row.get("group_order")) or 0.0
            for row in self.tables.get("groups", [])
        }
        names, options, attributes = self._group_names(), self._options(), self._attributes()
        below: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables.get("subquestions", []):
            below[row.get("parent_qid", "")].append(row)

        def question(row: Row) -> LimeQuestion:
            qid = row.get("qid", "")
            said = words.get(qid, row)
            return LimeQuestion(
                code=row.get("title", ""),
                kind=row.get("type", ""),
                text=said.get("question", ""),
                note=said.get("help", ""),
                group=names.get(row.get("gid", ""), ""),
                required=row.get("mandatory", "") == "Y",
                other=row.get("other", "") == "Y",
                shown_if=row.get("relevance", ""),
                scale=row.get("scale_id", "0"),
                options=options.get(qid, {}),
                attributes=attributes.get(qid, {}),
                parts=tuple(question(part) for part in sorted(below[qid], key=_place)),
            )

        rows = self.tables.get("questions", [])
        return [
            question(row)
            for row in sorted(rows, key=lambda row: (orders.get(row.get("gid", ""), 0.0), _place(row)))
        ]

    def _spoken(self, table: str) -> list[Row]:
        rows = self.tables.get(table, [])
        named = {"language", "surveyls_language"}
        return [
            row
            for row in rows
            if not (said := {row[key] for key in named & set(row)}) or self.language in said
        ]

    def _group_names(self) -> dict[str, str]:
        rows = self._spoken("group_l10ns") or self._spoken("groups")
        return {row.get("gid", ""): row.get("group_name", "") for row in rows}

    def _options(self) -> dict[str, dict[str, list[Choice]]]:
        """Options by question and scale. An option's number is its code, or else its assessment value."""
        words = {row.get("aid", ""): row.get("answer", "") for row in self._spoken("answer_l10ns")}
        assessed = any(as_number(row.get("assessment_value")) for row in self.tables.get("answers", []))
        result: dict[str, dict[str, list[Choice]]] = defaultdict(lambda: defaultdict(list))
        rows = sorted(self._spoken("answers"), key=lambda row: as_number(row.get("sortorder")) or 0.0)
        for row in rows:
            code = row.get("code", "")
            value = as_number(code)
            if value is None and assessed:
                value = as_number(row.get("assessment_value"))
            label = words.get(row.get("aid", ""), row.get("answer", ""))
            result[row.get("qid", "")][row.get("scale_id", "0")].append(Choice(code, label, value))
        return result

    def _attributes(self) -> dict[str, dict[str, str]]:
        result: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.tables.get("question_attributes", []):
            if row.get("value"):
                result[row.get("qid", "")][row.get("attribute", "")] = row["value"]
        return result


def _rows(table: Element) -> list[Row]:
    return [{cell.tag: cell.text or "" for cell in row} for row in table.findall("rows/row")]


def _place(row: Row) -> float:
    return as_number(row.get("question_order")) or 0.0
