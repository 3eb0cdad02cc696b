"""Facts of provision in words: one figure, its share, and the days it is about."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.conditions.facts.kinds import PER, Kind
from replenish.conditions.facts.reading import ProvidedInPeriod

COARSE = Decimal(10)
FULL = 100


def kind_name(kind: Kind) -> str:
    """What a kind is called in the reader's language."""
    return _(kind.name)


def figure(kind: Kind, period: ProvidedInPeriod) -> str:
    """How many out of how many, as entered or added up: it is never rounded."""
    said = {"count": amount(period.count), "out_of": amount(period.out_of), "measure": _(kind.measure)}
    if kind.shape == "rate":
        return _("%(count)s in %(out_of)s %(measure)s") % said
    return _("%(count)s of %(out_of)s %(measure)s") % said


def share(kind: Kind, period: ProvidedInPeriod) -> str:
    """The same for each hundred, or for each thousand, rounded for reading."""
    per = PER if kind.shape == "rate" else FULL
    return share_words(kind, rounded(period.count * per / period.out_of))


def share_words(kind: Kind, value: Decimal) -> str:
    """So many in each hundred, or in each thousand."""
    if kind.shape == "rate":
        return _("%(rate)s in %(per)s") % {"rate": amount(value), "per": amount(Decimal(PER))}
    return _("%(percent)s %%") % {"percent": amount(value)}


def rate(value: float) -> Decimal:
    """The end of a scale as a number."""
    return Decimal(f"{value:g}")


def rounded(value: Decimal) -> Decimal:
    """Whole from ten on, and with one decimal below it."""
    return value.quantize(Decimal(1) if value >= COARSE else Decimal("0.1"), ROUND_HALF_UP)


def amount(number: Decimal) -> str:
    """A number as the reader's language writes it."""
    return _amount(number, get_language() or "")


@lru_cache(maxsize=4096)
def _amount(number: Decimal, language: str) -> str:  # noqa: ARG001 - the language that is in force
    plain = number.normalize()
    # A whole number of tens would be written with an exponent.
    whole = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return number_format(whole, use_l10n=True, force_grouping=True)


def days(first_day: date, last_day: date) -> str:
    """A month by its name, anything else by its two days."""
    return _days(first_day, last_day, get_language() or "")


@lru_cache(maxsize=1024)
def _days(first_day: date, last_day: date, language: str) -> str:  # noqa: ARG001 - the language in force
    whole = first_day.day == 1 and (last_day + timedelta(days=1)).day == 1
    if whole and (first_day.year, first_day.month) == (last_day.year, last_day.month):
        return date_format(first_day, "YEAR_MONTH_FORMAT")
    # Short names of months: days in figures alone are hard to tell apart in a row of a table.
    begins = "j M" if first_day.year == last_day.year else "j M Y"
    return _("%(first)s to %(last)s") % {
        "first": date_format(first_day, begins),
        "last": date_format(last_day, "j M Y"),
    }


def last_month(today: date) -> tuple[date, date]:
    """The first and the last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def better(kind: Kind) -> str:
    """How a change is to be read."""
    if kind.better == "more":
        return _("More is better.")
    if kind.better == "less":
        return _("Less is better.")
    return _("A change can be good or bad. Ask what lies behind it.")
