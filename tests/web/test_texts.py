"""Long texts: their head, their links, the language they are read in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import NoReverseMatch
from django.utils.translation import override

from replenish.basis.errors import Refused
from replenish.web.shared.texts import read_text, text, texts

ONE = "---\ntitle: One\norder: 2\nminutes: 3\n---\nRead *this*.\n\n<b>no</b>\n\n[Help](page:help-now)\n"
TWO = "---\ntitle: Two\norder: 1\n---\nWords.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, written in {"en/one.md": ONE, "en/two.md": TWO, "es/one.md": ONE.replace("One", "Uno")}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")
    return tmp_path


def test_a_text_has_its_head_and_its_body(folder: Path) -> None:
    found = text(folder, "one")
    assert found is not None
    assert (found.title, found.facts["minutes"], found.language) == ("One", 3, "en")
    assert "<em>this</em>" in found.html
    assert '<a href="/help-now/">Help</a>' in found.html


def test_html_in_a_text_is_only_shown(folder: Path) -> None:
    found = text(folder, "one")
    assert found is not None
    assert "&lt;b&gt;no&lt;/b&gt;" in found.html


def test_texts_stand_in_their_order(folder: Path) -> None:
    assert [found.title for found in texts(folder)] == ["Two", "One"]


def test_a_text_is_read_in_the_language_of_the_reader_and_else_in_english(folder: Path) -> None:
    with override("es"):
        assert [found.title for found in texts(folder)] == ["Two", "Uno"]


def test_a_name_that_climbs_out_of_the_folder_is_no_text(folder: Path) -> None:
    (folder / "secret.md").write_text(ONE, "utf-8")
    assert text(folder, "../secret") is None


@pytest.mark.parametrize(
    "written", ["No head.", "---\norder: 1\n---\n", "---\ntitle: [\n---\n", "---\n- a\n---\n"]
)
def test_a_text_without_a_title_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "broken.md"
    path.write_text(written, "utf-8")
    with pytest.raises(Refused, match="head of a text"):
        read_text(path)


def test_a_link_to_a_page_that_is_not_there_fails(tmp_path: Path) -> None:
    path = tmp_path / "lost.md"
    path.write_text("---\ntitle: Lost\n---\n[There](page:nowhere)\n", "utf-8")
    with pytest.raises(NoReverseMatch):
        read_text(path)
