"""The rules releases were and are made under, in their order: what was published is read by its own rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.bands.sizes import FLOOR, SIZE_CLASSES, SizeClass

Cuts = Mapping[SizeClass, tuple[float, ...]]


@dataclass(frozen=True)
class Rule:
    """What a rule fixes. Parents and arrows follow from bands in the same way under all of them so far.

    Args:
        name: as releases name it.
        floor: the least number of voices; a release may have a higher one.
        mean_cuts: by size class, where bands of a mean meet, on 0-100.
        share_cuts: the same for questions with two possible answers.
    """

    name: str
    floor: int
    mean_cuts: Cuts
    share_cuts: Cuts


_SHARE_CUTS: Cuts = {
    SIZE_CLASSES[0]: (40.0, 50.0, 60.0),
    SIZE_CLASSES[1]: (25.0, 40.0, 50.0, 60.0, 75.0),
    SIZE_CLASSES[2]: (15.0, 25.0, 40.0, 50.0, 60.0, 75.0, 85.0),
}

# A rule that releases were made under is never changed or taken out: nothing could read them any more.
RULES = (
    Rule(
        name="replenish-rule-1",
        floor=7,
        mean_cuts={
            SIZE_CLASSES[0]: (37.5, 50.0, 62.5),
            SIZE_CLASSES[1]: (25.0, 37.5, 50.0, 62.5, 75.0),
            SIZE_CLASSES[2]: (12.5, 25.0, 37.5, 50.0, 62.5, 75.0, 87.5),
        },
        share_cuts=_SHARE_CUTS,
    ),
    Rule(
        name="replenish-rule-2",
        floor=FLOOR,
        mean_cuts={
            SIZE_CLASSES[0]: (35.0, 50.0, 65.0),
            SIZE_CLASSES[1]: (25.0, 35.0, 50.0, 65.0, 75.0),
            SIZE_CLASSES[2]: (15.0, 25.0, 35.0, 50.0, 65.0, 75.0, 85.0),
        },
        share_cuts=_SHARE_CUTS,
    ),
)

RULE = RULES[-1].name
"""The rule in force: every new release is made under it."""

_PLACES = {rule.name: place for place, rule in enumerate(RULES)}


def is_known(name: str) -> bool:
    """Whether releases were ever made under a rule of this name."""
    return name in _PLACES


def rule_named(name: str) -> Rule:
    """A known rule.

    Raises:
        Refused: this version of the software knows none of that name.
    """
    if name not in _PLACES:
        refuse(DisclosureFault.RULE_UNKNOWN, rule=name, newest=RULE)
    return RULES[_PLACES[name]]


def goes_back(before: str, after: str) -> bool:
    """Whether the second of two known rules is the earlier one."""
    return _PLACES[after] < _PLACES[before]
