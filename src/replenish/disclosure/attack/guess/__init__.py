"""The guess attack: how well could somebody who knows everything published guess anybody's answers?"""

from replenish.disclosure.attack.guess.attacking import guess_attack, judge
from replenish.disclosure.attack.guess.components import Kernels, VarianceComponents
from replenish.disclosure.attack.guess.crowd import Attendance
from replenish.disclosure.attack.guess.knowledge import PrintedResult
from replenish.disclosure.attack.guess.link_existence import LinkExistence, link_existence
from replenish.disclosure.attack.guess.posterior import Estimates, Observed, estimate
from replenish.disclosure.attack.guess.report import MOST_ABOVE_TEAM_MEANS, MOST_R2, GuessReport, Judged

__all__ = [
    "MOST_ABOVE_TEAM_MEANS",
    "MOST_R2",
    "Attendance",
    "Estimates",
    "GuessReport",
    "Judged",
    "Kernels",
    "LinkExistence",
    "Observed",
    "PrintedResult",
    "VarianceComponents",
    "estimate",
    "guess_attack",
    "judge",
    "link_existence",
]
