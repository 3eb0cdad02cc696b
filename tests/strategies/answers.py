"""Answers to instruments: hypothesis strategies, and a plain scorer that shares no code with the fast one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item, Scale

Answer = float | None


def possible_answers(pack: Pack, item: Item) -> list[Answer]:
    """Every answer an item allows, codes for "does not apply" among them; None for no answer."""
    skipped: list[Answer] = [None, *pack.response.not_applicable]
    if item.options:
        return skipped + [option.code for option in item.options]
    assert pack.response.step is not None
    steps = round((pack.response.max - pack.response.min) / pack.response.step)
    return skipped + [pack.response.min + step * pack.response.step for step in range(steps + 1)]


def forms(pack: Pack) -> st.SearchStrategy[list[Answer]]:
    """One person's answers, in the order of the items."""
    rare_gaps = [
        st.sampled_from([*(a for a in possible_answers(pack, i) if a is not None)] * 3 + [None])
        for i in pack.items
    ]
    return st.one_of(
        st.tuples(*rare_gaps).map(list),
        st.tuples(*(st.sampled_from(possible_answers(pack, item)) for item in pack.items)).map(list),
    )


def tables(pack: Pack, *, most: int = 6) -> st.SearchStrategy[list[list[Answer]]]:
    """Answers of several people."""
    return st.lists(forms(pack), min_size=1, max_size=most)


def plain_score(pack: Pack, scale: Scale, form: Sequence[Answer] | Mapping[str, Answer]) -> float:
    """The score of one person by the words of docs/reference/packs.md, item by item; NaN for none."""
    answers = form if isinstance(form, Mapping) else dict(zip(pack.item_codes, form, strict=True))
    values = []
    for item in pack.items:
        answer = answers.get(item.code)
        if item.code not in scale.items or answer is None or answer in pack.response.not_applicable:
            continue
        value = _value(pack, item, scale, answer)
        if value is not None:
            values.append(value)
    if len(values) < scale.needed:
        return math.nan
    if scale.method == "count":
        assert scale.count_from is not None
        return float(sum(value >= scale.count_from for value in values))
    mean = math.fsum(values) / len(values)
    return mean * len(scale.items) if scale.method == "sum" else mean


def _value(pack: Pack, item: Item, scale: Scale, answer: float) -> float | None:
    low, high = pack.response.min, pack.response.max
    if item.options:
        worth = next(option.value for option in item.options if option.code == answer)
        return 100 - worth if item.reverse and worth is not None else worth
    turned = low + high - answer if item.reverse else answer
    return 100 * (turned - low) / (high - low) if scale.method == "mean0-100" else turned
