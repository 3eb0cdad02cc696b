"""Values in words: an answer for a place on the scale, a stretch between two answers, a day."""

from __future__ import annotations

from datetime import date

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from replenish.measures.library import load_pack
from replenish.web.carer.picture.said import STEP
from replenish.web.shared.days import day_in_words
from replenish.web.shared.questions import WEEKLY


def often(points: float) -> str:
    """The answer that lies nearest to a value of 0 to 100."""
    labels = load_pack(WEEKLY).response.labels
    return gettext(labels[min(max(round(points / STEP), 0), len(labels) - 1)].text)


def quoted(points: float) -> str:
    """The nearest answer in quotation marks."""
    return _("“%(answer)s”") % {"answer": often(points)}


def range_words(low: float, high: float) -> str:
    """A stretch of the scale between two answers."""
    first, last = often(low), often(high)
    if first == last:
        return _("around “%(answer)s”") % {"answer": first}
    return _("between “%(first)s” and “%(last)s”") % {"first": first, "last": last}


def whole(points: float) -> str:
    """Points as a whole number; more would look more exact than they are."""
    return number_format(round(points))


def day(number: date, form: str = "j M Y") -> str:
    """A day in the reader's language."""
    return day_in_words(number, form, get_language() or "")
