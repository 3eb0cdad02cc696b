"""What every template and every static file must keep: tokens, translation, tone, nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import replenish.web
from replenish.report.tokens import DARK, LIGHT, custom_properties

WEB = Path(replenish.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
STYLE = "".join(
    (WEB / "static" / "web" / f"{name}.css").read_text("utf-8")
    for name in ("style", "report", "organisation")
)


def test_the_tokens_are_those_of_the_report() -> None:
    tokens = (WEB / "static" / "web" / "tokens.css").read_text("utf-8")
    assert tokens.startswith(f":root {{ color-scheme: light dark; {custom_properties(LIGHT)} }}")
    assert f"(prefers-color-scheme: dark) {{ :root {{ {custom_properties(DARK)} }} }}" in tokens


def test_colours_outside_the_tokens_are_only_black_and_white() -> None:
    """White stands under a code that a camera reads, black in print."""
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", STYLE)) == {"#FFFFFF", "#000000"}
    assert set(re.findall(r"var\(--([a-z]+)\)", STYLE)) <= set(LIGHT)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_sentence_of_a_template_can_be_translated(path: Path) -> None:
    text = path.read_text("utf-8")
    ours = (r"\{% blocktranslate.*?\{% endblocktranslate %\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"\{#.*?#\}")
    for gone in (*ours, r"<[^>]*>"):
        text = re.sub(gone, " ", text, flags=re.DOTALL)
    left = set(re.findall(r"[A-Za-z]{2,}", text))
    assert left <= {"Replenish"}


@pytest.mark.parametrize("path", [*TEMPLATES, WEB / "public" / "help_lines.yaml"], ids=lambda path: path.name)
def test_no_sentence_shouts_or_judges(path: Path) -> None:
    """No person is a risk. What the law calls a risk assessment is about places, and keeps its name."""
    words = path.read_text("utf-8").replace("<!DOCTYPE", "").replace("risk assessment", "")
    assert "!" not in re.sub(r"<!--.*?-->|!=", "", words)
    assert not re.search(r"\b(risk|failing|weak|resilien\w*|streak|badge|CALM)\b", words)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    marks = re.sub(r"\{%.*?%\}", "", text)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)", marks)
    assert not re.search(r"https?://|//[a-z]", text)


def test_the_script_speaks_to_nobody() -> None:
    script = (WEB / "static" / "web" / "page.js").read_text("utf-8")
    for call in (
        "fetch(",
        "XMLHttpRequest",
        "sendBeacon",
        "WebSocket",
        "localStorage",
        "document.cookie",
        "http",
    ):
        assert call not in script
