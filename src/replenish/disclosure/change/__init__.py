"""P7: a change is named from published bands alone."""

from replenish.disclosure.change.arrow import Change, change_between

__all__ = ["Change", "change_between"]
