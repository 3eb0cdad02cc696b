"""From one person's answers to the scores they contribute, read off a table: it runs at every check-in.

The table is made from the pack's own key, once for each pack; a test holds that it scores as `measures` does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from replenish.basis.errors import Place, Refused, refuse
from replenish.basis.faults import VoiceFault
from replenish.measures.answer_key import AnswerKey, answer_key
from replenish.measures.library import load_pack
from replenish.measures.pack import Pack
from replenish.measures.scoring import check_answers

POOLED_PACK = "replenish-supervision"
"""Asked after each session of supervision, and contributed with the last round of a season alone."""
PRIVATE = "private"
NO_SCORE = math.nan

Worth = Mapping[float, float | None]


@dataclass(frozen=True)
class ScaleTable:
    """One scale of 0 to 100: what each answer to each of its items is worth, and how many it needs."""

    code: str
    items: Mapping[str, Worth]
    needed: int

    def score(self, answers: Mapping[str, float]) -> float:
        """The mean of what the answers are worth; NaN with too few of them. An item may not apply (None)."""
        total, given = 0.0, 0
        for item, worth in self.items.items():
            value = worth.get(answers.get(item, NO_SCORE))
            if value is not None:
                total += value
                given += 1
        return total / given if given >= self.needed else NO_SCORE


@dataclass(frozen=True)
class AskedRound:
    """What is asked in a round: packs by content hash, and scales in the order of the contribution."""

    packs: Mapping[str, str]
    names: tuple[str, ...]
    tables: Mapping[str, tuple[ScaleTable, ...]]

    def scores(self, check_ins: Iterable[tuple[str, Mapping[str, float]]]) -> list[float]:
        """The mean of each scale over one person's check-ins (pack, answers): the person first."""
        sums = dict.fromkeys(self.names, 0.0)
        counts = dict.fromkeys(self.names, 0)
        for pack, answers in check_ins:
            for table in self.tables[pack]:
                score = table.score(answers)
                if not math.isnan(score):
                    sums[table.code] += score
                    counts[table.code] += 1
        return [sums[name] / counts[name] if counts[name] else NO_SCORE for name in self.names]


def scales_of(packs: Sequence[str]) -> dict[str, str]:
    """The scales that are contributed, sorted, each with its pack: all that are not private.

    Raises:
        Refused: a pack is not shipped, its scales are no means on 0 to 100, or two packs share a scale.
    """
    found: dict[str, str] = {}
    for pack_id in packs:
        pack = load_pack(pack_id)
        for scale in pack.scales:
            if scale.kind == PRIVATE:
                continue
            if scale.method != "mean0-100" or pack.response.step is None:
                refuse(VoiceFault.PACK_NOT_FOR_ROUNDS, pack=pack_id, scale=scale.code)
            if scale.code in found:
                refuse(VoiceFault.SCALE_TWICE, scale=scale.code)
            found[scale.code] = pack_id
    return dict(sorted(found.items()))


@lru_cache(maxsize=64)
def asked_round(scales: str, packs: str) -> AskedRound:
    """What is asked in a round whose scales and packs are kept as these JSON texts."""
    names = tuple(json.loads(scales))
    hashes: dict[str, str] = json.loads(packs)
    owners = scales_of(sorted(hashes))
    tables = {
        pack: tuple(scale_table(load_pack(pack), name) for name in names if owners.get(name) == pack)
        for pack in hashes
    }
    return AskedRound(hashes, names, tables)


def scale_table(pack: Pack, code: str) -> ScaleTable:
    """The table of one scale of a pack, from its key."""
    key = answer_key(pack, [code])
    scale = key.scales[0]
    worth = {key.names[at]: _worth(key, at, reverse=bool(key.reverse[at])) for at in scale.items}
    return ScaleTable(code, worth, scale.needed)


def _worth(key: AnswerKey, at: int, *, reverse: bool) -> Worth:
    if at in key.options:
        codes, values = key.options[at].codes, key.options[at].values
    else:
        values = codes = np.arange(key.low, key.high + key.step / 2, key.step) if key.step else np.empty(0)
    points = {
        float(code): None if np.isnan(value) else 100.0 * (float(value) - key.low) / (key.high - key.low)
        for code, value in zip(codes, values, strict=True)
        if code not in key.not_applicable
    }
    return {code: 100.0 - p if reverse and p is not None else p for code, p in points.items()}


@lru_cache(maxsize=64)
def possible_answers(pack_id: str) -> Mapping[str, Worth]:
    """For each item of a pack, the answers it allows."""
    pack = load_pack(pack_id)
    key = answer_key(pack)
    return {name: _worth(key, at, reverse=False) for at, name in enumerate(key.names)}


def require_answers(pack_id: str, answers: Mapping[str, float]) -> None:
    """Refuse answers to questions a pack does not ask, and answers it does not allow.

    Raises:
        Refused: an unknown question, or an answer outside the possible ones.
    """
    possible = possible_answers(pack_id)
    for item, answer in answers.items():
        if item not in possible:
            refuse(VoiceFault.ANSWER_UNKNOWN, item=item[:60], pack=pack_id)
        if answer not in possible[item]:
            _refuse_as_measures_do(pack_id, answers)
            refuse(VoiceFault.ANSWER_IMPOSSIBLE, item=item)


def _refuse_as_measures_do(pack_id: str, answers: Mapping[str, float]) -> None:
    pack = load_pack(pack_id)
    row = {item: np.array([answers.get(item, np.nan)]) for item in pack.item_codes}
    listed = check_answers(pack, row).listed
    if listed:
        raise Refused([replace(found, place=Place(column=found.place.column)) for found in listed])
