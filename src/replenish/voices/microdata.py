"""The contributions of a round, opened once in memory for the gate, which alone may import this."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import VoiceFault
from replenish.sealing.contribution import decode_scores
from replenish.voices.models import Contribution, OpenRound
from replenish.voices.night_key import unwrap_row

CHUNK = 2_000


class Opener(Protocol):
    """What holds a round's private key."""

    def open(self, sealed: bytes, /) -> bytes:
        """The payload of one sealed contribution."""
        ...


@dataclass(frozen=True)
class Microdata:
    """The contributions of a round in the order of their voices, which is the same for every reader.

    Args:
        groups: for each row, the opaque code of its reporting group.
        scores: for each scale, shape (rows,), 0 to 100, NaN where there is no score.
    """

    groups: tuple[str, ...]
    scores: dict[str, NDArray[np.float64]]


def read_contributions(round_id: str, opener: Opener) -> Microdata:
    """Open every contribution of a round that accepts no more.

    Raises:
        Refused: there is no such round, it still accepts, a contribution is damaged or was sealed to another
            key, or it holds other scales or an impossible score.
    """
    row = OpenRound.objects.filter(id=round_id).first()
    if row is None:
        refuse(VoiceFault.ROUND_UNKNOWN)
    if row.accepting:
        refuse(VoiceFault.ROUND_STILL_ACCEPTING)
    groups: list[str] = []
    payloads: list[bytes] = []
    stored = Contribution.objects.filter(round_id=round_id).order_by("voice")
    named = stored.values_list("voice", "group", "sealed").iterator(chunk_size=CHUNK)
    # Closed also when a row does not open: a reader left behind would keep SQLite's log from being emptied.
    with closing(cast("Generator[tuple[str, str, bytes], None, None]", named)):
        for voice, group, wrapped in named:
            groups.append(group)
            payloads.append(opener.open(unwrap_row(voice, bytes(wrapped))))
    return Microdata(tuple(groups), decode_scores(row.scales, payloads))


def delete_contributions(round_id: str) -> int:
    """Delete the contributions of a round, inside the caller's transaction; how many there were."""
    gone, _ = Contribution.objects.filter(round_id=round_id).delete()
    return gone
