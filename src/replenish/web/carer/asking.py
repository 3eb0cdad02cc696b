"""Asking for a debrief or for time to reflect, for the whole team and without a name.

An offer stands in about every second window although nobody asked. Asking turns the next one on and leaves
nothing behind, so this page cannot know either whether anybody did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.conditions.queries import organisation_of
from replenish.debrief.actions import ask
from replenish.debrief.queries import arrangements, next_offers_on, on_offer
from replenish.sealing.secret import Secret
from replenish.voices.queries import MySeat, my_seat
from replenish.web.carer.door import card_page
from replenish.web.shared.problems import FormProblem

FIELD = "kind"
NAMES: Mapping[str, Promise] = {
    "debrief": gettext_lazy("A debrief for the team"),
    "reflection": gettext_lazy("Time to reflect together"),
}
MEANINGS: Mapping[str, Promise] = {
    "debrief": gettext_lazy(
        "A short talk after something hard: what happened, what went well, what to change. Nobody has to "
        "come, and nobody is asked to relive it."
    ),
    "reflection": gettext_lazy(
        "An hour in which the team thinks about the work and what it does to people. Somebody leads it."
    ),
}


@dataclass(frozen=True)
class Offered:
    """One thing a team can have.

    Attributes:
        kind: its code.
        name: what it is called.
        meaning: what it is, in two sentences.
        turn_to: whom the team turns to, in the words of the organisation.
        until: the day the offer ends that stands now; None where none stands.
    """

    kind: str
    name: Promise
    meaning: Promise
    turn_to: str
    until: date | None


def standing_offers(seat: MySeat, language: str) -> SafeString:
    """What stands on offer to a person's team, as items of a list; nothing of it is about the person."""
    return _standing_offers(seat.season, seat.unit, clock.now().replace(second=0, microsecond=0), language)


# Offers change at nine, and arrangements seldom: they are read once a minute for each team.
@lru_cache(maxsize=1024)
def _standing_offers(season: str, unit: str, minute: datetime, language: str) -> SafeString:  # noqa: ARG001
    organisation = organisation_of(season)
    arranged = arrangements(organisation) if organisation is not None else {}
    stands = on_offer(unit) if arranged else {}
    return format_html_join(
        "", "\n<li>{}</li>", ((NAMES[kind],) for kind in sorted(arranged) if kind in stands)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def ask_for_team(request: HttpRequest, secret: Secret) -> HttpResponse:
    """What stands on offer to the team now, and a way to have it offered next."""
    seat = my_seat(secret)
    organisation = organisation_of(seat.season) if seat is not None else None
    arranged = arrangements(organisation) if organisation is not None else {}
    if seat is None or request.method != "POST":
        return _page(request, seat.unit if seat is not None else None, arranged)
    kind = request.POST.get(FIELD, "")
    if kind not in arranged:
        problem = FormProblem(FIELD, _("Choose what your team should be offered."))
        return _page(request, seat.unit, arranged, problems=(problem,))
    ask(seat.unit, kind)
    return render(request, "carer/asked.html", {"name": NAMES[kind], "on": next_offers_on()})


def _page(
    request: HttpRequest,
    unit: str | None,
    arranged: Mapping[str, str],
    *,
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    stands = on_offer(unit) if unit is not None and arranged else {}
    offers = [
        Offered(kind, NAMES[kind], MEANINGS[kind], turn_to, stands.get(kind))
        for kind, turn_to in sorted(arranged.items())
    ]
    said = {
        "has_seat": unit is not None,
        "offers": offers,
        "standing": [offer for offer in offers if offer.until],
        "on": next_offers_on(),
        "problems": problems,
    }
    return render(request, "carer/asking.html", said, status=400 if problems else 200)
