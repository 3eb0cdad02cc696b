"""What is offered to learn, what is planned, and how many sessions were held of those that were due."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.learning.catalogue import Offer
from replenish.learning.queries import Tally, sessions_of, tally
from replenish.learning.rules import PLANNERS
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.people.signing_in import standing_of
from replenish.web.learning.written import OfferText, condition_title, offer_texts
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.learning.told import shelf_of


@dataclass(frozen=True)
class OfferShown:
    """An offer in the list of the staff pages."""

    offer: Offer
    text: OfferText
    condition: str
    tally: Tally


@staff_page(*READERS)
@require_safe
def overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The offers, sessions to come, and those of the last half year."""
    sessions = sessions_of(asker)
    shelf = shelf_of(asker)
    every = [shelf.shown(one) for one in sessions]
    shown = {
        "offers": [
            OfferShown(
                offer,
                text,
                condition_title(offer),
                tally(one for one in sessions if one.said.offer == offer.code),
            )
            for offer, text in offer_texts()
        ],
        "tally": tally(sessions),
        "coming": [one for one in every if one.told.is_open],
        "past": [one for one in reversed(every) if not one.told.is_open],
        "may_plan": may_plan(request),
    }
    return drawn(request, "staff/learning/overview.html", shown)


def may_plan(request: HttpRequest) -> bool:
    """Whether whoever is signed in plans sessions."""
    standing = standing_of(request)
    return bool(standing and standing.chosen and standing.chosen.is_any_of(PLANNERS))
