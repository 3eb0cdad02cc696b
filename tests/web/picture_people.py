"""People whose weeks are invented: unchanged, slowly declining, few weeks, already depleted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import numpy as np

from replenish.basis import clock
from replenish.measures.library import load_pack
from replenish.voices.box_content import BoxContent, CheckIn
from replenish.voices.weeks import week_of
from replenish.web.carer.picture.said import SIGNS
from replenish.web.shared.questions import ROUND, WEEKLY

Answers = Mapping[str, float]
NO_SUPPORT: Answers = {
    "supervision.held": 1, "process.time": 0, "process.asked": 1, "workload.breaks": 1,
    "workload.recover": 1, "culture.voice": 1, "culture.said": 1, "leaders.model": 0,
    "leaders.pushing": 3, "reciprocity": 1, "valued": 1,
}  # fmt: skip
OVERLOADED: Answers = dict.fromkeys(("overload.1", "overload.2", "overload.3", "overload.4"), 4.0)
RESTED: Answers = dict.fromkeys(OVERLOADED, 1.0)
BEARING: Answers = dict.fromkeys(("witness.1", "witness.2", "witness.3"), 4.0)
UNTOUCHED: Answers = dict.fromkeys(BEARING, 1.0)


def weeks_ago(number: int) -> str:
    """The ISO week so many weeks before this one."""
    return week_of(clock.today() - timedelta(weeks=number))


def weekly(answers: Answers, ago: int) -> CheckIn:
    """A check-in of the week."""
    return CheckIn(
        week=weeks_ago(ago), pack=WEEKLY, pack_hash=load_pack(WEEKLY).content_hash, answers=dict(answers)
    )


def longer(answers: Answers, ago: int = 0) -> CheckIn:
    """A longer set."""
    return CheckIn(
        week=weeks_ago(ago), pack=ROUND, pack_hash=load_pack(ROUND).content_hash, answers=dict(answers)
    )


def every_sign(answer: float, **others: float) -> dict[str, float]:
    """The same answer for all six signs, and others by code with an underscore for the dot."""
    return {
        **dict.fromkeys(SIGNS, answer),
        **{code.replace("_", "."): value for code, value in others.items()},
    }


def steady(weeks: int, answer: float = 1.0) -> list[CheckIn]:
    """So many weeks up to this one: one answer, with a little coming and going."""
    rng = np.random.default_rng(weeks)
    return [
        weekly(
            {code: float(np.clip(answer + rng.integers(-1, 2), 0, 4)) for code in SIGNS}
            | {"sign.warmth": 2.0, "event.encounters": float(rng.integers(0, 5))},
            ago,
        )
        for ago in range(weeks - 1, -1, -1)
    ]


def declining(weeks: int = 76, begins: int = 24) -> list[CheckIn]:
    """Weeks around "once", then around "often"."""
    early, late = steady(weeks), steady(weeks, 3.0)
    return [*early[:begins], *late[begins:]]


def box_of(*check_ins: CheckIn, **settings: str) -> BoxContent:
    """A box with these check-ins."""
    return BoxContent(check_ins=tuple(check_ins), settings=settings)
