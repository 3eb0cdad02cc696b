"""One session: what to hand on, how it went, and a sheet with a strip for each place."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis.errors import Refused
from replenish.basis.faults.learning import LearningFault
from replenish.learning.actions import call_off, enter_attendance
from replenish.learning.queries import session_of, sessions_of
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.learning.written import unit_text
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.learning.told import shelf_of

ASKED = "session"
WHAT, OFF = "what", "call-off"
CAME = "came"


def address_of(session: str) -> str:
    """Where the page of a session is."""
    return f"{reverse('staff-learning-session')}?{urlencode({ASKED: session})}"


@staff_page(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What stands about it; whoever plans here calls it off, or says how it went."""
    if request.method == "POST":
        return _written(request, asker, request.POST.get(ASKED, ""))
    asked = request.GET.get(ASKED, "")
    return _page(request, asker, asked) if asked else _which(request, asker, "staff-learning-session")


@staff_page(*READERS)
@require_safe
def sheet(request: HttpRequest, asker: Asker) -> HttpResponse:
    """A sheet for the wall. Whoever takes a strip has a place, and no name stands anywhere."""
    asked = request.GET.get(ASKED, "")
    if not asked:
        return _which(request, asker, "staff-learning-sheet")
    one = shelf_of(asker).shown(session_of(asker, asked))
    shown = {
        "one": one,
        "strips": range(1, one.told.said.places + 1),
        "address": settings.REPLENISH_ADDRESS,
        "reads": reverse("learn-offer", args=[one.told.said.offer]),
    }
    return drawn(request, "staff/learning/sheet.html", shown)


def _written(request: HttpRequest, asker: Asker, asked: str) -> HttpResponse:
    if request.POST.get(WHAT) == OFF:
        call_off(asker=asker, session=asked)
        return redirect(address_of(asked))
    typed = request.POST.get(CAME, "").strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) < 6):
        return _page(request, asker, asked, [FormProblem(CAME, _("Write the number in digits."))])
    try:
        enter_attendance(asker=asker, session=asked, came=int(typed))
    except Refused as refused:
        if refused.problems[0].fault is not LearningFault.CAME:
            raise
        return _page(request, asker, asked, problems_of(refused, CAME))
    return redirect(address_of(asked))


def _which(request: HttpRequest, asker: Asker, leads_to: str) -> HttpResponse:
    shelf = shelf_of(asker)
    every = [shelf.shown(one) for one in sessions_of(asker)]
    return drawn(request, "staff/learning/which.html", {"every": every, "leads_to": reverse(leads_to)})


def _page(
    request: HttpRequest, asker: Asker, asked: str, problems: list[FormProblem] | None = None
) -> HttpResponse:
    shelf = shelf_of(asker)
    one = shelf.shown(session_of(asker, asked))
    shown = {
        "one": one,
        "units": [unit_text(unit) for unit in one.units],
        "floor": shelf.floor,
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/learning/session.html", shown, status=400 if problems else 200)
