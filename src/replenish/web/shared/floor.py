"""The floor in force, in figures and as the promise says it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from replenish.disclosure.bands import effective_floor

# Numbers a floor may have, as they are spoken; larger ones are written in figures.
SPOKEN = {
    7: _("seven"), 8: _("eight"), 9: _("nine"), 10: _("ten"), 11: _("eleven"), 12: _("twelve"),
}  # fmt: skip


def floor_in_force() -> int:
    """The least number of voices behind a figure: the compiled one, or a higher one that was set."""
    return effective_floor(settings.REPLENISH_FLOOR)


def in_words(number: int) -> str:
    """A floor as the promise says it: seven, or 15."""
    return str(SPOKEN.get(number, number))
