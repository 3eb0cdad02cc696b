"""Notes in a box: written, changed and removed in any order, and read back as they were."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.voices.box_content import BoxContent, CheckIn, Reflection
from replenish.voices.box_rows import BoxRows

TEXTS = st.text(max_size=30)
NOTES = st.builds(
    Reflection,
    week=st.sampled_from(["2026-W01", "2026-W02", "2026-W53"]),
    topic=st.sampled_from(["note", "cycle:gibbs", "words", "agenda"]),
    text=TEXTS,
)
STEPS = st.lists(st.tuples(st.sampled_from(["keep", "change", "remove"]), NOTES, TEXTS), max_size=25)
SAID = CheckIn(week="2026-W01", pack="replenish-weekly", pack_hash="h", answers={"sign.dread": 1.0})


def read_again(box: BoxContent) -> BoxContent:
    return BoxContent.of_rows(BoxRows.read(box.to_rows().to_bytes()))


@given(STEPS)
def test_notes_are_what_a_plain_list_would_be(steps: list[tuple[str, Reflection, str]]) -> None:
    """Against a model: a list without repetitions, in the order of writing."""
    box, model = BoxContent(check_ins=(SAID,)), list[Reflection]()
    for step, note, text in steps:
        if step == "keep":
            box = box.with_reflection(note)
            model += [note] if note not in model else []
        elif step == "remove":
            box = box.without(note)
            model = [each for each in model if each != note]
        else:
            box = box.with_text(note, text)
            changed = note.model_copy(update={"text": text})
            if note in model and changed not in model:
                model[model.index(note)] = changed
            else:
                model = [each for each in model if each != note]
                model += [changed] if changed not in model else []
        box = read_again(box)
        assert list(box.reflections) == model
        assert box.check_ins == (SAID,)


@given(st.lists(NOTES, max_size=6, unique=True), NOTES)
def test_what_is_removed_and_brought_back_is_there_once(notes: list[Reflection], note: Reflection) -> None:
    box = BoxContent(reflections=tuple(notes)).with_reflection(note)
    again = read_again(box.without(note).with_reflection(note).with_reflection(note))
    assert again.reflections.count(note) == 1
    assert set(again.reflections) == set(box.reflections)


@given(NOTES, TEXTS)
def test_a_change_twice_is_a_change_once(note: Reflection, text: str) -> None:
    box = BoxContent(reflections=(note,)).with_text(note, text)
    assert box.with_text(note, text) == box


def test_a_box_of_the_first_days_still_opens() -> None:
    """Written before notes could be changed; nobody but its owner can write it anew."""
    written = {
        "v": 1,
        "packs": [["replenish-weekly", "h", ["sign.dread"]]],
        "check_ins": [["2026-W01", 0, "1"]],
        "reflections": [["2026-W02", "own-page", "Tired"], ["2026-W02", "own-page", "Tired"]],
        "settings": {"a": True},
    }
    box = BoxContent.of_rows(BoxRows.read(json.dumps(written).encode()))
    assert box.check_ins == (SAID,)
    assert len(box.reflections) == 2
    assert box.without(box.reflections[0]).reflections == ()
    assert json.loads(read_again(box).to_rows().to_bytes()) == written


@pytest.mark.parametrize("size", [0, 1_000, 10_000])
def test_the_room_that_is_told_is_the_room_there_is(size: int) -> None:
    box = BoxContent().with_reflection(Reflection(week="2026-W01", topic="note", text="x" * size))
    assert BoxContent().room_for_notes() - box.room_for_notes() == box.size() - BoxContent().size()
