"""P7: a change is named from published bands alone."""

from replenish.disclosure.change.arrow import ROUNDS_COMPARED, Change, change_between

__all__ = ["ROUNDS_COMPARED", "Change", "change_between"]
