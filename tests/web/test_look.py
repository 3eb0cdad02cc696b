"""What every template and every static file must keep: tokens, translation, tone, nothing inline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

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


def found_in(paths: Iterable[Path], look: Callable[[str], object]) -> dict[str, object]:
    """By path, what a look at a file finds amiss."""
    looked = {str(path.relative_to(WEB)): look(path.read_text("utf-8")) for path in paths}
    return {name: found for name, found in looked.items() if found}


def test_every_sentence_of_a_template_can_be_translated() -> None:
    ours = (r"\{% blocktranslate.*?\{% endblocktranslate %\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"\{#.*?#\}")

    def left(text: str) -> set[str]:
        for gone in (*ours, r"<[^>]*>"):
            text = re.sub(gone, " ", text, flags=re.DOTALL)
        return set(re.findall(r"[A-Za-z]{2,}", text)) - {"Replenish"}

    assert len(TEMPLATES) > 200
    assert found_in(TEMPLATES, left) == {}


def test_no_sentence_shouts_or_judges() -> None:
    """No person is a risk. What the law calls a risk assessment is about places, and keeps its name."""

    def judged(text: str) -> list[str]:
        words = text.replace("<!DOCTYPE", "").replace("risk assessment", "")
        shouts = re.findall("!", re.sub(r"<!--.*?-->|!=", "", words))
        return shouts + re.findall(r"\b(risk|failing|weak|resilien\w*|streak|badge|CALM)\b", words)

    assert found_in([*TEMPLATES, WEB / "public" / "help_lines.yaml"], judged) == {}


def test_nothing_stands_inline_and_nothing_comes_from_elsewhere() -> None:
    def inline(text: str) -> list[str]:
        marks = re.sub(r"\{%.*?%\}", "", text)
        kinds = re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)", marks)
        return kinds + re.findall(r"https?://|//[a-z]", text)

    assert found_in(TEMPLATES, inline) == {}


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
