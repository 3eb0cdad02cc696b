"""What there is to learn: the list, one offer, one unit, and the plan of whoever leads a session about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from replenish.learning.catalogue import Offer, offers
from replenish.web.learning.written import (
    OfferText,
    UnitText,
    condition_title,
    offer_text,
    offer_texts,
    plan_text,
    unit_text,
)


@dataclass(frozen=True)
class Shown:
    """An offer with its text, its condition and its units, as pages show it."""

    offer: Offer
    text: OfferText
    condition: str
    units: Sequence[UnitText]


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """All offers."""
    return render(
        request, "public/learning/list.html", {"shelves": [_shown(offer) for offer, _ in offer_texts()]}
    )


@require_safe
def learn_offer(request: HttpRequest, offer: str) -> HttpResponse:
    """One offer."""
    return render(request, "public/learning/offer.html", {"shown": _shown(_offer(offer))})


@require_safe
def learn_unit(request: HttpRequest, offer: str, unit: str) -> HttpResponse:
    """One text to read."""
    known = _with_unit(offer, unit)
    place = known.units.index(unit)
    following = known.units[place + 1] if place + 1 < len(known.units) else None
    return render(
        request,
        "public/learning/unit.html",
        {
            "offer": known,
            "text": offer_text(known),
            "unit": unit_text(unit),
            "next": unit_text(following) if following else None,
        },
    )


@require_safe
def learn_plan(request: HttpRequest, offer: str, unit: str) -> HttpResponse:
    """How to lead a session about a unit."""
    known = _with_unit(offer, unit)
    return render(
        request,
        "public/learning/plan.html",
        {
            "offer": known,
            "text": offer_text(known),
            "unit": unit_text(unit),
            "plan": plan_text(unit),
        },
    )


def _shown(offer: Offer) -> Shown:
    return Shown(
        offer, offer_text(offer), condition_title(offer), tuple(unit_text(unit) for unit in offer.units)
    )


def _offer(code: str) -> Offer:
    found = offers().get(code)
    if found is None:
        raise Http404
    return found


def _with_unit(code: str, unit: str) -> Offer:
    found = _offer(code)
    if unit not in found.units:
        raise Http404
    return found
