"""P5: how many answered, for the whole organisation only, in quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition.groups import Partition, UnitPath
from replenish.disclosure.partition.names import clean_path, refuse_alike

QUARTERS = ("less than a quarter", "a quarter to a half", "half to three quarters", "three quarters or more")


def response_quarter(
    partition: Partition,
    units: Sequence[UnitPath],
    contributed: NDArray[np.bool_],
    headcount: Mapping[UnitPath, int],
) -> str | None:
    """The quarter in which the organisation's response lies; None when nobody works there.

    Args:
        partition: the reporting groups; the headcount must name all their units.
        units: the clean path of each row's unit.
        contributed: shape (rows,), whether the row holds any answer.
        headcount: people by unit.

    Raises:
        Refused: a unit without a headcount or with more answers than people, or two written almost alike.
    """
    refuse_alike(headcount)
    people = {clean_path(unit): int(count) for unit, count in headcount.items()}
    for unit in sorted(partition.units - people.keys()):
        refuse(DisclosureFault.HEADCOUNT_UNIT_MISSING, unit=" / ".join(unit))
    answered = Counter(tuple(unit) for unit, did in zip(units, contributed.tolist(), strict=True) if did)
    for unit in sorted(answered):
        # More answers than people is how a stuffed box looks: invented voices around a real one.
        if answered[unit] > people[unit]:
            refuse(
                DisclosureFault.HEADCOUNT_EXCEEDED,
                unit=" / ".join(unit),
                answers=answered[unit],
                headcount=people[unit],
            )
    everybody = sum(people[unit] for unit in partition.units)
    return QUARTERS[min(3, 4 * answered.total() // everybody)] if everybody else None
