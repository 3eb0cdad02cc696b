"""The texts themselves: everything chosen, nothing else, and no seam that shows, in every combination."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    Length,
    Receiver,
    parts,
    read_parts,
)

PARTS = parts()
LONGEST = {"line": 420, "message": 1100, "note": 3000}
HEALTH = re.compile(
    r"\b(diagnos\w*|symptom\w*|disorder\w*|depress\w*|anxi\w*|trauma\w*|burn-?out|fatigue|ill|illness|sick\w*|"
    r"stress\w*|mental|health|therap\w*|risk|weak\w*|resilien\w*|fail\w*)\b",
    re.IGNORECASE,
)


def some(codes: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(codes)), unique=True).map(tuple)


def one(codes: Iterable[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *sorted(codes)])


OWN = st.sampled_from(["", "the night shift has had no second person", "I am short with Anna, who is four"])
SAID = st.builds(
    Said,
    signs=some(PARTS.signs),
    own_sign=OWN,
    since=one(PARTS.since),
    conditions=some(PARTS.conditions),
    own_condition=OWN,
    request=one(PARTS.requests),
    own_request=st.sampled_from(["", "come with me to the meeting"]),
    in_confidence=st.booleans(),
)
RECEIVER = st.sampled_from(RECEIVERS)
LENGTH = st.sampled_from(LENGTHS)


@given(SAID, RECEIVER, LENGTH)
def test_no_seam_shows(said: Said, receiver: Receiver, length: Length) -> None:
    text = compose(PARTS, said, receiver, length)
    assert text
    assert len(text) <= LONGEST[length]
    assert not re.search(r"[ \t]{2}| [.,?]|[.,?]{2}|[{}]|\n{3}|^\s|\s$", text)
    sentences = re.split(r"(?<=[.?])\s+", text)
    for sentence in sentences:
        assert re.fullmatch(r"[A-Z][^.?]*[.?]", sentence), sentence
        assert not re.search(r"\b(and|or|that|with|notice|now|lately|here)\s*[.,?]?[.?]$", sentence) or (
            sentence.endswith(("here.", "now."))
        ), sentence
        assert not re.search(r"\b(\w+) \1\b", sentence), sentence
        assert len(sentence.split()) <= 34, sentence
    assert len(set(sentences)) == len(sentences)


@given(SAID, RECEIVER, LENGTH)
def test_there_is_one_request_or_none_and_it_comes_after_the_conditions(
    said: Said, receiver: Receiver, length: Length
) -> None:
    text = compose(PARTS, said, receiver, length)
    asked = bool(said.request or said.own_request)
    assert text.count("?") == (1 if asked else 0)
    own_said = {clause for clause in (said.own_condition, said.own_sign) if clause}
    if not asked or own_said:
        return
    request = text.index("Could ")
    for fragment in [*PARTS.conditions.values(), *PARTS.signs.values()]:
        for clause in (fragment.short, fragment.full):
            assert text.find(clause) < request


def words_of(length: Length) -> str:
    return "full" if length == "note" else "short"


@given(SAID, RECEIVER, LENGTH)
def test_everything_chosen_is_there_and_nothing_else(said: Said, receiver: Receiver, length: Length) -> None:
    text = compose(PARTS, said, receiver, length)
    found: dict[str, list[str]] = {}
    for name, known in (("signs", PARTS.signs), ("conditions", PARTS.conditions)):
        found[name] = [code for code, part in known.items() if getattr(part, words_of(length)) in text]
    chosen = {
        "signs": [code for code in PARTS.signs if code in said.signs],
        "conditions": [code for code in PARTS.conditions if code in said.conditions],
    }
    room = {"line": 1, "message": 2, "note": 99}[length]
    conditions = room - bool(said.own_condition)
    signs = room - bool(said.own_sign)
    if length == "line" and (said.own_condition or said.conditions):
        signs = 0
    assert found["conditions"] == chosen["conditions"][: max(conditions, 0)]
    assert found["signs"] == chosen["signs"][: max(signs, 0)]
    if said.own_condition:
        assert said.own_condition in text
    if said.own_sign and not (length == "line" and (said.own_condition or said.conditions)):
        assert f"that {said.own_sign}" in text
    questions = {code for code, one in PARTS.requests.items() if one.to(receiver) in text}
    assert questions == ({said.request} if said.request and not said.own_request else set())
    assert ("come with me" in text) == bool(said.own_request)
    assert (PARTS.receivers[receiver].in_confidence in text) == said.in_confidence
    times = {code for code, time in PARTS.since.items() if time.opening in text.lower() or time.alone in text}
    assert times == ({said.since} if said.since else set())


@given(SAID, RECEIVER, LENGTH)
def test_conditions_stand_before_the_person(said: Said, receiver: Receiver, length: Length) -> None:
    text = compose(PARTS, said, receiver, length)
    kind = words_of(length)
    around = [text.find(getattr(part, kind)) for part in PARTS.conditions.values()]
    within = [at for part in PARTS.signs.values() if (at := text.find(getattr(part, kind))) >= 0]
    assert not within or max(around) < min(within)


@given(SAID, RECEIVER, LENGTH)
def test_no_word_of_health_or_blame_is_put_into_a_mouth(
    said: Said, receiver: Receiver, length: Length
) -> None:
    assert HEALTH.search(compose(PARTS, said, receiver, length)) is None


def test_each_receiver_and_each_length_reads_differently() -> None:
    said = Said(
        signs=("sign.patience", "sign.dread", "sign.motions"),
        since="months",
        conditions=("no-time", "breaks", "nobody-asks"),
        request="minutes",
    )
    texts = {compose(PARTS, said, receiver, length) for receiver in RECEIVERS for length in LENGTHS}
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
