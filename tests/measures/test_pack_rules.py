"""A broken key is refused by the name of its fault, and a sound one is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import PackFault, TableFault
from replenish.measures.library import PACKS, load_pack, pack_from_plain, read_pack, read_yaml
from replenish.measures.pack_parts import MissingRule

# A pack as plain data is JSON-like and mutated freely here, as a person editing a file would.
Plain = dict[str, Any]

SOUND: Plain = {
    "id": "our-pulse",
    "version": "1",
    "title": "Our pulse",
    "authors": "Us",
    "year": 2026,
    "source": "Ours",
    "about": "Three questions.",
    "licence": {
        "owner": "us",
        "wording_may_ship": "allowed",
        "own_use": "allowed",
        "commercial_use": "allowed",
        "derivatives": "allowed",
        "attribution": "None",
        "source": "Ours",
        "mark": "our assumption",
    },
    "response": {"min": 0, "max": 4},
    "items": {"count": 3, "code": "pulse{number}"},
    "reverse": [2],
    "scales": [
        {
            "code": "total",
            "title": "Total",
            "gloss": "All of it.",
            "items": "1-3",
            "method": "sum",
            "missing": "all needed",
            "direction": "higher is better",
            "kind": "outcome",
            "range": {"low": 0, "high": 12},
        }
    ],
    "provenance": [
        {"topic": topic, "source": "Ours", "mark": "our assumption"}
        for topic in ("items", "reversal", "response", "scoring", "missing")
    ],
}


def sound(**changes: object) -> Plain:
    return {**copy.deepcopy(SOUND), **changes}


def scale(**changes: object) -> Plain:
    return {**copy.deepcopy(SOUND["scales"][0]), **changes}


def items(**changes: object) -> list[Plain]:
    made: list[Plain] = [{"number": n, "code": f"pulse{n}"} for n in (1, 2, 3)]
    made[0].update(changes)
    return made


def options(*values: float | None) -> list[Plain]:
    return [{"code": at, "label": f"answer {at}", "value": value} for at, value in enumerate(values)]


NORM = {"scale": "total", "population": "Us", "mean": 6, "sd": 2, "source": "Ours", "mark": "S"}
BAND = {"scale": "total", "low": 0, "high": 6, "label": "lower half", "source": "Ours", "mark": "S"}

BROKEN: list[tuple[str, Plain, Fault]] = [
    ("reversal of an unknown number", sound(reverse=[4]), PackFault.PACK_REVERSAL_UNKNOWN),
    ("reversal of an unknown code", sound(reverse=["pulse9"]), PackFault.PACK_REVERSAL_UNKNOWN),
    ("reversal given twice", sound(reverse=[2, "pulse2"]), PackFault.PACK_DUPLICATE),
    ("reversal is no list", sound(reverse="2"), PackFault.PACK_FIELD),
    ("scale with an unknown number", sound(scales=[scale(items="1-4")]), PackFault.PACK_UNKNOWN_ITEM),
    (
        "scale with an unknown code",
        sound(scales=[scale(items=["pulse1", "puls2"])]),
        PackFault.PACK_UNKNOWN_ITEM,
    ),
    ("scale with a run that goes nowhere", sound(scales=[scale(items="3-1")]), PackFault.PACK_FIELD),
    ("item twice in a scale", sound(scales=[scale(items="1, 1, 2")]), PackFault.PACK_DUPLICATE),
    ("claimed range too wide", sound(scales=[scale(range={"low": 0, "high": 15})]), PackFault.PACK_RANGE),
    ("claimed range of another method", sound(scales=[scale(method="mean")]), PackFault.PACK_RANGE),
    ("two items of one code", sound(items=items(code="pulse2"), reverse=[]), PackFault.PACK_DUPLICATE),
    (
        "two items of one number",
        sound(items=items(number=3), reverse=[], scales=[scale(items=["pulse1", "pulse2", "pulse3"])]),
        PackFault.PACK_DUPLICATE,
    ),
    ("two scales of one code", sound(scales=[scale(), scale()]), PackFault.PACK_DUPLICATE),
    (
        "a gap in the numbering",
        sound(items=items(number=9), scales=[scale(items="9, 2, 3")]),
        PackFault.PACK_NUMBERING,
    ),
    (
        "an item in no scale",
        sound(scales=[scale(items="1-2", range={"low": 0, "high": 8})]),
        PackFault.PACK_ITEM,
    ),
    ("an item in a scale that says why not", sound(items=items(unscored="Because.")), PackFault.PACK_ITEM),
    ("no item", sound(items=[], reverse=[], scales=[scale(items=[])]), PackFault.PACK_FIELD),
    ("items are a word", sound(items="pulse"), PackFault.PACK_FIELD),
    ("a count without a code", sound(items={"count": 3}), PackFault.PACK_FIELD),
    ("a code without a number", sound(items={"count": 3, "code": "pulse"}), PackFault.PACK_FIELD),
    ("a code that is no code", sound(items=items(code="pulse one")), PackFault.PACK_FIELD),
    ("answers the wrong way round", sound(response={"min": 4, "max": 0}), PackFault.PACK_RESPONSE),
    ("steps that miss the end", sound(response={"min": 0, "max": 4, "step": 3}), PackFault.PACK_RESPONSE),
    (
        "a label outside the answers",
        sound(response={"min": 0, "max": 4, "labels": {5: "x"}}),
        PackFault.PACK_RESPONSE,
    ),
    (
        "does not apply is an answer",
        sound(response={"min": 0, "max": 4, "not_applicable": [0]}),
        PackFault.PACK_NOT_APPLICABLE_IS_AN_ANSWER,
    ),
    (
        "a sum of what may not apply",
        sound(response={"min": 0, "max": 4, "not_applicable": [9]}),
        PackFault.PACK_NOT_APPLICABLE_IN_A_SUM,
    ),
    (
        "two rules for gaps",
        sound(scales=[scale(missing={"min_answered": 2, "max_missing": 1})]),
        PackFault.PACK_MISSING_RULE,
    ),
    (
        "more answers needed than items",
        sound(scales=[scale(missing={"min_answered": 4})]),
        PackFault.PACK_MISSING_RULE,
    ),
    (
        "every item may be missing",
        sound(scales=[scale(missing={"max_missing": 3})]),
        PackFault.PACK_MISSING_RULE,
    ),
    (
        "a count without a limit",
        sound(scales=[scale(method="count", range={"low": 0, "high": 3})]),
        PackFault.PACK_COUNT,
    ),
    ("a limit without a count", sound(scales=[scale(count_from=2)]), PackFault.PACK_COUNT),
    (
        "a count with gaps",
        sound(
            scales=[
                scale(method="count", count_from=2, range={"low": 0, "high": 3}, missing={"max_missing": 1})
            ]
        ),
        PackFault.PACK_MISSING_RULE,
    ),
    ("a method nobody knows", sound(scales=[scale(method="median")]), PackFault.PACK_FIELD),
    ("a band of another scale", sound(bands=[{**BAND, "scale": "half"}]), PackFault.PACK_UNKNOWN_SCALE),
    ("a band beyond the range", sound(bands=[{**BAND, "high": 13}]), PackFault.PACK_BAND),
    ("a band upside down", sound(bands=[{**BAND, "low": 7}]), PackFault.PACK_BAND),
    ("bands that overlap", sound(bands=[BAND, {**BAND, "low": 6, "high": 12}]), PackFault.PACK_BAND),
    ("a norm beyond the range", sound(norms=[{**NORM, "mean": 13}]), PackFault.PACK_NORM),
    ("a spread no scale has", sound(norms=[{**NORM, "sd": 7}]), PackFault.PACK_NORM),
    (
        "a fact without a source",
        sound(facts=[{"about": "a", "says": "b", "mark": "S"}]),
        PackFault.PACK_FIELD,
    ),
    (
        "a fact without a mark",
        sound(facts=[{"about": "a", "says": "b", "source": "c"}]),
        PackFault.PACK_FIELD,
    ),
    (
        "a fact with a mark nobody knows",
        sound(facts=[{"about": "a", "says": "b", "source": "c", "mark": "sure"}]),
        PackFault.PACK_FIELD,
    ),
    ("a key without provenance", sound(provenance=SOUND["provenance"][1:]), PackFault.PACK_PROVENANCE),
    ("a frame without provenance", sound(frame="this week"), PackFault.PACK_PROVENANCE),
    ("a misspelt field", sound(scale=[]), PackFault.PACK_FIELD),
    ("a number that is none", sound(norms=[{**NORM, "mean": float("nan")}]), PackFault.PACK_FIELD),
    ("texts not declared", sound(items=items(text="How was it?")), PackFault.PACK_WORDING_UNDECLARED),
    (
        "texts that may not ship",
        sound(licence={**SOUND["licence"], "wording_included": True, "wording_may_ship": "ask"}),
        PackFault.PACK_WORDING_NOT_ALLOWED,
    ),
    (
        "a text is forgotten",
        sound(licence={**SOUND["licence"], "wording_included": True}, items=items(text="Well?")),
        PackFault.PACK_ITEM,
    ),
    ("a question about self-harm", sound(items=items(code="suicidality")), PackFault.PACK_SELF_HARM),
    (
        "answers of one code",
        sound(items=items(options=[*options(0, 4), *options(1)])),
        PackFault.PACK_DUPLICATE,
    ),
    ("answers without a value", sound(items=items(options=options(None))), PackFault.PACK_ITEM),
    (
        "own answers reversed in a sum",
        sound(items=items(options=options(0, 4)), reverse=[1]),
        PackFault.PACK_ITEM,
    ),
    (
        "own answers beyond 100",
        sound(
            items=items(options=options(0, 400)),
            scales=[scale(method="mean0-100", range={"low": 0, "high": 100})],
        ),
        PackFault.PACK_ITEM,
    ),
]


def faults(plain: Plain) -> set[Fault]:
    with pytest.raises(Refused) as refused:
        pack_from_plain(plain, file="pulse.yaml")
    assert {found.place.file for found in refused.value.problems} == {"pulse.yaml"}
    return {found.fault for found in refused.value.problems}


def test_the_sound_pack_is_sound() -> None:
    pack = pack_from_plain(sound())
    assert [item.reverse for item in pack.items] == [False, True, False]
    assert pack.scale("total").items == ("pulse1", "pulse2", "pulse3")


@pytest.mark.parametrize(("plain", "fault"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_pack_is_refused_by_name(plain: Plain, fault: Fault) -> None:
    assert fault in faults(plain)


def test_every_problem_of_a_pack_is_named_at_once() -> None:
    broken = sound(scales=[scale(range={"low": 0, "high": 15})], norms=[{**NORM, "sd": 20}], provenance=[])
    assert faults(broken) >= {PackFault.PACK_RANGE, PackFault.PACK_NORM, PackFault.PACK_PROVENANCE}


@pytest.mark.parametrize(
    "number_and_names", [("phq-9", 9), ("bdi-ii", 9), ("epds", 10)], ids=lambda pair: pair[0]
)
def test_a_known_item_about_self_harm_is_refused_by_its_number(number_and_names: tuple[str, int]) -> None:
    name, number = number_and_names
    top = number * 4
    whole = {"count": number, "code": "item{number}"}
    one_scale = scale(items=f"1-{number}", range={"low": 0, "high": top})
    assert faults(sound(id=name, items=whole, scales=[one_scale])) == {PackFault.PACK_SELF_HARM}
    pack_from_plain(sound(items=whole, scales=[one_scale]))


def test_a_field_is_named_as_a_person_counts() -> None:
    broken = sound(scales=[scale(), scale(code="half", range={"low": 0})])
    with pytest.raises(Refused, match=r"'scales\[2\]\.range\.high' is missing"):
        pack_from_plain(broken)


def test_a_pack_does_not_change() -> None:
    pack = load_pack("stss")
    with pytest.raises(ValidationError, match="frozen"):
        pack.year = 2005  # type: ignore[misc]  # the refusal is what is tested


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda text: text + "\nid: another", "given twice"),
        (lambda text: text.replace("[1, 4, 15, 17, 29]", "&a [1]") + "\nagain: *a", "alias"),
        (lambda text: text.replace("[1, 4, 15, 17, 29]", "[1, 4"), "expected"),
        (lambda _: "- a list", "named fields"),
        (lambda _: "", "named fields"),
        (lambda _: "[" * 1500, "nested too deeply"),
        (lambda _: "x: !!python/object:os.system {}", "constructor"),
        (lambda _: "x: " + "a" * 1_100_000, "larger"),
        (lambda text: text.replace("year: 2009", "year: 2009-99-99"), "month"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(change: Callable[[str], str], says: str, tmp_path: Path) -> None:
    text = (PACKS / "proqol-5" / "pack.yaml").read_text(encoding="utf-8")
    path = tmp_path / "pack.yaml"
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(Refused, match=says) as refused:
        read_pack(path)
    assert refused.value.fault is PackFault.PACK_UNREADABLE
    assert refused.value.problems[0].place.file == str(path)


def test_a_file_that_is_not_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    with pytest.raises(Refused) as refused:
        read_yaml(path)
    assert refused.value.fault is TableFault.FILE_MISSING
    path.write_bytes(b"title: caf\xe9")
    with pytest.raises(Refused, match="UTF-8") as refused:
        read_yaml(path)
    assert refused.value.fault is PackFault.PACK_UNREADABLE


def test_a_copy_of_a_shipped_pack_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes((PACKS / "hse-indicator-tool" / "pack.yaml").read_bytes())
    assert read_pack(path) == load_pack("hse-indicator-tool")
    assert read_pack(path).content_hash == load_pack("hse-indicator-tool").content_hash


@given(items=st.integers(1, 60), proportion=st.floats(0.01, 1.0))
def test_a_proportion_needs_at_least_that_share(items: int, proportion: float) -> None:
    needed = MissingRule(proportion=proportion).needed(items)
    assert 1 <= needed <= items
    assert needed >= proportion * items - 1e-6
    assert needed == 1 or needed - 1 < proportion * items


@pytest.mark.parametrize(("items", "needed"), [(1, 1), (2, 1), (3, 2), (4, 2), (6, 3), (7, 4)])
def test_half_of_the_items(items: int, needed: int) -> None:
    assert MissingRule(proportion=0.5).needed(items) == needed


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 40)
    | st.floats()
    | st.sampled_from(["", "S", "pulse1", "1-3", "4"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["number", "code", "items"]), inner)
    ),
    max_leaves=4,
)


def paths(value: object) -> list[list[str | int]]:
    """The way to every place in plain data."""
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    return [[]] + [[step, *rest] for step, inner in steps for rest in paths(inner)]


@given(path=st.sampled_from(paths(SOUND)[1:]), value=ANYTHING)
def test_whatever_a_file_holds_it_is_a_pack_or_a_refusal(path: list[str | int], value: object) -> None:
    plain: Any = sound(norms=[NORM], bands=[BAND])
    place = plain
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    try:
        pack = pack_from_plain(plain)
    except Refused:
        return
    assert pack.scales
    assert len(pack.content_hash) == 64
