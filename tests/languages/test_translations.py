"""Every language that can be chosen is complete: strings, long texts, and what is compiled from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from tests.languages.catalogue import SOURCE, Message, messages
from tests.languages.refresh import LOCALE, catalogue_in, compiled, file_of

from replenish.web.shared.texts import FALLBACK, Text, read_text

LANGUAGES = [code for code, _ in settings.LANGUAGES if not code.startswith(FALLBACK)]
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
LINK = re.compile(r'href="([^"]*)"')
FOLDERS = sorted(
    {path.parent.parent for path in SOURCE.rglob(f"{FALLBACK}/*.*") if path.suffix in {".md", ".yaml"}}
)


def _catalogue(language: str) -> Catalog:
    return catalogue_in(file_of(language), language)


def _translated(catalogue: Catalog, message: Message) -> tuple[str, ...]:
    found = catalogue.get(message.text, message.context or None)
    if found is None:
        return ()
    return tuple(found.string) if isinstance(found.string, list | tuple) else (str(found.string),)


def test_every_file_of_a_language_can_be_chosen() -> None:
    there = {folder.name for folder in LOCALE.iterdir()} if LOCALE.exists() else set()
    assert there == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language: str) -> None:
    catalogue = _catalogue(language)
    missing = [m for m in messages() if not (said := _translated(catalogue, m)) or not all(said)]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_places_are_kept(language: str) -> None:
    catalogue = _catalogue(language)
    for message in messages():
        for said in _translated(catalogue, message):
            allowed = {*PLACE.findall(message.text), *PLACE.findall(message.plural)}
            assert set(PLACE.findall(said)) <= allowed, message
            if not message.plural:
                assert sorted(PLACE.findall(said)) == sorted(PLACE.findall(message.text)), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_nothing_that_is_gone(language: str) -> None:
    today = {message.key for message in messages()}
    keys = [
        (entry.context or "", entry.id[0] if isinstance(entry.id, tuple) else entry.id)
        for entry in _catalogue(language)
        if entry.id
    ]
    assert [key for key in keys if key not in today] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_server_reads_what_the_file_says(language: str) -> None:
    path = file_of(language)
    assert path.with_suffix(".mo").read_bytes() == compiled(catalogue_in(path, language))


def test_long_texts_are_found() -> None:
    assert len(FOLDERS) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_long_text_is_there(folder: Path, language: str) -> None:
    names = {path.name for path in (folder / FALLBACK).iterdir() if path.is_file()}
    assert {path.name for path in (folder / language).iterdir() if path.is_file()} == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_long_text_has_the_same_facts_and_links(folder: Path, language: str) -> None:
    for path in sorted((folder / FALLBACK).glob("*.md")):
        here, there = read_text(path), read_text(folder / language / path.name)
        assert set(there.facts) == set(here.facts), path
        assert sorted(LINK.findall(there.html)) == sorted(LINK.findall(here.html)), path
        assert _shape(there) == _shape(here), path


def _shape(text: Text) -> tuple[int, int]:
    """Headings and points of lists: a translation may need another number of paragraphs, not of steps."""
    return len(re.findall(r"<h[23]", text.html)), text.html.count("<li")
