"""Short practices of self-compassion and recovery: the list, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from replenish.web.public.practices.practice import MOMENTS, Practice, find_practice, practices

_SPANS = ((1, 2), (3, 4), (5, 10))


@dataclass(frozen=True)
class AtMoment:
    """The practices for one moment of a day."""

    moment: str
    title: str
    practices: Sequence[Practice]


@dataclass(frozen=True)
class WithinTime:
    """The practices that take so many minutes."""

    low: int
    high: int
    practices: Sequence[Practice]


@require_safe
def practise(request: HttpRequest) -> HttpResponse:
    """All practices, by moment and by the time they take."""
    every = practices()
    return render(
        request,
        "public/practices/list.html",
        {
            "moments": [
                AtMoment(moment, str(title), [one for one in every if moment in one.moments])
                for moment, title in MOMENTS.items()
            ],
            "spans": [
                WithinTime(low, high, [one for one in every if low <= one.minutes <= high])
                for low, high in _SPANS
            ],
        },
    )


@require_safe
def practice(request: HttpRequest, name: str) -> HttpResponse:
    """One practice. It is a text; the timer is an addition for browsers with script."""
    found = find_practice(name)
    if found is None:
        raise Http404
    return render(request, "public/practices/one.html", {"practice": found, "left": minutes_left(found)})


def minutes_left(found: Practice) -> list[str]:
    """What the timer says while one minute is left, two minutes, and so on: whole sentences, to translate."""
    return [
        ngettext("About %(minutes)d minute left", "About %(minutes)d minutes left", minutes)
        % {"minutes": minutes}
        for minutes in range(1, found.minutes + 1)
    ]
