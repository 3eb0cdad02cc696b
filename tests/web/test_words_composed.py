"""The texts themselves: everything chosen, nothing else, and no seam that shows, in every combination."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.web.carer.words.compose import Said, compose
from replenish.web.carer.words.draft import Draft
from replenish.web.carer.words.grammar import Instead, Joining, tidy
from replenish.web.carer.words.parts import (
    FOLDER,
    LENGTHS,
    RECEIVERS,
    Fragment,
    Length,
    Parts,
    Receiver,
    read_parts,
)

LANGUAGES = tuple(sorted(path.parent.name for path in FOLDER.glob("*/words.yaml")))
WORDS = {language: read_parts(FOLDER / language / "words.yaml") for language in LANGUAGES}
PARTS = WORDS["en"]
LONGEST = {"line": 420, "message": 1100, "note": 3000}
MOST_WORDS = 40
"""Two clauses in full, after the longest time: the longest of all in English has 39 words."""
HEALTH = {
    "en": r"diagnos\w*|symptom\w*|disorder\w*|depress\w*|anxi\w*|trauma\w*|burn-?out|fatigue|ill|illness|"
    r"sick\w*|stress\w*|mental|health|therap\w*|risk|weak\w*|resilien\w*|fail\w*",
    "es": r"diagn[oó]s\w*|s[ií]ntoma\w*|trastorno\w*|depre\w*|ansi\w*|trauma\w*|desgaste|fatiga\w*|"
    r"enferm\w*|estr[eé]s\w*|mental\w*|salud|terap\w*|riesgo\w*|d[eé]bil\w*|debilidad|resilien\w*|fracas\w*|fall\w*",
}
DANGLING = {
    "en": r"\b(?:and|or|that|with|notice|lately)\s*[.,?]?[.?]$",
    "es": r"\b(?:y|e|o|u|que|con|de|noto|además|últimamente)\s*[.,?]?[.?]$",
}
BEGUN = {"en": r"[A-Z]", "es": r"¿?[A-ZÁÉÍÓÚÑ]"}


@dataclass(frozen=True)
class Own:
    """What a person of that language might write, and what a text makes of it."""

    words: tuple[str, ...]
    request: str
    follows: str
    asked: str


OWN = {
    "en": Own(
        ("the night shift has had no second person", "I am short with Anna, who is four"),
        "come with me to the meeting",
        "that ",
        "Could ",
    ),
    "es": Own(
        ("Inés está sola por la noche", "hablo mal a Ana, que tiene cuatro años"),
        "venir conmigo a la reunión",
        "que ",
        "¿Podr",
    ),
}


@dataclass(frozen=True)
class Chosen:
    """A language, and everything a person chose in it."""

    language: str
    said: Said
    receiver: Receiver
    length: Length

    @property
    def parts(self) -> Parts:
        """The parts of the language."""
        return WORDS[self.language]

    @property
    def text(self) -> str:
        """What is composed."""
        return compose(self.parts, self.said, self.receiver, self.length)

    def clause(self, fragment: Fragment) -> str:
        """The clause as a text of this length has it."""
        return fragment.full if self.length == "note" else fragment.short


def some(codes: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(codes)), unique=True).map(tuple)


def one(codes: Iterable[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *sorted(codes)])


def said_in(language: str) -> st.SearchStrategy[Said]:
    own = st.sampled_from(["", *OWN[language].words])
    return st.builds(
        Said,
        signs=some(PARTS.signs),
        own_sign=own,
        since=one(PARTS.since),
        conditions=some(PARTS.conditions),
        own_condition=own,
        request=one(PARTS.requests),
        own_request=st.sampled_from(["", OWN[language].request]),
        in_confidence=st.booleans(),
    )


CHOSEN = st.sampled_from(LANGUAGES).flatmap(
    lambda language: st.builds(
        Chosen,
        language=st.just(language),
        said=said_in(language),
        receiver=st.sampled_from(RECEIVERS),
        length=st.sampled_from(LENGTHS),
    )
)


@given(CHOSEN)
def test_no_seam_shows(chosen: Chosen) -> None:
    text = chosen.text
    assert text
    assert len(text) <= LONGEST[chosen.length]
    assert not re.search(r"[ \t]{2}| [.,?]|[.,?]{2}|[{}]|\n{3}|^\s|\s$|[!¡]", text)
    sentences = re.split(r"(?<=[.?])\s+", text)
    for sentence in sentences:
        assert re.fullmatch(rf"{BEGUN[chosen.language]}[^.?¿]*[.?]", sentence), sentence
        assert not re.search(DANGLING[chosen.language], sentence), sentence
        assert not re.search(r"\b(\w+) \1\b", sentence), sentence
        assert len(sentence.split()) <= MOST_WORDS, sentence
        if chosen.language == "es":
            assert sentence.startswith("¿") == sentence.endswith("?"), sentence
            assert not re.search(r"\by h?[iíIÍ](?![aeou])", sentence), sentence
    assert len(set(sentences)) == len(sentences)


@given(CHOSEN)
def test_there_is_one_request_or_none_and_it_comes_after_the_conditions(chosen: Chosen) -> None:
    text, said = chosen.text, chosen.said
    asked = bool(said.request or said.own_request)
    assert text.count("?") == (1 if asked else 0)
    own_said = {clause for clause in (said.own_condition, said.own_sign) if clause}
    if not asked or own_said:
        return
    request = text.index(OWN[chosen.language].asked)
    for fragment in [*chosen.parts.conditions.values(), *chosen.parts.signs.values()]:
        for clause in (fragment.short, fragment.full):
            assert text.find(clause) < request


@given(CHOSEN)
def test_everything_chosen_is_there_and_nothing_else(chosen: Chosen) -> None:
    text, said, here = chosen.text, chosen.said, chosen.parts
    known = {"signs": here.signs, "conditions": here.conditions}
    found = {
        name: [code for code, part in parts.items() if chosen.clause(part) in text]
        for name, parts in known.items()
    }
    room = {"line": 1, "message": 2, "note": 99}[chosen.length]
    conditions = room - bool(said.own_condition)
    signs = room - bool(said.own_sign)
    crowded = chosen.length == "line" and bool(said.own_condition or said.conditions)
    if crowded:
        signs = 0
    assert (
        found["conditions"]
        == [one for one in here.conditions if one in said.conditions][: max(conditions, 0)]
    )
    assert found["signs"] == [one for one in here.signs if one in said.signs][: max(signs, 0)]
    if said.own_condition:
        assert said.own_condition in text
    if said.own_sign and not crowded:
        assert f"{OWN[chosen.language].follows}{said.own_sign}" in text


@given(CHOSEN)
def test_the_question_the_time_and_the_wish_for_confidence_are_those_chosen(chosen: Chosen) -> None:
    text, said, here = chosen.text, chosen.said, chosen.parts
    questions = {code for code, one in here.requests.items() if one.to(chosen.receiver) in text}
    assert questions == ({said.request} if said.request and not said.own_request else set())
    assert (OWN[chosen.language].request in text) == bool(said.own_request)
    assert (here.receivers[chosen.receiver].in_confidence in text) == said.in_confidence
    times = {code for code, time in here.since.items() if time.opening in text.lower() or time.alone in text}
    assert times == ({said.since} if said.since else set())


@given(CHOSEN)
def test_conditions_stand_before_the_person(chosen: Chosen) -> None:
    text, here = chosen.text, chosen.parts
    around = [text.find(chosen.clause(part)) for part in here.conditions.values()]
    within = [at for part in here.signs.values() if (at := text.find(chosen.clause(part))) >= 0]
    assert not within or max(around) < min(within)


@given(CHOSEN)
def test_no_word_of_health_or_blame_is_put_into_a_mouth(chosen: Chosen) -> None:
    assert re.search(rf"\b(?:{HEALTH[chosen.language]})\b", chosen.text, re.IGNORECASE) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_part_has_a_word_of_health_or_blame(language: str) -> None:
    written = WORDS[language].model_dump_json(exclude={"lowered"})
    assert re.search(rf"\b(?:{HEALTH[language]})\b", written, re.IGNORECASE) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_receiver_and_each_length_reads_differently(language: str) -> None:
    said = Said(
        signs=("sign.patience", "sign.dread", "sign.motions"),
        since="months",
        conditions=("no-time", "breaks", "nobody-asks"),
        request="minutes",
    )
    texts = {compose(WORDS[language], said, receiver, length) for receiver in RECEIVERS for length in LENGTHS}
    assert len(texts) == 9


@pytest.mark.parametrize(
    ("written", "fits"),
    [
        ("  The rota\n changes  daily. ", "the rota changes daily"),
        ("Anna left;", "Anna left"),
        ("I am tired…", "I am tired"),
        ("NHS forms take over!", "NHS forms take over"),
        ("...", ""),
    ],
)
def test_own_words_are_made_to_fit(written: str, fits: str) -> None:
    assert tidy(written, PARTS.lowered) == fits


def test_own_words_that_repeat_the_beginning_say_it_once() -> None:
    draft = Draft(own_sign="That I snap at people.", own_request="Could you swap Mondays with me?")
    text = compose(PARTS, draft.said(PARTS), "colleague", "message")
    assert "I have noticed that I snap at people." in text
    assert "Could you swap Mondays with me?" in text
    draft = Draft(own_request="Come with me")
    assert compose(PARTS, draft.said(PARTS), "colleague", "line") == "Could you come with me?"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Que salto por todo.", "Noto que salto por todo."),
        ("Estoy siempre con prisa", "Noto que estoy siempre con prisa."),
        ("Ana me da pena", "Noto que Ana me da pena."),
    ],
)
def test_own_signs_in_spanish_fit_into_the_sentence(written: str, text: str) -> None:
    here = WORDS["es"]
    said = Draft(own_sign=written, conditions=("no-time",)).said(here)
    assert text in compose(here, said, "colleague", "message")


@pytest.mark.parametrize("written", ["¿Podrías venir conmigo?", "podrías venir conmigo", "Venir conmigo."])
def test_own_requests_in_spanish_are_asked_once(written: str) -> None:
    here = WORDS["es"]
    text = compose(here, Draft(own_request=written).said(here), "colleague", "line")
    assert text == "¿Podrías venir conmigo?"


def test_spanish_joins_before_an_i_as_it_is_spoken() -> None:
    joined = WORDS["es"].joining.conditions.join
    assert joined(["falta gente", "Inés está sola"]) == "falta gente e Inés está sola"
    assert joined(["llueve", "hiela"]) == "llueve y hiela"
    assert joined(["agua", "hojas", "ira"]) == "agua, hojas e ira"


def test_a_language_brings_its_own_joints() -> None:
    spanish = Joining(between=", ", last=" y ", instead=(Instead(before=r"(?i)h?i(?!e)", last=" e "),))
    assert spanish.join(["padres", "hijos"]) == "padres e hijos"
    assert spanish.join(["agua", "hielo", "sal"]) == "agua, hielo y sal"
    assert spanish.join(["agua", "hielo"]) == "agua y hielo"
    assert spanish.join([]) == ""


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/words.yaml")), ids=lambda path: path.parent.name)
def test_every_language_is_complete_and_offers_the_same_choices(path: Path) -> None:
    here = read_parts(path)
    for name in ("since", "signs", "conditions", "requests"):
        assert list(getattr(here, name)) == list(getattr(PARTS, name))


def broken(path: tuple[str, ...], value: object) -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load((FOLDER / "en" / "words.yaml").read_text("utf-8"))
    place = written
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return written


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("own_sign",), "that I do", "has the places own"),
        (("receivers", "manager", "conditions"), ["{list}.", "And {list}."], "since, list"),
        (("signs", "sign.dread", "short"), "that I dread it.", "ends without a stop"),
        (("requests", "swap", "manager"), "Please swap.", "one question"),
        (("requests", "swap", "goes_with"), ["moon"], "moon, which is no condition"),
        (("lengths",), {"line": {"label": "One line"}}, "the name of message is missing"),
        (("since", "weeks", "opening"), "for  weeks", "without double spaces"),
    ],
)
def test_a_file_with_a_gap_is_refused(
    tmp_path: Path, path: tuple[str, ...], value: object, said: str
) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(yaml.safe_dump(broken(path, value), allow_unicode=True), "utf-8")
    with pytest.raises(Refused, match=said):
        read_parts(file)
