"""A text in another language says the same facts: minutes, numbers, marks and links are not translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.plain_words import links, split

from replenish.web.carer.picture.sense import FOLDER as CONNECTIONS
from replenish.web.carer.picture.sense import connections
from replenish.web.carer.picture.steps import FOLDER as NEXT_STEPS
from replenish.web.carer.reflecting.agenda import QUESTIONS
from replenish.web.carer.reflecting.cycles import FOLDER as CYCLES
from replenish.web.public.help_now import TEXTS
from replenish.web.public.practices.practice import FOLDER as PRACTICES
from replenish.web.public.understanding.chapter import FOLDER as CHAPTERS

SAME = ("order", "minutes", "moments", "group")
FOLDERS = (PRACTICES, CHAPTERS, TEXTS, NEXT_STEPS, CYCLES, QUESTIONS)


def numbers(text: str) -> list[str]:
    """The numbers of a text. A point or a comma within one is left out: languages write these differently."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text))


def facts_of(path: Path) -> dict[str, object]:
    """What must not change with the language."""
    head, body = split(path)
    sources = head.get("sources") or []
    steps, questions = head.get("steps") or [], head.get("questions") or []
    assert isinstance(sources, list)
    assert isinstance(steps, list)
    assert isinstance(questions, list)
    return {
        **{name: head.get(name) for name in SAME},
        "marks": [source["mark"] for source in sources],
        "parts": len(re.findall(r"^\*\*\*$", body, flags=re.MULTILINE)),
        "links": sorted(links(body)),
        "numbers": [numbers(str(said)) for said in (sources, body)],
        "asked": [len(step["ask"]) for step in steps],
        "questions": len(questions),
    }


def differing(folder: Path) -> list[str]:
    """Texts of other languages that lack a counterpart in English, or say other facts."""
    found = []
    for path in sorted(folder.glob("*/*.md")):
        english = folder / "en" / path.name
        if not english.is_file() or facts_of(path) != facts_of(english):
            found.append(f"{path.parent.name}/{path.name}")
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_language_says_the_same_facts(folder: Path) -> None:
    assert differing(folder) == []


def test_a_text_that_changes_a_mark_or_stands_alone_is_found(tmp_path: Path) -> None:
    written = (PRACTICES / "en" / "arrive.md").read_text("utf-8")
    for language, text in {"en": written, "es": written.replace("mark: S", "mark: R", 1)}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "arrive.md").write_text(text, "utf-8")
    (tmp_path / "es" / "alone.md").write_text(written, "utf-8")
    assert differing(tmp_path) == ["es/alone.md", "es/arrive.md"]


@pytest.mark.parametrize(
    ("before", "after"), [("five minutes", "5 minutes"), ("\n4. ", "\n\n"), ("2022", "2021")]
)
def test_a_text_that_changes_a_number_is_found(tmp_path: Path, before: str, after: str) -> None:
    written = (PRACTICES / "en" / "arrive.md").read_text("utf-8")
    for language, text in {"en": written, "es": written.replace(before, after, 1)}.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "arrive.md").write_text(text, "utf-8")
    assert differing(tmp_path) == ["es/arrive.md"]


@pytest.mark.parametrize("language", sorted(path.name for path in CONNECTIONS.iterdir() if path.name != "en"))
def test_every_language_connects_the_same_answers(language: str) -> None:
    here, english = connections(language), connections("en")
    fixed = [(one.sign, one.condition, one.answers, one.mark) for one in english]
    assert [(one.sign, one.condition, one.answers, one.mark) for one in here] == fixed
    assert [numbers(one.source) for one in here] == [numbers(one.source) for one in english]
    assert not {one.says for one in here} & {one.says for one in english}
