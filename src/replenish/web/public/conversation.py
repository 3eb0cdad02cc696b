"""The conversation kit for anybody: the guide and the cards, without any organisation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from replenish.web.conditions_report.paper import can_print
from replenish.web.conversation_kit.kit import cards, guide, minutes_of

EMPTY = 4
"""Cards for questions of one's own, on a page that is printed from the browser."""


@require_safe
def conversation(request: HttpRequest) -> HttpResponse:
    """How a team talks about its conditions: the steps with their minutes, when to stop, and afterwards."""
    found = guide()
    before, after = found.around
    steps = [vars(step) | {"time": minutes_of(step)} for step in found.steps.items]
    shown = {"guide": found, "before": before, "steps": steps, "after": after, "printable": can_print()}
    return render(request, "public/conversation/guide.html", shown)


@require_safe
def conversation_cards(request: HttpRequest) -> HttpResponse:
    """The cards to read on a screen, or to print from the browser."""
    shown = {"set": cards(), "own": range(EMPTY), "printable": can_print()}
    return render(request, "public/conversation/cards.html", shown)
