"""Effects and shares over the whole organisation: rounded so coarsely that nobody's row shows."""

from replenish.disclosure.model_results.disclosing import (
    disclose_effect,
    disclose_icc,
    disclose_share_explained,
)
from replenish.disclosure.model_results.ladder import LEAST_GROUPS, LEAST_PEOPLE
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.model_results.usefulness import Usefulness, carries_an_order, most_useful_first

__all__ = [
    "LEAST_GROUPS",
    "LEAST_PEOPLE",
    "ModelResult",
    "Usefulness",
    "carries_an_order",
    "disclose_effect",
    "disclose_icc",
    "disclose_share_explained",
    "most_useful_first",
]
