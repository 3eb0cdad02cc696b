"""LimeSurvey's tab separated form: one row for each group, question, sub-question, option and setting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import QuestionnaireFault
from replenish.measures.formats.limesurvey_types import LimeQuestion, asked_questions
from replenish.measures.formats.number_text import as_number
from replenish.measures.formats.questionnaire import Choice, Questionnaire
from replenish.measures.formats.soundness import sound
from replenish.measures.tables import read_header, read_table

_NEEDED = ("class", "type/scale", "name", "text")
_USED = (*_NEEDED, "id", "relevance", "help", "language", "mandatory", "other", "assessment_value")
_LIMITS = ("min_num_value_n", "max_num_value_n", "slider_min", "slider_max", "num_value_int_only")
Row = Mapping[str, str]


def is_limesurvey_tsv(header: Collection[str]) -> bool:
    """Whether a table's header is that of LimeSurvey's tab separated form."""
    return set(_NEEDED) <= set(header)


def read_limesurvey_tsv(
    path: Path, *, without: Collection[str] = (), language: str | None = None
) -> Questionnaire:
    """Read the tab separated form in one language: the survey's own where None is asked for.

    Raises:
        Refused: FORM_WRONG_KIND, FORM_LANGUAGE, FORM_REFERENCE (a sub-question or option before any
            question), what `sound` and `read_table` refuse.
    """
    header = read_header(path)
    if not is_limesurvey_tsv(header):
        refuse(QuestionnaireFault.FORM_WRONG_KIND, file=path, found="table", expected="LimeSurvey survey")
    table = read_table(path, columns=[name for name in (*_USED, *_LIMITS) if name in header])
    cells = {name: table.texts(name) for name in table.columns}
    rows = [{name: column[place] or "" for name, column in cells.items()} for place in range(table.n)]
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    languages = list(dict.fromkeys(row.get("language", "") for row in rows if row["class"] == "Q"))
    own = settings.get("language", "")
    spoken = language or (own if own in languages else next(iter(languages), ""))
    if language is not None and language not in languages:
        refuse(QuestionnaireFault.FORM_LANGUAGE, file=path, language=language, languages=", ".join(languages))
    said = [row for row in rows if row.get("language", "") == spoken]
    titles = [row["text"] for row in said if row["class"] == "SL" and row["name"] == "surveyls_title"]
    asked, calculations = asked_questions(path, _questions(path, said))
    return sound(
        Questionnaire(
            "LimeSurvey tab separated",
            next(iter(titles), "").strip('"'),
            asked,
            calculations,
            language=spoken or None,
        ),
        file=path,
        without=without,
    )


def _questions(path: Path, rows: Sequence[Row]) -> list[LimeQuestion]:
    """Rows follow each other: a group, its questions, each with its sub-questions and options below it."""
    assessed = any(as_number(row.get("assessment_value")) for row in rows if row["class"] == "A")
    group = ""
    found: list[LimeQuestion] = []
    for row in rows:
        kind = row["class"]
        if kind == "G":
            group = row["name"]
        elif kind == "Q":
            found.append(_question(row, group))
        elif kind in {"SQ", "A"} and not found:
            refuse(QuestionnaireFault.FORM_REFERENCE, file=path, name=f"the question of '{row['name']}'")
        elif kind == "SQ":
            found[-1] = replace(found[-1], parts=(*found[-1].parts, _question(row, group)))
        elif kind == "A":
            value = as_number(row["name"])
            if value is None and assessed:
                value = as_number(row.get("assessment_value"))
            scale = row["type/scale"] or "0"
            before = found[-1].options.get(scale, ())
            options = {**found[-1].options, scale: (*before, Choice(row["name"], row["text"], value))}
            found[-1] = replace(found[-1], options=options)
    return found


def _question(row: Row, group: str) -> LimeQuestion:
    part = row["class"] == "SQ"
    return LimeQuestion(
        code=row["name"],
        kind="" if part else row["type/scale"],
        text=row["text"],
        note=row.get("help", ""),
        group=group,
        required=row.get("mandatory", "") == "Y",
        other=row.get("other", "") == "Y" and not part,
        shown_if=row.get("relevance", ""),
        scale=(row["type/scale"] or "0") if part else "0",
        options={},
        attributes={name: row[name] for name in _LIMITS if row.get(name)},
        parts=(),
    )
