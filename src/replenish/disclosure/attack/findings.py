"""What an attack can find, each kind with its name and whether it breaks the promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FindingKind(Enum):
    """Every kind of finding: a stable name, and whether it breaks the promise or is only worth knowing."""

    VALUE_RULED_OUT = ("value ruled out", True)
    CONTRADICTION = ("contradiction", True)
    BELOW_FLOOR = ("group below the floor", True)
    OVERLAPPING_GROUPS = ("overlapping groups", True)
    SECOND_PARTITION = ("second partition", True)
    REPEATED_ROUND = ("round published twice", True)
    PARTITION_CHANGED = ("partition changed within a season", True)
    RULE_WENT_BACK = ("rule went back to an earlier one", True)
    CUT_TOO_NEAR_THE_END = ("cut too near the end", True)
    CUTS_DEPEND_ON_N = ("cuts depend on n", True)
    EXACT_N = ("exact n printed", True)
    SIZE_NOT_OF_THE_RULE = ("size not of the rule", True)
    PARENT_FROM_ANSWERS = ("parent computed from answers", True)
    ARROW_FROM_MEANS = ("arrow computed from means", True)
    HIDDEN_FOR_ITS_VALUES = ("hidden for another reason than n", True)
    MODEL_RESULT_TOO_FINE = ("model result finer than its step", True)
    SURPLUS_FIELD = ("the file says more than the rule allows", True)
    BEYOND_THE_PROMISE = ("value ruled out by more colluders than the rule promises", False)
    NEW_PARTITION = ("new partition between seasons", False)
    ROSTER_DISAGREES = ("roster and file disagree", False)
    ANSWERS_CHANGED = ("answers must have changed", False)

    @property
    def title(self) -> str:
        """The stable public name, such as `group below the floor`."""
        return self.value[0]

    @property
    def breaks_the_promise(self) -> bool:
        """Whether a release with this finding must not be published."""
        return self.value[1]


@dataclass(frozen=True)
class Finding:
    """One thing an attacker gains or a rule that a file breaks, in plain words.

    `group`, `question` and `round` are None where the finding concerns all of them.
    """

    kind: FindingKind
    group: str | None
    question: str | None
    round: str | None
    detail: str

    def to_plain(self) -> dict[str, str | None]:
        """Plain data for JSON."""
        return {
            "kind": self.kind.title,
            "group": self.group,
            "question": self.question,
            "round": self.round,
            "detail": self.detail,
        }

    def __str__(self) -> str:
        where = ", ".join(
            part
            for part in (self.group, self.question, f"round {self.round}" if self.round else None)
            if part
        )
        return f"{self.kind.title} ({where}): {self.detail}" if where else f"{self.kind.title}: {self.detail}"
