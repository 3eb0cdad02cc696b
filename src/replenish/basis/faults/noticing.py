"""What the private notice of a slow change may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class NoticingFault(Fault):
    """What the private notice of a slow change may be refused for."""

    NOTICING_SHAPE = (
        "noticing.shape",
        "there are {weeks} weeks and {values} scores; give one score for each week, in two simple rows",
    )
    NOTICING_ORDER = (
        "noticing.order",
        "the weeks must rise from one check-in to the next, and week {week} does not",
    )
    NOTICING_SCORE = (
        "noticing.score",
        "the score of week {week} is {value}; a weekly score lies between 0 and 100",
    )
