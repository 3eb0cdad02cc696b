"""From ratings of sessions to one release over a whole organisation, or to nothing.

In a pair, a rating of a session is a rating of one person. So it is told for at least three supervisors
together, none of whom has more than half of the people; and as everything else, for at least seven voices and
in bands. Whether anything is told follows from numbers of people alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.partition import Partition, ReportingGroup
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.scale import AnswerScale
from replenish.measures.library import load_pack
from replenish.measures.pack import scale_range
from replenish.voices.asked import POOLED_PACK, scales_of

LEAST_SUPERVISORS = 3
MOST_OF_ALL = 0.5
"""No supervisor may have more than this part of all supervisees, or the middle of all would be theirs."""
EVERYBODY = ("The whole organisation",)
WHOLE = Partition((ReportingGroup(EVERYBODY[0], (EVERYBODY,), (), alone=True),))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Terms:
    """Everything a release of ratings depends on beside the ratings themselves.

    Attributes:
        season: counted from the organisation's first.
        supervisors: by supervisor, how many people they had in the season; the keys go no further.
        people: by code of reporting group, the declared headcount.
        floor: the least number of voices.
        earlier: the releases of ratings of the organisation, oldest first.
    """

    season: int
    supervisors: Mapping[str, int]
    people: Mapping[str, int]
    floor: int
    earlier: Sequence[Release]


def rating_scales() -> tuple[AnswerScale, ...]:
    """The two scales with their ranges, sorted by name."""
    pack = load_pack(POOLED_PACK)
    return tuple(AnswerScale(name, *scale_range(pack, name)) for name in scales_of([POOLED_PACK]))


def may_be_told(supervisors: Mapping[str, int]) -> bool:
    """Whether enough supervisors are pooled, and none of them makes up most of it."""
    people = list(supervisors.values())
    return len(people) >= LEAST_SUPERVISORS and max(people) <= MOST_OF_ALL * sum(people)


def pool(
    terms: Terms, groups: Sequence[str], scores: Mapping[str, Floats], set_aside: Sequence[str]
) -> Release | None:
    """The release of a season's ratings; None where they were not asked, or too few supervisors are pooled.

    Args:
        terms: see there.
        groups: for each row, the code of its reporting group.
        scores: by scale, shape (rows,), NaN is missing.
        set_aside: codes of groups that held more voices than people; their rows are no voices here either.

    Raises:
        Refused: whatever `make_release` refuses.
    """
    scales = rating_scales()
    if any(scale.name not in scores for scale in scales) or not may_be_told(terms.supervisors):
        return None
    columns = {scale.name: np.asarray(scores[scale.name], dtype=np.float64) for scale in scales}
    rows = _voices(terms, groups, columns, set_aside)
    # Sums of floating-point numbers depend on their order in the last digit: here on the ratings alone.
    order = np.lexsort([columns[scale.name][rows] for scale in reversed(scales)])
    kept = {name: column[rows][order] for name, column in columns.items()}
    return make_release(
        round=f"supervision, season {terms.season}",
        partition=WHOLE,
        units=[EVERYBODY] * int(rows.sum()),
        values=kept,
        scales=scales,
        earlier=terms.earlier,
        floor=terms.floor,
        new_season=bool(terms.earlier),
        disjoint=True,
    )


def _voices(
    terms: Terms, groups: Sequence[str], columns: Mapping[str, Floats], set_aside: Sequence[str]
) -> NDArray[np.bool_]:
    """Shape (rows,): rows with a rating, of groups in which no more people rate than there are."""
    rated = np.asarray(~np.all([np.isnan(column) for column in columns.values()], axis=0), dtype=np.bool_)
    for group in set(groups):
        of_group = np.array([one == group for one in groups], dtype=np.bool_)
        voices = int((of_group & rated).sum())
        if group in set_aside or voices > terms.people.get(group, 0):
            rated &= ~of_group
    return rated
