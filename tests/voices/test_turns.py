"""What waited on a phone never undoes what was said since, in whatever order things arrive, however often."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from replenish.sealing.box import BUCKETS, seal_box
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent
from replenish.voices.box_rows import BoxRows
from replenish.voices.turns import (
    KEPT,
    SETTING,
    Taking,
    Turn,
    is_turn_id,
    new_turn_id,
    note,
    seen_by_device,
    taking,
)

WEEK, PACK, DIGEST = "2026-W03", "replenish-weekly", "0" * 64
KEY = (WEEK, PACK)


def write(box: BoxRows, turn: Turn | None, answer: float, week: str = WEEK) -> Taking:
    """As the check-in does it."""
    became = taking(box, (week, PACK), turn)
    if became is Taking.TAKEN:
        box.put(week, (PACK, DIGEST), {"sign.dread": answer})
        note(box, (week, PACK), turn)
    return became


def answer_in(box: BoxRows, week: str = WEEK) -> float | None:
    return next((answers["sign.dread"] for _, _, answers in box.rows({week})), None)


def test_one_that_waited_fills_an_empty_week() -> None:
    box = BoxRows()
    assert write(box, Turn(new_turn_id(), waited=True), 2.0) is Taking.TAKEN
    assert answer_in(box) == 2.0


def test_one_that_waited_gives_way_to_what_its_device_had_not_seen() -> None:
    box = BoxRows()
    before = frozenset(seen_by_device(box.settings))
    write(box, Turn(new_turn_id()), 1.0)
    late = Turn(new_turn_id(), waited=True, seen=before)
    assert write(box, late, 4.0) is Taking.SAID_SINCE
    assert answer_in(box) == 1.0


def test_one_that_waited_takes_the_place_of_what_its_device_had_seen() -> None:
    box = BoxRows()
    write(box, Turn(new_turn_id()), 1.0)
    later = Turn(new_turn_id(), waited=True, seen=frozenset(seen_by_device(box.settings)))
    assert write(box, later, 4.0) is Taking.TAKEN
    assert answer_in(box) == 4.0


def test_an_answer_without_a_turn_is_seen_by_no_device() -> None:
    box = BoxRows()
    write(box, Turn(new_turn_id()), 1.0)
    seen = frozenset(seen_by_device(box.settings))
    write(box, None, 2.0)
    assert write(box, Turn(new_turn_id(), waited=True, seen=seen), 4.0) is Taking.SAID_SINCE


def test_the_same_one_again_changes_nothing_whatever_came_between() -> None:
    box = BoxRows()
    first = Turn(new_turn_id(), waited=True)
    write(box, first, 1.0)
    assert write(box, first, 1.0) is Taking.THERE_ALREADY
    write(box, Turn(new_turn_id()), 2.0)
    assert write(box, first, 1.0) is Taking.SAID_SINCE
    assert answer_in(box) == 2.0


def test_a_form_that_is_sent_again_late_changes_nothing() -> None:
    box = BoxRows()
    form = Turn(new_turn_id())
    write(box, form, 1.0)
    write(box, form, 3.0)
    assert answer_in(box) == 1.0


def test_a_device_is_told_of_as_many_turns_whatever_there_is() -> None:
    box = BoxRows()
    counts = []
    for number in range(8):
        told = seen_by_device(box.settings)
        counts.append(len(told))
        assert all(map(is_turn_id, told))
        write(box, Turn(new_turn_id()), 1.0, week=f"2026-W{number + 10}")
    assert set(counts) == {KEPT}
    assert set(BoxContent.of_rows(box).settings) == {SETTING}


def test_turns_leave_a_year_in_the_smallest_box() -> None:
    box = BoxRows()
    for number in range(52):
        week = f"2026-W{number + 1:02d}"
        box.put(week, (PACK, DIGEST), {f"sign.{name}": 4.0 for name in "abcdefgh"})
        note(box, (week, PACK), Turn(new_turn_id()))
    assert len(seal_box(Secret.new(), box.to_bytes())) == BUCKETS[0]


@dataclass
class Phone:
    """A device: what it has seen, and what waits on it."""

    seen: set[str] = field(default_factory=set)
    queue: list[tuple[Turn, float, int]] = field(default_factory=list)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["look", "wait", "send", "send twice", "answer"]),
        st.integers(0, 1),
        st.integers(0, 1),
    ),
    max_size=30,
)


@settings(max_examples=300)
@given(STEPS)
def test_an_answer_given_with_a_connection_is_never_undone_by_an_older_one(
    steps: list[tuple[str, int, int]],
) -> None:
    """Two phones answer and look and wait in any order. Each answer knows its moment; the box does not."""
    box, phones = BoxRows(), (Phone(), Phone())
    given_at: dict[float, int] = {}
    online_at = -1
    for moment, (step, number, answer_kind) in enumerate(steps):
        phone = phones[number]
        answer = float(moment * 2 + answer_kind)
        given_at[answer] = moment
        if step == "look":
            phone.seen |= set(seen_by_device(box.settings))
        elif step == "wait":
            turn = Turn(new_turn_id(), waited=True, seen=frozenset(phone.seen))
            phone.seen.add(turn.id)
            phone.queue.append((turn, answer, moment))
        elif step == "answer":
            assert write(box, Turn(new_turn_id()), answer) is Taking.TAKEN
            online_at = moment
        else:
            for turn, waited, _ in phone.queue:
                write(box, turn, waited)
                if step == "send twice":
                    assert write(box, turn, waited) is not Taking.TAKEN
            phone.queue.clear()
        there = answer_in(box)
        assert (there is None) == (online_at < 0 and not box.check_ins)
        if online_at >= 0:
            assert there is not None
            assert given_at[there] >= online_at
        assert len(box.check_ins) <= 1
