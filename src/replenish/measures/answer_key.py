"""A pack turned into arrays: what scoring needs to know about items and scales, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item, Scale

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OptionValues:
    """The answers of an item with its own answers, and what each is worth.

    Args:
        codes: (m,) answer codes, ascending.
        values: (m,) their values on the raw scale of the pack; NaN where the item did not apply.
    """

    codes: Floats
    values: Floats


@dataclass(frozen=True)
class ScaleKey:
    """One scale: the positions of its items, the method, and how many answers it needs."""

    code: str
    items: tuple[int, ...]
    method: Literal["sum", "mean", "mean0-100", "count"]
    needed: int
    count_from: float | None = None


@dataclass(frozen=True)
class AnswerKey:
    """How a table of answers, one column per item, becomes scores.

    Args:
        names: the k item codes, in column order.
        low: lowest possible answer.
        high: highest possible answer.
        step: distance between possible answers; None for any number.
        reverse: (k,) whether an item is reversed.
        scales: the scales to score.
        not_applicable: codes that say an item did not apply.
        options: items with their own answers, by position.
    """

    names: tuple[str, ...]
    low: float
    high: float
    step: float | None
    reverse: NDArray[np.bool_]
    scales: tuple[ScaleKey, ...]
    not_applicable: tuple[float, ...] = ()
    options: Mapping[int, OptionValues] = field(default_factory=dict)

    @property
    def middle(self) -> float:
        """The middle of the answer scale, where a reversed answer equals itself."""
        return (self.low + self.high) / 2

    def membership(self) -> Floats:
        """(k, s) matrix: 1 where the item belongs to the scale."""
        member = np.zeros((len(self.names), len(self.scales)))
        for column, scale in enumerate(self.scales):
            member[list(scale.items), column] = 1.0
        return member

    def weights(self) -> Floats:
        """(k, s) matrix: 1 where the item belongs to the scale, -1 where it is reversed as well."""
        return self.membership() * np.where(self.reverse, -1.0, 1.0)[:, np.newaxis]


def answer_key(pack: Pack, scales: Collection[str] | None = None) -> AnswerKey:
    """The arrays behind a pack, for all its scales or the ones named.

    Raises:
        Refused: the pack has no scale of a given name.
    """
    chosen = [s for s in pack.scales if scales is None or s.code in scales]
    for code in scales or ():
        pack.scale(code)
    response = pack.response
    position = {code: index for index, code in enumerate(pack.item_codes)}
    return AnswerKey(
        names=pack.item_codes,
        low=response.min,
        high=response.max,
        step=response.step,
        reverse=np.array([item.reverse for item in pack.items]),
        scales=tuple(_scale_key(scale, position) for scale in chosen),
        not_applicable=response.not_applicable,
        options={position[i.code]: _option_values(pack, i) for i in pack.items if i.options},
    )


def _scale_key(scale: Scale, position: Mapping[str, int]) -> ScaleKey:
    items = tuple(position[code] for code in scale.items)
    return ScaleKey(scale.code, items, scale.method, scale.needed, scale.count_from)


def _option_values(pack: Pack, item: Item) -> OptionValues:
    """Option values of 0 to 100 are carried over to the raw scale, so that one formula serves every item."""
    options = sorted(item.options, key=lambda option: option.code)
    values = np.array([np.nan if option.value is None else option.value for option in options])
    low, high = pack.response.min, pack.response.max
    if any(scale.method == "mean0-100" for scale in pack.scales_of(item.code)):
        values = (low + high) / 2 + (values - 50.0) * (high - low) / 100.0
    return OptionValues(np.array([option.code for option in options]), values)
