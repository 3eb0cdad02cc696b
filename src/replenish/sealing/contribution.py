"""What one person contributes to a round: one score for each scale, all contributions of one length."""

from __future__ import annotations

import hashlib
import math
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults.sealing import SealingFault
from replenish.basis.identifiers import canonical_json

LOWEST = 0.0
HIGHEST = 100.0
DIGEST_BYTES = 32

_NUMBER = np.dtype("<f8")


def encode_scores(names: Sequence[str], scores: Mapping[str, float | None]) -> bytes:
    """The payload of a contribution: 32 bytes that name the scales, then 8 for each score.

    Args:
        names: of the scales of the round, in their order.
        scores: 0 to 100 by scale; a scale that is left out, None or NaN is missing.

    Raises:
        Refused: no scale, or one twice; a score of a scale that is not named, or outside 0 to 100.
    """
    digest = scales_digest(names)
    for scale in scores:
        if scale not in names:
            refuse(SealingFault.SCALE_UNKNOWN, scale=scale)
    return digest + struct.pack(f"<{len(names)}d", *(_value(name, scores.get(name)) for name in names))


def decode_scores(names: Sequence[str], payloads: Sequence[bytes]) -> dict[str, NDArray[np.float64]]:
    """The scores of many contributions, one array for each scale, in the order of the payloads.

    Args:
        names: p scales, as they were encoded.
        payloads: n contributions.

    Returns:
        For each name a float64 array of shape (n,), NaN where the score is missing.

    Raises:
        Refused: a payload was made for other scales or has another length; a score is outside 0 to 100.
    """
    digest = scales_digest(names)
    length = DIGEST_BYTES + _NUMBER.itemsize * len(names)
    for position, payload in enumerate(payloads, 1):
        if len(payload) != length or not payload.startswith(digest):
            refuse(SealingFault.SCALES_OTHER, position=position)
    row = np.dtype([("digest", np.uint8, DIGEST_BYTES), ("scores", _NUMBER, (len(names),))])
    scores = np.frombuffer(b"".join(payloads), dtype=row)["scores"].astype(np.float64)
    _require_range(names, scores)
    return {name: np.ascontiguousarray(scores[:, place]) for place, name in enumerate(names)}


def scales_digest(names: Sequence[str]) -> bytes:
    """SHA-256 of the ordered names of the scales, as canonical JSON: 32 bytes.

    Raises:
        Refused: no name, an empty one, or one twice.
    """
    return _digest_of(tuple(names))


@lru_cache(maxsize=64)
def _digest_of(names: tuple[str, ...]) -> bytes:
    """The scales of a round are the same for everybody who contributes to it."""
    if not names or "" in names or max(Counter(names).values()) > 1:
        refuse(SealingFault.SCALES_NAMED)
    return hashlib.sha256(b"replenish scores 1\n" + canonical_json(list(names)).encode()).digest()


def _value(scale: str, score: float | None) -> float:
    """A score in its one form: the sign of a zero and the bits of a NaN would say more than the score."""
    if score is None or math.isnan(score):
        return math.nan
    if not LOWEST <= score <= HIGHEST:
        _refuse_range(scale, float(score))
    return score + 0.0


def _require_range(names: Sequence[str], scores: NDArray[np.float64]) -> None:
    """A score outside its range would break the proof of the bands, which count on the range."""
    outside = ~(np.isnan(scores) | ((scores >= LOWEST) & (scores <= HIGHEST)))
    if outside.any():
        row, place = np.argwhere(outside)[0]
        _refuse_range(names[place], float(scores[row, place]))


def _refuse_range(scale: str, score: float) -> NoReturn:
    refuse(SealingFault.SCORE_RANGE, scale=scale, score=score, low=int(LOWEST), high=int(HIGHEST))
