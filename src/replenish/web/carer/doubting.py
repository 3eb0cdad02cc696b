"""Saying that the number of slips of one's group is not right, without a name.

Nobody sees a doubt before the next night; then everybody in the group reads that somebody has one. A doubt is
rare, so unlike an offer to a team it cannot hide among others that chance made: the page says so first.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.conditions.doubts import DoubtShown, doubt_about
from replenish.sealing.secret import Secret
from replenish.voices.doubts import raise_doubt
from replenish.voices.queries import MySeat, my_seat, slip_counts_beside
from replenish.web.carer.door import card_page
from replenish.web.carer.slip_table import slip_rows


def doubt_in_group(seat: MySeat | None) -> DoubtShown | None:
    """The doubt that everybody in the group of a seat reads; None where nothing is doubted."""
    if seat is None or seat.group is None:
        return None
    return _doubt_about(seat.group, clock.now().replace(second=0, microsecond=0))


# A doubt appears by night, and an answer seldom: they are read once a minute for each group.
@lru_cache(maxsize=1024)
def _doubt_about(group: str, minute: datetime) -> DoubtShown | None:  # noqa: ARG001
    return doubt_about(group)


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def doubt(request: HttpRequest, secret: Secret) -> HttpResponse:
    """What a doubt does and what it may give away, and then the button."""
    if request.method == "POST":
        raise_doubt(secret)
        return render(request, "carer/doubt_raised.html")
    seat = my_seat(secret)
    slips = slip_counts_beside(seat)
    said = {
        "slips": slip_rows(slips, get_language() or "") if slips else "",
        "doubt": doubt_in_group(seat),
    }
    return render(request, "carer/doubt.html", said)
