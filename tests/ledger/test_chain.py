"""Whatever is done to a chain afterwards is found, at the right number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.writing import chain_of, forged

from replenish.ledger.chain import Break, Finding, LedgerEntry, breaks

UNITS = st.lists(st.text("abcdef0123456789", min_size=1, max_size=6), min_size=3, max_size=8)
SINGLE_CHANGES: tuple[Callable[[LedgerEntry], LedgerEntry], ...] = (
    lambda entry: replace(entry, content={**entry.content, "unit": "forged"}),
    lambda entry: replace(entry, content={**entry.content, "note": "added"}),
    lambda entry: replace(entry, organisation="f" * 32),
    lambda entry: replace(entry, actor="timetable"),
    lambda entry: replace(entry, event="unit_moved"),
    lambda entry: replace(entry, at=entry.at + timedelta(seconds=1)),
    lambda entry: replace(entry, hash="f" * 64),
)


@given(UNITS)
def test_an_untouched_chain_has_no_break(units: list[str]) -> None:
    chain = chain_of(units)
    assert list(breaks(chain)) == []
    for entry in chain:
        assert list(breaks(chain, head=entry.hash)) == []


@given(UNITS, st.data())
def test_a_changed_entry_is_found_where_it_stands(units: list[str], data: st.DataObject) -> None:
    chain = chain_of(units)
    place = data.draw(st.integers(0, len(chain) - 1))
    chain[place] = data.draw(st.sampled_from(SINGLE_CHANGES))(chain[place])
    assert next(breaks(chain)) == Finding(place + 1, Break.CHANGED)


@given(UNITS, st.data())
def test_a_change_with_a_hash_made_anew_shows_at_the_next_entry(
    units: list[str], data: st.DataObject
) -> None:
    chain = chain_of(units)
    place = data.draw(st.integers(0, len(chain) - 2))
    chain[place] = forged(place + 1, chain[place].previous, "forged")
    assert list(breaks(chain)) == [Finding(place + 2, Break.UNLINKED)]


@given(UNITS, st.data())
def test_a_removed_entry_leaves_a_gap(units: list[str], data: st.DataObject) -> None:
    chain = chain_of(units)
    place = data.draw(st.integers(0, len(chain) - 2))
    del chain[place]
    assert list(breaks(chain)) == [Finding(place + 1, Break.MISSING), Finding(place + 2, Break.UNLINKED)]


@given(UNITS, st.data())
def test_an_inserted_entry_is_found(units: list[str], data: st.DataObject) -> None:
    """Even by somebody who numbers the later entries anew: their hashes hold their numbers."""
    chain = chain_of(units)
    place = data.draw(st.integers(0, len(chain) - 1))
    later = [replace(entry, number=entry.number + 1) for entry in chain[place:]]
    inserted = forged(place + 1, chain[place].previous, "inserted")
    found = list(breaks([*chain[:place], inserted, *later]))
    assert found[:2] == [Finding(place + 2, Break.UNLINKED), Finding(place + 2, Break.CHANGED)]


@given(UNITS, st.data())
def test_entries_that_changed_places_are_found(units: list[str], data: st.DataObject) -> None:
    chain = chain_of(units)
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    one, other = chain[first], chain[second]
    chain[first], chain[second] = replace(other, number=one.number), replace(one, number=other.number)
    assert next(breaks(chain)).number == first + 1


@given(UNITS, st.data())
def test_a_cut_end_is_found_by_a_head_that_was_kept(units: list[str], data: st.DataObject) -> None:
    chain = chain_of(units)
    kept = data.draw(st.integers(0, len(chain) - 1))
    cut = chain[:kept]
    assert list(breaks(cut)) == [], "without the head a cut end looks like a shorter ledger"
    assert list(breaks(cut, head=chain[-1].hash)) == [Finding(kept + 1, Break.HEAD_GONE)]


@given(UNITS)
def test_a_chain_written_wholly_anew_is_found_by_a_head_that_was_kept(units: list[str]) -> None:
    head = chain_of(units)[-1].hash
    anew = chain_of([*units[:-1], "forged"])
    assert list(breaks(anew)) == []
    assert [finding.why for finding in breaks(anew, head=head)] == [Break.HEAD_GONE]
