"""The conversation kit: whole in both languages, easy to read, about places and never about persons."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.web.plain_words import forbidden_in, too_long

from replenish.basis.errors import Refused
from replenish.basis.faults import ConversationFault
from replenish.conditions.shared_list import CONDITIONS
from replenish.web.conversation_kit.kit import FOLDER, cards, guide, read_cards, read_guide
from replenish.web.conversation_kit.paper import cards_on_paper, guide_on_paper

LANGUAGES = ("en", "es")
# A card asks about the place. These would ask a person to tell about themselves, or about another person.
ABOUT_PERSONS = r"\b(do you feel|how are you|how do you|your feelings|who is to blame|whose fault)\b"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Whatever language the request before was answered in."""
    with override("en"):
        yield


def words_of(name: str, language: str) -> str:
    """Everything a file says, a sentence a line."""
    return "\n\n".join(_said(yaml.safe_load((FOLDER / language / name).read_text("utf-8"))))


def _said(node: object) -> list[str]:
    if isinstance(node, dict):
        return [said for key, value in node.items() if key not in {"name", "mark"} for said in _said(value)]
    if isinstance(node, list):
        return [said for value in node for said in _said(value)]
    return [node] if isinstance(node, str) else []


def test_four_cards_for_each_condition_fill_whole_sheets() -> None:
    assert [one.name for one in cards().conditions] == list(CONDITIONS)
    assert [len(one.cards) for one in cards().conditions] == [4] * 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_is_a_question_about_a_place_with_one_small_change(language: str) -> None:
    with override(language):
        told = [card for condition in cards().conditions for card in condition.cards]
    for card in told:
        assert card.question.endswith("?")
        assert card.small.endswith("?")
        assert not re.search(ABOUT_PERSONS, card.question, re.IGNORECASE)
    assert len({card.question for card in told}) == len({card.small for card in told}) == 24


def test_both_languages_have_the_same_parts() -> None:
    shapes = []
    for language in LANGUAGES:
        with override(language):
            told, found = guide(), cards()
        assert FOLDER.joinpath(language).is_dir()
        shapes.append(
            (
                [[len(part.items) for part in side] for side in told.around],
                [step.minutes for step in told.steps.items],
                [source.mark for source in told.sources],
                [(one.name, len(one.cards)) for one in found.conditions],
            )
        )
    assert shapes[0] == shapes[1]
    assert words_of("guide.yaml", "en") != words_of("guide.yaml", "es")


def test_the_guide_takes_no_more_than_an_hour_and_says_what_must_be_said() -> None:
    assert guide().steps.minutes == 55
    said = words_of("guide.yaml", "en")
    for promise in (
        "decides about nobody's post",
        "Coming is free",
        "paid hours",
        "Nobody tells about a person we support",
        "Nobody has to speak",
        "Nobody retells a hard event",
        "feelings are not rated",
        "leave at any time",
        "Stop when somebody is upset",
        "Only what everybody agreed on",
    ):
        assert promise in said, promise


@pytest.mark.parametrize("name", ["guide.yaml", "cards.yaml"])
def test_the_words_are_plain_and_judge_nobody(name: str) -> None:
    said = words_of(name, "en")
    assert too_long(said) == []
    assert forbidden_in(said) == []


@pytest.mark.parametrize("name", ["guide.yaml", "cards.yaml"])
def test_spanish_sentences_are_short_as_well(name: str) -> None:
    sentences = [one for one in re.split(r"(?<=[.?])\s+|\n", words_of(name, "es")) if one]
    lengths = [len(one.split()) for one in sentences]
    assert max(lengths) <= 28
    assert mean(lengths) <= 15


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cards.yaml", ("name: support", "name: morale")),
        ("cards.yaml", ("small: Could the next three dates be fixed today?", "small: ''")),
        ("cards.yaml", ("What helps supervision", "What helps " + "very " * 20 + "much supervision")),
        ("guide.yaml", ("minutes: 15", "minutes: 45")),
        ("guide.yaml", ("mark: A", "mark: B")),
        ("guide.yaml", ("opening:", "beginning:")),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_its_entry(
    tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    written = (FOLDER / "en" / name).read_text("utf-8")
    assert change[0] in written
    broken = tmp_path / name
    broken.write_text(written.replace(*change, 1), "utf-8")
    with pytest.raises(Refused) as refused:
        (read_cards if name == "cards.yaml" else read_guide)(broken)
    assert refused.value.fault is ConversationFault.KIT_FILE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_say_all_of_it_and_are_the_same_for_everybody(language: str) -> None:
    client = Client(headers={"Accept-Language": language})
    told, shown = client.get(reverse("conversation")), client.get(reverse("conversation-cards"))
    assert (told.status_code, shown.status_code) == (200, 200)
    with override(language):
        for part in (*guide().around[0], *guide().around[1]):
            assert part.title in told.text
        for condition in cards().conditions:
            assert condition.title in shown.text
            assert all(card.question in shown.text for card in condition.cards)
    assert "sessionid" not in client.cookies


def text_of(paper: bytes, folder: Path) -> list[str]:
    """The words of each page of a PDF."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    (folder / "paper.pdf").write_bytes(paper)
    run = subprocess.run(["pdftotext", "-layout", folder / "paper.pdf", "-"], capture_output=True, check=True)
    return [" ".join(page.split()) for page in run.stdout.decode().split("\f")[:-1]]


def test_eight_cards_a_page_with_backs_that_meet_their_fronts(tmp_path: Path) -> None:
    pages = text_of(cards_on_paper(), tmp_path)
    assert len(pages) == 8, "three sheets of cards and one of empty ones, on both sides"
    assert all(page.count("One small change") == 8 for page in pages[1::2])
    first, second = cards().conditions[0].cards[:2]
    assert pages[0].index("What helps supervision") < pages[0].index("How much of our")
    assert pages[1].index(second.small[:20]) < pages[1].index(first.small[:20]), "left and right change over"
    assert pages[6].count("A question of your own") == 8


def test_the_guide_is_on_paper_with_its_minutes(tmp_path: Path) -> None:
    with override("es"):
        spanish = " ".join(text_of(guide_on_paper(), tmp_path))
    english = " ".join(text_of(guide_on_paper(), tmp_path))
    assert "Talk (15 minutes)" in english
    assert "Reglas básicas" in spanish


@pytest.mark.parametrize("name", ["conversation-cards-pdf", "conversation-guide-pdf"])
def test_the_files_are_open_to_anybody(name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
