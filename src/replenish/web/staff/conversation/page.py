"""The page of a team that talks about its conditions: why there may be no number, and what there is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.shared_list import agree, change, point_to_change, points_of, set_state
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.people.scopes import writing_scope
from replenish.web.conditions_report.paper import can_print
from replenish.web.conditions_report.provided import facts_about
from replenish.web.conversation_kit.points import TAKEN_ON_BY, condition_titles, told
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.conversation.form import PointForm, form_of, form_sent, problems_said
from replenish.web.staff.conversation.place import ASKED, Place, place_asked, place_choices
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

POINT, WHAT = "point", "what"
STATES = {"done": "done", "let-go": "let_go", "again": "agreed"}
"""What the buttons beside a point send, and the state it then has."""


@staff_page(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Why there is no number, the facts, the kit, and the list; whoever may, writes on the list."""
    place = place_asked(request, asker)
    if place is None:
        return drawn(request, "staff/conversation/nowhere.html")
    if request.method == "POST":
        return _written(request, asker, place)
    chosen = request.GET.get(POINT, "")
    form = form_of(point_to_change(asker=asker, point=chosen)) if chosen else PointForm()
    return _page(request, asker, place, form)


def _written(request: HttpRequest, asker: Asker, place: Place) -> HttpResponse:
    state = STATES.get(request.POST.get(WHAT, ""))
    if state is not None:
        set_state(asker=asker, point=request.POST.get(POINT, ""), state=state)
        return _back_to(place)
    form = form_sent(request.POST)
    said, problems = form.read()
    if said is not None:
        try:
            if form.point:
                change(asker=asker, point=form.point, said=said)
            else:
                agree(asker=asker, unit=place.unit, said=said)
        except Refused as refused:
            problems = problems_said(refused)
    if problems:
        return _page(request, asker, place, form, problems)
    return _back_to(place)


def _back_to(place: Place) -> HttpResponse:
    return redirect(f"{reverse('staff-conversation')}?{urlencode({ASKED: place.key})}#list")


def _page(
    request: HttpRequest,
    asker: Asker,
    place: Place,
    form: PointForm,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    today = clock.today()
    points = points_of(asker=asker, unit=place.unit)
    shown = {
        "place": place,
        "why": place.why.name,
        "choices": place_choices(asker),
        "facts": facts_about(asker.organisation, place.together.paths, today, node=place.path),
        "points": [(told(point), point.can_be_changed(today)) for point in points],
        "may_write": writing_scope(asker).holds(place.unit),
        "form": form,
        "conditions": condition_titles().items(),
        "takers": TAKEN_ON_BY.items(),
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
        "printable": can_print(),
    }
    return drawn(request, "staff/conversation/conversation.html", shown, status=400 if problems else 200)
