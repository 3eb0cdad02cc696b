"""A text in another language says the same facts: minutes, moments, marks and links are not translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.plain_words import links, split

from replenish.web.public.help_now import TEXTS
from replenish.web.public.practices.practice import FOLDER as PRACTICES
from replenish.web.public.understanding.chapter import FOLDER as CHAPTERS

SAME = ("order", "minutes", "moments", "group")
FOLDERS = (PRACTICES, CHAPTERS, TEXTS)


def facts_of(path: Path) -> dict[str, object]:
    """What must not change with the language."""
    head, body = split(path)
    sources = head.get("sources") or []
    assert isinstance(sources, list)
    return {
        **{name: head.get(name) for name in SAME},
        "marks": [source["mark"] for source in sources],
        "parts": len(re.findall(r"^\*\*\*$", body, flags=re.MULTILINE)),
        "links": sorted(links(body)),
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
