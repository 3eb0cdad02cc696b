"""One printed figure of a model over the whole organisation, rounded to its step, and nothing finer."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

from replenish.basis.identifiers import content_hash
from replenish.disclosure.construction import ConstructionKey, Sealed


@dataclass(frozen=True, slots=True)
class ModelResult(Sealed, final=True):
    """What may be said about one effect, or about how much units differ.

    Constructed by this room only (`disclose_effect`, `disclose_icc`, `disclose_share_explained`).

    Args:
        outcome: the name of the outcome.
        condition: the name of the condition; empty where the result is about the outcome alone.
        kind: "own reports", "split voice", "icc" or "share explained".
        estimate: rounded to the step, in points of 0-100; None where only words may be said.
        low: lower end of the 95 % interval, rounded to the step, or None.
        high: upper end, or None.
        step: the printing step, from the ladder 1, 2, 5, 10, 20; None where no step of it is wide enough.
        words: said instead of numbers; None where there are numbers.
        people_class: class of the number of people, such as "100-199".
        groups_class: class of the number of groups, such as "10-19".
        conditions: how many conditions the model compares; None where the result is no effect.
    """

    outcome: str
    condition: str
    kind: str
    estimate: float | None
    low: float | None
    high: float | None
    step: float | None
    words: str | None
    people_class: str
    groups_class: str
    conditions: int | None
    key: InitVar[ConstructionKey | None] = None
    hash: str = field(init=False)

    def __post_init__(self, key: ConstructionKey | None) -> None:
        object.__setattr__(self, "hash", self.content_hash())
        self._admit(key)

    def content_hash(self) -> str:
        """The content hash of what this result says."""
        return content_hash(self.to_plain())

    def to_plain(self) -> dict[str, object]:
        """As written in releases."""
        return {
            "outcome": self.outcome,
            "condition": self.condition,
            "kind": self.kind,
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "step": self.step,
            "words": self.words,
            "people_class": self.people_class,
            "groups_class": self.groups_class,
            "conditions": self.conditions,
        }
