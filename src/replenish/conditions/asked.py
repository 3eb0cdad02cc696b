"""What a round asks: frozen when it opens, so that its close depends on nothing changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from replenish.basis.errors import refuse
from replenish.basis.faults.rounds import RoundFault
from replenish.disclosure.scale import AnswerScale
from replenish.measures.library import load_pack
from replenish.measures.pack import scale_range
from replenish.report.questions import Question, Role, plain_question

PACKS = ("replenish-weekly", "replenish-round")


@dataclass(frozen=True, slots=True)
class Asked:
    """One scale of a round.

    Args:
        name: its name in contributions and releases.
        low: the lowest possible score.
        high: the highest possible score.
        role: "outcome" or "condition".
    """

    name: str
    low: float
    high: float
    role: Role

    @property
    def scale(self) -> AnswerScale:
        """Its range, for the release. A mean over check-ins lies on no grid, so there is no step."""
        return AnswerScale(self.name, self.low, self.high)

    @property
    def question(self) -> Question:
        """Its role, for the models. Titles and glosses belong to the page, not to the close."""
        return plain_question(self.name, self.role)

    def to_plain(self) -> dict[str, object]:
        """As kept with the round."""
        return {"name": self.name, "low": self.low, "high": self.high, "role": self.role}


def asked_by(packs: Sequence[str] = PACKS) -> tuple[Asked, ...]:
    """The scales of these packs that may be told about a group, sorted by name; no private ones.

    Raises:
        Refused: two scales share an item: two figures of the same answers could be set against each other.
    """
    found: list[Asked] = []
    used: dict[tuple[str, str], str] = {}
    for pack in map(load_pack, packs):
        for scale in pack.scales:
            if scale.kind == "private":
                continue
            for item in scale.items:
                other = used.setdefault((pack.id, item), scale.code)
                if other != scale.code:
                    refuse(RoundFault.SCALES_SHARE_ITEMS, one=other, other=scale.code, item=item)
            low, high = scale_range(pack, scale.code)
            role: Role = "outcome" if scale.kind == "outcome" else "condition"
            found.append(Asked(scale.code, low, high, role))
    return tuple(sorted(found, key=lambda scale: scale.name))


def asked_from_plain(plain: Sequence[Mapping[str, object]]) -> tuple[Asked, ...]:
    """What `Asked.to_plain` wrote."""
    return tuple(
        Asked(
            str(entry["name"]),
            float(cast("float", entry["low"])),
            float(cast("float", entry["high"])),
            cast("Role", entry["role"]),
        )
        for entry in plain
    )
