"""How a slow change is noticed, and how often the notice is wrong, in the figures of its own simulation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.statistics.noticing import DESIGN
from replenish.statistics.noticing.rates import (
    ChangedRate,
    ErrorRates,
    Kind,
    Share,
    UnchangedRate,
    error_rates,
)

HUNDRED = 100
USUAL = Kind("items", 0.3, 1.0, "none")
"""Answers to our own questions, weeks as much alike as is usual, no week without an answer."""
WITHIN = (12, 26, 52)


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is about, and its figures."""

    about: str
    figures: tuple[str, ...]


@require_safe
def how_noticing_works(request: HttpRequest) -> HttpResponse:
    """How a slow change is noticed, and how often the notice is wrong."""
    rates = _in_force()
    figures = {} if rates is None else _figures(rates)
    return render(request, "public/how_noticing_works.html", {"baseline": DESIGN.baseline, **figures})


def _in_force() -> ErrorRates | None:
    """The published figures, where they are those of the limit in use: others would mislead."""
    rates = error_rates()
    return rates if rates.limit == DESIGN.limit else None


def _figures(rates: ErrorRates) -> dict[str, object]:
    return {
        "people": number_format(rates.people, force_grouping=True),
        "made_on": date_format(date.fromisoformat(rates.made_on), "DATE_FORMAT"),
        "worst": math.ceil(HUNDRED * rates.worst),
        "worst_of_all": math.ceil(HUNDRED * rates.worst_of_all),
        "textbook": round(HUNDRED * rates.textbook.share),
        "changes": _changes(rates),
        "all_unchanged": [_unchanged(rate) for rate in rates.unchanged],
        "all_changed": [_changed(rate) for rate in rates.changed],
    }


def _changes(rates: ErrorRates) -> Sequence[Line]:
    """The changes of people who answer our questions, in words."""
    own = [rate for rate in rates.changed if rate.kind.scores == USUAL.scores and not rate.quiet_weeks]
    usual = [r for r in own if (r.kind.autocorrelation, r.kind.sd) == (USUAL.autocorrelation, USUAL.sd)]
    return [
        Line(_in_words(rate), tuple(_of_hundred(rate.found[weeks]) for weeks in WITHIN)) for rate in usual
    ]


def _of_hundred(share: Share) -> str:
    return number_format(round(HUNDRED * share.share))


def _in_words(rate: ChangedRate) -> str:
    size = f"{rate.size:g}"
    if rate.change == "slope":
        said = _("It rises slowly, by %(size)s in a year") % {"size": size}
    else:
        said = _("It rises at once, by %(size)s") % {"size": size}
    missing = _missing(rate.kind)
    return f"{said}; {missing}" if missing else said


def _unchanged(rate: UnchangedRate) -> Line:
    about = _who(rate.kind)
    if not rate.kind.promised:
        about = _("%(who)s (nothing is promised here)") % {"who": about}
    return Line(about, (_with_interval(rate.first_year), _with_interval(rate.second_year)))


def _changed(rate: ChangedRate) -> Line:
    about = f"{_in_words(rate)}; {_who(rate.kind, missing=False)}"
    if rate.quiet_weeks:
        about += "; " + _("after %(weeks)s weeks without a change") % {"weeks": rate.quiet_weeks}
    return Line(about, tuple(_with_interval(rate.found[weeks]) for weeks in WITHIN))


def _who(kind: Kind, *, missing: bool = True) -> str:
    """The people of a simulation, in a few words."""
    scores = {
        "even": _("even scores"),
        "items": _("six answers"),
        "low": _("six answers, signs seldom there"),
        "lowest": _("six answers, signs hardly ever there"),
        "slow moods": _("slow moods"),
    }
    parts = [
        scores.get(kind.scores, kind.scores),
        _("weeks alike: %(value)s") % {"value": f"{kind.autocorrelation:g}"},
        _("ups and downs: %(value)s") % {"value": f"{kind.sd:g}"},
    ]
    said = _missing(kind) if missing else ""
    return "; ".join([*parts, said] if said else parts)


def _missing(kind: Kind) -> str:
    words = {
        "by chance": _("a third of the weeks missing by chance"),
        "when strained": _("a third of the weeks missing, more when strained"),
    }
    return words.get(kind.missing, "")


def _with_interval(share: Share) -> str:
    """A share in hundredths with its interval, as exact as so many simulated people allow."""
    share_, low, high = (number_format(HUNDRED * value, 1) for value in (share.share, share.low, share.high))
    return _("%(share)s (%(low)s to %(high)s)") % {"share": share_, "low": low, "high": high}
