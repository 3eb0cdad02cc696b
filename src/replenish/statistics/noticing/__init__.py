"""The private notice of a slow change in one person's weekly score, against that person's own usual."""

from replenish.statistics.noticing.chart import notice_change
from replenish.statistics.noticing.design import DESIGN, PersonDesign
from replenish.statistics.noticing.rates import ErrorRates, error_rates
from replenish.statistics.noticing.result import Notice, Noticing, SeenWeek, Usual

__all__ = [
    "DESIGN",
    "ErrorRates",
    "Notice",
    "Noticing",
    "PersonDesign",
    "SeenWeek",
    "Usual",
    "error_rates",
    "notice_change",
]
