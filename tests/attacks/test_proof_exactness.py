"""The closed form, linear and integer programming and plain counting say the same."""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.disclosure.attack.blocks import Block, blocks_of, head_counts
from replenish.disclosure.attack.closed_form import Interval, Possible, possible_answers
from replenish.disclosure.attack.joint import possible_in_block
from replenish.disclosure.attack.observations import (
    Observation,
    People,
    PeopleSet,
    Place,
    mean_above,
    mean_in,
)
from replenish.disclosure.bands import colluders as promised
from replenish.disclosure.bands import cut_is_safe

PLACE = Place("a group", "q", "r")
ENDS = st.integers(0, 16).map(lambda part: Fraction(part, 16))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(ENDS), draw(ENDS)))
    return Interval(low, high, low_open=draw(st.booleans()), high_open=draw(st.booleans()))


def atom(number: int) -> PeopleSet:
    return frozenset([People("r", "q", number)])


def inside(interval: Interval, value: Fraction) -> bool:
    above = value > interval.low if interval.low_open else value >= interval.low
    return above and (value < interval.high if interval.high_open else value <= interval.high)


def counted(
    counts: Sequence[int],
    grid: int,
    observations: Sequence[tuple[Sequence[tuple[int, tuple[int, ...]]], Interval]],
    colluders: int,
) -> list[Possible | None] | None:
    """By trying all answers of everybody: who are people, sets are positions of atoms."""
    who = [at for at, count in enumerate(counts) for _ in range(count)]
    worlds = [
        world
        for world in itertools.product(range(grid + 1), repeat=len(who))
        if all(inside(interval, _mean(world, who, terms, grid)) for terms, interval in observations)
    ]
    if not worlds:
        return None
    return [_left(worlds, who, at, grid, colluders) if count else None for at, count in enumerate(counts)]


def _mean(
    world: Sequence[int], who: Sequence[int], terms: Sequence[tuple[int, tuple[int, ...]]], grid: int
) -> Fraction:
    total = Fraction(0)
    for sign, members in terms:
        answers = [answer for answer, at in zip(world, who, strict=True) if at in members]
        total += sign * Fraction(sum(answers), grid * len(answers))
    return total


def _left(
    worlds: Sequence[Sequence[int]], who: Sequence[int], at: int, grid: int, colluders: int
) -> Possible:
    target = who.index(at)
    others = [each for each in range(len(who)) if each != target]
    ruled_out: set[int] = set()
    narrowest = (Fraction(0), Fraction(1))
    for size in range(min(colluders, len(others)) + 1):
        for pool in itertools.combinations(others, size):
            for known in _by_pool(worlds, pool, target):
                ruled_out |= set(range(grid + 1)) - known
                low, high = Fraction(min(known), grid), Fraction(max(known), grid)
                if high - low < narrowest[1] - narrowest[0]:
                    narrowest = (low, high)
    return Possible(grid + 1, len(ruled_out), *narrowest)


def _by_pool(worlds: Sequence[Sequence[int]], pool: Sequence[int], target: int) -> Iterator[set[int]]:
    known: dict[tuple[int, ...], set[int]] = {}
    for world in worlds:
        known.setdefault(tuple(world[each] for each in pool), set()).add(world[target])
    yield from known.values()


@given(intervals(), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3))
def test_closed_form_equals_counting(interval: Interval, n: int, grid: int, colluders: int) -> None:
    expected = counted([n], grid, [([(1, (0,))], interval)], min(colluders, n - 1))
    found = possible_answers(interval, n, grid=grid, colluders=colluders)
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert expected[0] is not None
    assert (found.asked, found.ruled_out) == (expected[0].asked, expected[0].ruled_out)
    assert found.width == expected[0].width


@given(intervals(), st.integers(1, 12), st.sampled_from([None, 1, 2, 4]), st.integers(0, 2))
def test_closed_form_equals_programming(interval: Interval, n: int, grid: int | None, colluders: int) -> None:
    block = blocks_of([mean_in(interval, atom(0), PLACE)], {atom(0): (n,)}, {"q": grid})[0]
    assert block.single
    by_program = possible_in_block(block, [n], colluders=colluders)
    closed = possible_answers(interval, n, grid=grid, colluders=colluders)
    if closed is None:
        assert by_program is None
        return
    assert by_program is not None
    assert by_program[0] is not None
    assert (by_program[0].asked, by_program[0].ruled_out) == (closed.asked, closed.ruled_out)
    if colluders == 0:
        assert float(by_program[0].low) == pytest.approx(float(closed.low))
        assert float(by_program[0].high) == pytest.approx(float(closed.high))


@st.composite
def overlapping(
    draw: st.DrawFn,
) -> tuple[list[int], int, list[tuple[list[tuple[int, tuple[int, ...]]], Interval]]]:
    """Two or three atoms, and observations on sets of them: bands, and one mean above another."""
    counts = draw(st.lists(st.integers(1, 3), min_size=2, max_size=3).filter(lambda sizes: sum(sizes) <= 6))
    sets = st.sets(st.integers(0, len(counts) - 1), min_size=1).map(lambda members: tuple(sorted(members)))
    observations: list[tuple[list[tuple[int, tuple[int, ...]]], Interval]] = [
        ([(1, draw(sets))], draw(intervals())) for _ in range(draw(st.integers(1, 3)))
    ]
    if draw(st.booleans()):
        above = Interval(Fraction(0), Fraction(1), low_open=True, high_open=False)
        observations.append(([(1, draw(sets)), (-1, draw(sets))], above))
    return counts, draw(st.integers(1, 2)), observations


def joined(
    counts: Sequence[int],
    grid: int,
    observations: Sequence[tuple[Sequence[tuple[int, tuple[int, ...]]], Interval]],
) -> Block:
    atoms = [atom(number) for number in range(len(counts))]
    rows = []
    for terms, interval in observations:
        sets = [frozenset().union(*(atoms[at] for at in members)) for _, members in terms]
        if len(terms) == 1:
            rows.append(mean_in(interval, sets[0], PLACE))
        else:
            rows.append(mean_above(sets[0], sets[1], PLACE))
    named = {people for row in rows for _, people in row.terms}
    sets_of = {people: tuple(at for at, each in enumerate(atoms) if each <= people) for people in named}
    return Block(tuple(atoms), sets_of, {}, tuple(rows), grid)


@given(overlapping(), st.integers(0, 1))
def test_programming_equals_counting_on_overlapping_groups(
    case: tuple[list[int], int, list[tuple[list[tuple[int, tuple[int, ...]]], Interval]]], colluders: int
) -> None:
    counts, grid, observations = case
    found = possible_in_block(joined(counts, grid, observations), counts, colluders=colluders)
    expected = counted(counts, grid, observations, colluders)
    if expected is None:
        assert found is None
        return
    assert found is not None
    for one, other in zip(found, expected, strict=True):
        assert one is not None
        assert other is not None
        if colluders == 0:
            assert (one.asked, one.ruled_out, one.low, one.high) == (
                other.asked,
                other.ruled_out,
                other.low,
                other.high,
            )
        else:
            assert one.ruled_out <= other.ruled_out
    if any(other.ruled_out for other in expected if other):
        assert any(one.ruled_out for one in found if one), "corners must notice that something is ruled out"


@given(st.integers(7, 60), st.integers(1, 99))
def test_the_rule_of_cuts_is_exactly_what_the_attack_demands(n: int, cut: int) -> None:
    """5-privacy, section 4: a cut is safe if and only if both bands beside it rule nothing out."""
    k = promised(n)
    at = Fraction(cut, 100)
    below = possible_answers(Interval(Fraction(0), at), n, grid=None, colluders=k)
    above = possible_answers(Interval(at, Fraction(1), high_open=False), n, grid=None, colluders=k)
    assert below is not None
    assert above is not None
    attacked = below.ruled_out == 0 and above.ruled_out == 0
    equality_only_above = at * n == n - k - 1
    assert cut_is_safe(float(cut), n, k) == (attacked and not equality_only_above)


def test_an_open_end_is_taken_strictly() -> None:
    """Four people with a mean below one quarter: nobody can have answered the highest value."""
    below = Interval(Fraction(0), Fraction(1, 4))
    up_to = Interval(Fraction(0), Fraction(1, 4), high_open=False)
    for grid in (None, 4):
        strict = possible_answers(below, 4, grid=grid, colluders=0)
        loose = possible_answers(up_to, 4, grid=grid, colluders=0)
        assert strict is not None
        assert loose is not None
        assert (strict.ruled_out, loose.ruled_out) == (1, 0)


def test_spreads_respect_every_published_size() -> None:
    first, second = atom(0) | atom(1), atom(1) | atom(2)
    rows: list[Observation] = [
        mean_in(Interval(Fraction(0), Fraction(1, 2)), first, PLACE),
        mean_in(Interval(Fraction(0), Fraction(1, 2)), second, PLACE),
    ]
    block = blocks_of(rows, {first: tuple(range(7, 13)), second: (7,)}, {"q": None})[0]
    spreads = list(head_counts(block, {}, limit=1_000))
    assert spreads
    at = block.sets
    assert all(7 <= sum(counts[each] for each in at[first]) <= 12 for counts in spreads)
    assert all(sum(counts[each] for each in at[second]) == 7 for counts in spreads)
    assert any(0 < min(counts) <= 1 for counts in spreads), "the smallest difference must be tried"
