"""The catalogue and its texts: whole, long enough, easy to read, with sources, alike in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.languages.readability import reading
from tests.languages.readability import sentences as sentences_of
from tests.languages.test_readability import FORBIDDEN, HIGHEST_GRADE_OF_A_TEXT, too_hard
from tests.web.plain_words import forbidden_in, links, sentences, split, too_long, words_in

from replenish.basis.errors import Refused
from replenish.basis.faults import LearningFault
from replenish.learning.catalogue import OFFER_TEXTS, PLAN_TEXTS, UNIT_TEXTS, offers, read_offers
from replenish.measures.library import load_pack
from replenish.web.learning.written import offer_in, plan_in, unit_in
from replenish.web.public.sources import MEANINGS
from replenish.web.shared.texts import read_text

FOLDERS = (OFFER_TEXTS, UNIT_TEXTS, PLAN_TEXTS)
LANGUAGES = ("en", "es")
LEAST_WORDS = 600
NAMES = {
    OFFER_TEXTS: list(offers()),
    UNIT_TEXTS: [unit for offer in offers().values() for unit in offer.units],
    PLAN_TEXTS: [unit for offer in offers().values() for unit in offer.units],
}
EVERY = [(folder, name) for folder, names in NAMES.items() for name in names]


def named(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value)


def values(node: object) -> Iterator[str]:
    """What a reader meets of a head."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("source", "mark"):
                yield from values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)
    elif isinstance(node, str):
        yield node


def test_the_four_offers_have_three_units_each_and_a_condition_of_the_round() -> None:
    found = offers()
    assert list(found) == ["trauma-course", "leading-course", "debrief-service", "webinars"]
    scales = {scale.code for scale in load_pack("replenish-round").scales}
    for offer in found.values():
        assert len(offer.units) >= 3
        assert offer.condition in scales


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_of_the_catalogue_has_its_text_and_no_other_lies_there(folder: Path, language: str) -> None:
    assert {path.stem for path in (folder / language).glob("*.md")} == set(NAMES[folder])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("folder", "name"), EVERY, ids=named)
def test_a_text_has_all_its_parts(folder: Path, name: str, language: str) -> None:
    written = read_text(folder / language / f"{name}.md")
    if folder == OFFER_TEXTS:
        assert offer_in(written).asked_after.endswith("?")
    elif folder == PLAN_TEXTS:
        plan = plan_in(written)
        assert sum(step.minutes for step in plan.steps) == plan.minutes
    else:
        unit = unit_in(written)
        assert {source.mark for source in unit.sources} <= set(MEANINGS)
        assert all(prompt.rstrip("»").endswith("?") for prompt in unit.prompts)
        assert re.match(r"<p><a href=\"([^\"]+)\">[^<]+</a>", unit.onwards)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES[UNIT_TEXTS])
def test_a_unit_is_long_enough_to_be_worth_an_hour(name: str, language: str) -> None:
    _head, body = split(UNIT_TEXTS / language / f"{name}.md")
    said, _rule, _onwards = body.partition("***")
    assert sum(len(re.findall(r"\w+", one)) for one in sentences(said)) >= LEAST_WORDS


@pytest.mark.parametrize(("folder", "name"), EVERY, ids=named)
def test_it_reads_at_eleven_and_judges_nobody(folder: Path, name: str) -> None:
    head, body = split(folder / "en" / f"{name}.md")
    heads = "\n\n".join(values(head))
    assert too_long(body) == []
    assert forbidden_in(f"{body}\n\n{heads}") == []
    assert [one for one in sentences_of(heads) if too_hard(one) or FORBIDDEN.search(one)] == []
    assert reading(heads).grade <= HIGHEST_GRADE_OF_A_TEXT
    assert max(words_in(one) for one in sentences(heads)) <= 25


@pytest.mark.parametrize(("folder", "name"), EVERY, ids=named)
def test_every_language_says_the_same_facts(folder: Path, name: str) -> None:
    english, spanish = (split(folder / language / f"{name}.md") for language in LANGUAGES)
    for key in ("order", "minutes"):
        assert english[0].get(key) == spanish[0].get(key)
    for key in ("prompts", "materials", "steps", "sources"):
        ours, theirs = english[0].get(key) or [], spanish[0].get(key) or []
        assert isinstance(ours, list)
        assert isinstance(theirs, list)
        assert len(ours) == len(theirs)
        if key == "steps":
            assert [one["minutes"] for one in ours] == [one["minutes"] for one in theirs]
        if key == "sources":
            assert [one["mark"] for one in ours] == [one["mark"] for one in theirs]
            assert [numbers(one) for one in ours] == [numbers(one) for one in theirs]
    assert sorted(links(english[1])) == sorted(links(spanish[1]))
    assert numbers(english[1]) == numbers(spanish[1])


def numbers(said: object) -> list[str]:
    """Its numbers, however a language groups their digits."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[., \u202f\u00a0](?=\d)", "", str(said)))


def test_retelling_of_feelings_is_ruled_out_wherever_debriefs_are_taught() -> None:
    _head, body = split(UNIT_TEXTS / "en" / "what-a-debrief-is.md")
    assert "Nobody is asked to relive what happened" in body
    for name in offers()["debrief-service"].units:
        head, _body = split(UNIT_TEXTS / "en" / f"{name}.md")
        assert isinstance(head["sources"], list)
        assert any("NG116" in one["source"] and one["mark"] == "S" for one in head["sources"])


@pytest.mark.parametrize(
    "written",
    [
        "offers: []",
        "offers: [{code: a-course, condition: morale, units: [one]}]",
        "offers: [{code: a-course, condition: culture, units: []}]",
        "offers: [{code: A Course, condition: culture, units: [one-unit]}]",
        "offers: [{code: a-course, condition: culture, units: [one-unit, one-unit]}]",
        "offers: [",
    ],
)
def test_a_list_of_offers_that_cannot_be_is_refused(tmp_path: Path, written: str) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(written, "utf-8")
    with pytest.raises(Refused) as refused:
        read_offers(path)
    assert refused.value.problems[0].fault is LearningFault.CATALOGUE_FILE


def test_a_text_that_hurts_is_found() -> None:
    """The seeded fault: what is looked for is there to be found."""
    assert forbidden_in("You must be more resilient!")
    assert FORBIDDEN.search("They are at risk of failing.")
