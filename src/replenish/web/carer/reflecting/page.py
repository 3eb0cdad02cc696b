"""Structured reflection and free notes, kept in the own box."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.sealing.secret import Secret
from replenish.voices.queries import my_box
from replenish.web.carer.door import card_page
from replenish.web.carer.reflecting import note, writing
from replenish.web.carer.reflecting.cycles import cycles
from replenish.web.carer.reflecting.finding import LONGEST_SEARCH, words_of
from replenish.web.carer.reflecting.notes import listed
from replenish.web.shared.problems import FormProblem

SEARCH = "search"
FREE = "free"


def overview(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The ways to write, and the notes so far."""
    box = my_box(secret)
    said = {
        "cycles": cycles(),
        "groups": listed(box),
        "room": writing.room_line(box),
        "longest_search": LONGEST_SEARCH,
    }
    return render(request, "carer/reflecting/reflect.html", said)


def found(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The notes in which the words stand. They come in the body of the request, so no address holds them."""
    typed = request.POST.get(SEARCH, "")
    words = words_of(typed)
    problems = [] if words else [FormProblem(SEARCH, _("Type a word that stands in the note."))]
    said = {
        "searched": typed[:LONGEST_SEARCH],
        "groups": listed(my_box(secret), words) if words else (),
        "problems": problems,
        "longest_search": LONGEST_SEARCH,
    }
    return render(request, "carer/reflecting/found.html", said, status=400 if problems else 200)


STEPS: Mapping[str, Callable[[HttpRequest, Secret], HttpResponse]] = {
    "keep": writing.keep,
    "search": found,
    "open": note.opened,
    "change": note.changed,
    "delete": note.deleted,
    "bring-back": note.brought_back,
}


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def reflect(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Structured reflection and free notes, kept in the own box."""
    if request.method == "POST":
        # A button that opens a note names it, and has no room for a step.
        step = "open" if "note" in request.POST else request.POST.get("step", "")
        return STEPS.get(step, overview)(request, secret)
    name = request.GET.get("with", "")
    return writing.empty_form(request, secret, name) if name else overview(request, secret)
