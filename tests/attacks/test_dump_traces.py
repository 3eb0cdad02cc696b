"""The dump attack on invented copies: it finds each trace, and finds nothing where there is none."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.attacks.invented_copies import KINDS, invented_copies

from replenish.disclosure.attack.at_rest.chance import (
    as_many_by_chance,
    corrected,
    matches_by_chance,
    matches_in_blocks,
    share_interval,
)
from replenish.disclosure.attack.at_rest.dump import dump_attack, report_of, try_everything

pytestmark = pytest.mark.patient


@given(st.integers(1, 5), st.integers(0, 2))
def test_chance_is_what_counting_all_assignments_gives(objects: int, more: int) -> None:
    candidates = objects + more
    counted = np.zeros(objects + 1)
    for given_to in permutations(range(candidates), objects):
        counted[sum(at == own for at, own in enumerate(given_to))] += 1
    assert matches_by_chance(objects, candidates) == pytest.approx(counted / counted.sum())


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4)), min_size=1, max_size=8))
def test_chance_over_groups_adds_up(parts: list[tuple[int, int]]) -> None:
    blocks = [(objects, objects + more) for objects, more in parts]
    whole = matches_in_blocks(blocks)
    assert whole.sum() == pytest.approx(1.0)
    mean = float(whole @ np.arange(whole.size))
    assert mean == pytest.approx(sum(objects / candidates for objects, candidates in blocks))
    assert as_many_by_chance(whole, 0) == 1.0


def test_one_right_of_twelve_is_what_chance_gives() -> None:
    by_chance = matches_in_blocks([(12, 12)])
    assert as_many_by_chance(by_chance, 1) > 0.6
    assert as_many_by_chance(by_chance, 12) == pytest.approx(1 / 479_001_600)


def test_many_tries_are_corrected_for() -> None:
    assert corrected([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    low, high = share_interval(1, 12)
    assert low < 1 / 12 < high


def test_sealed_copies_tell_nothing() -> None:
    tried = [
        try_everything(copies.snapshots, KINDS, copies.knowledge, copies.owners)
        for copies in map(invented_copies, range(4))
    ]
    report = report_of(tried, 56)
    assert report.holds, report.found
    told = report.all_together("voice", "person")
    assert told is not None
    assert told.tried > 250
    assert told.interval[0] < told.expected < told.interval[1]


FAULTS = {
    "insertion order": ("voice", "person", "order"),
    "boxes change only when used": ("box", "person", "wrapped changes / answers"),
    "boxes grow": ("box", "person", "wrapped"),
    "last seen": ("seat", "person", "last_seen"),
    "seat and box share a value": ("seat", "box", "the same words"),
    "voice stable across rounds": ("voice", "voice", "the same words"),
    "log": ("box", "person", "lines of a log"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_trace_is_found(fault: str) -> None:
    copies = invented_copies(1, fault)
    report = dump_attack(copies.snapshots, KINDS, copies.knowledge, copies.owners)
    left, right, trace = FAULTS[fault]
    telling = [link for link in report.found if (link.left, link.right) == (left, right)]
    assert any(trace in link.trace for link in telling), report.links[:5]
    assert max(link.share for link in telling) > 0.9
