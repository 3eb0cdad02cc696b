"""How much other ways of publishing give away, beside this software's own rule, attacked alike."""

from replenish.disclosure.attack.policies.outcome import Figures
from replenish.disclosure.attack.policies.table import POLICIES, compare_policies, keeps_the_promise, to_plain
from replenish.disclosure.attack.policies.year import Year

__all__ = ["POLICIES", "Figures", "Year", "compare_policies", "keeps_the_promise", "to_plain"]
