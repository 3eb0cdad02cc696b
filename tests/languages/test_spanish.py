"""The long texts in Spanish: easy to read, gentle, saying tú throughout, in the words of the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
import yaml
from tests.languages.test_translations import FOLDERS
from tests.web.plain_words import spoken

WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]+|\d[\d.,]*")
VOWELS = re.compile(r"[aeiouáéíóúü]+")
STRONG_PAIR = re.compile(r"[aeoáéó][aeoáéó]|[íú][aeoáéó]|[aeoáéó][íú]")
LONGEST, MEAN = 30, 15
EASIEST_TO_READ_FROM = 65.0
"""On the scale of Szigriszt as graded by INFLESZ, texts from 65 on are fairly easy: read at eleven or so."""

NEVER = {
    "shouts": r"[!¡]",
    "judges": r"\b(?:riesgos?|fracas\w*|resilien\w*|d[eé]bil\w*|culpables?|aguanta|sé fuerte)\b",
    "rewards enduring": r"\b(?:rachas?|insignias?|medallas?|hero[ií]\w*|héroes?|enhorabuena|felicidades)\b",
    "promises too much": r"\b(?:an[oó]nim\w*|garantiza\w*|siempre funciona)\b|100 ?%",
    "orders": r"\b(?:debes|deberías|tienes la obligación|anímate|relájate)\b",
    "scolds for silence": r"\b(?:te saltaste|se te olvidó|semanas perdidas)\b",
    "diagnoses": r"\b(?:síntomas?|trastornos?|patolog\w*)\b",
    "addresses otherwise than as tú": r"\b(?:usted(?:es)?|vosotr[oa]s|os|vuestr[oa]s?|\w+(?:áis|éis))\b",
    "says who speaks is a man or a woman": r"\w+[oa]/[oa]s?\b|\w+@s?\b|\btodes\b"
    r"|\b(?:estás|estés|estabas|has estado|eres|te sientes|te quedas|estoy|me siento|nosotros)"
    r" (?:muy |tan |más |bien )?(?:\w+ad[oa]s?|\w+id[oa]s?|sol[oa]|content[oa]|segur[oa]|list[oa])\b",
    "uses another word than the glossary": r"\b(?:burn-?out|debrief\w*|check-?in|fatiga de (?:la )?compasión"
    r"|fatiga por empatía|estar quemad\w*|síndrome\w*|supervisión reflexionada|feedback|email|stress)\b",
    "uses straight quotes": r'["“”]',
}
# What frees is no order, and weakness is named only to say that it is none.
FREED = re.compile(r"no (?:debes|tienes)|no es debilidad", re.IGNORECASE)


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    return tuple(_each_text())


def _each_text() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((folder / "es").iterdir()):
            yield f"{folder.name}/{path.name}", "\n\n".join(_said(path))


def _said(path: Path) -> Iterator[str]:
    """All that a reader meets of a file, but for references to sources."""
    written = path.read_text("utf-8")
    if path.suffix == ".yaml":
        yield from _values(yaml.safe_load(written))
        return
    _, head, body = written.split("---\n", 2)
    yield from _values(yaml.safe_load(head))
    yield body


def _values(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in {"source", "sources", "model", "mark", "lowered", "joining"} or isinstance(
                value, list
            ):
                yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif isinstance(node, str) and re.search(r"[a-záéíóúñ] [a-záéíóúñ]", node, re.IGNORECASE):
        yield node


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands on a line of its own is one."""
    found = re.split(r"(?<=[.?:])»?\s+|\n", spoken(text))
    return [one for one in found if WORD.search(one)]


def words_in(sentence: str) -> int:
    """How many words a sentence has."""
    return len(WORD.findall(sentence))


def syllables(word: str) -> int:
    """How many syllables a word has: groups of vowels, where two strong ones stand apart."""
    lowered = re.sub(r"([qg])u(?=[eiéí])", r"\1", word.lower())
    groups = VOWELS.findall(lowered)
    return max(1, sum(1 + len(STRONG_PAIR.findall(group)) for group in groups))


def ease(text: str) -> float:
    """The ease of reading after Szigriszt: 206.835 - 62.3 syllables a word - words a sentence."""
    words = WORD.findall(spoken(text))
    return 206.835 - 62.3 * sum(map(syllables, words)) / len(words) - len(words) / len(sentences(text))


def never_in(text: str) -> list[str]:
    """What these texts never say, with what is wrong with it."""
    plain = FREED.sub("", spoken(text))
    return [
        f"{why}: {hit.group()}"
        for why, pattern in NEVER.items()
        for hit in re.finditer(pattern, plain, re.IGNORECASE)
    ]


@pytest.mark.parametrize(("name", "text"), _texts(), ids=[name for name, _ in _texts()])
def test_a_text_is_easy_gentle_and_keeps_to_the_glossary(name: str, text: str) -> None:
    found = sentences(text)
    assert [one for one in found if words_in(one) > LONGEST] == []
    assert mean(words_in(one) for one in found) <= MEAN
    assert ease(text) >= EASIEST_TO_READ_FROM
    assert never_in(text) == []


@pytest.mark.parametrize(("name", "text"), _texts(), ids=[name for name, _ in _texts()])
def test_marks_that_come_in_pairs_do(name: str, text: str) -> None:
    assert text.count("¿") == text.count("?")
    assert text.count("«") == text.count("»")
    assert not re.search(r"\.»|\s[,.;:?]|¿\s|«\s", text)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pausa", 2),
        ("señal", 2),
        ("compasión", 3),
        ("caer", 2),
        ("día", 2),
        ("quien", 1),
        ("guía", 2),
        ("leer", 2),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    "text",
    [
        "¡Ánimo!",
        "Estás cansada.",
        "Decid cómo estáis.",
        "Usted elige.",
        "Es un riesgo.",
        "Haz el check-in.",
        "todo/as",
    ],
)
def test_what_is_never_said_is_found(text: str) -> None:
    assert never_in(text)


def test_a_heavy_text_is_found() -> None:
    assert (
        ease("Intervenciones organizacionales demostraron heterogeneidad considerable.")
        < EASIEST_TO_READ_FROM
    )
