"""What was learnt, and what those who lead say to it: an action of its own, done, or not now, because."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import ActionFault
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.conditions.actions.library.reading import CONDITIONS
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.writing import plan_action
from replenish.debrief.conversations.answering import answer_in_words, answer_with_action
from replenish.debrief.conversations.facts import KINDS as KINDS_OF_DEBRIEF
from replenish.debrief.conversations.facts import REVIEW
from replenish.debrief.conversations.reading import PointTold, point_to_answer, points_of
from replenish.debrief.incidents.rules import INCIDENT_READERS
from replenish.people.askers import Asker
from replenish.people.queries import accounts
from replenish.people.roles import LEADERS
from replenish.web.acting.words import KINDS
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.wording import upper
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.debriefs.told import shelf_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

POINT, HOW, AS_ACTION = "point", "how", "action"
TITLE_MOST = 140
CONDITION_OF: Mapping[str, str] = {"support": "reciprocity"}
"""Where a release calls a condition otherwise than the list of points does."""
NAMES = (HOW, "title", "kind", "condition", "first-day", "owner", "words")
FIELDS = {
    ActionFault.TITLE: "title",
    ActionFault.CHOICE: "kind",
    ActionFault.DAY: "first-day",
    ActionFault.OWNER: "owner",
    ActionFault.LISTS_FULL: "title",
    DebriefingFault.ANSWER_WORDS: "words",
    DebriefingFault.CHOICE: HOW,
}


@staff_page(*INCIDENT_READERS)
@require_safe
def points(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Learning points of debriefs: those that wait first, then what was answered."""
    shelf = shelf_of(asker)
    lines = [shelf.point(one) for one in points_of(asker)]
    shown = {
        "waiting": [line for line in lines if line.told.waits],
        "answered": [line for line in lines if not line.told.waits],
    }
    return drawn(request, "staff/debriefs/points.html", shown)


@staff_page(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Answer one point; without one, the list of those that wait for this reader."""
    asked = (request.POST if request.method == "POST" else request.GET).get(POINT, "")
    if not asked:
        return _which(request, asker)
    point = point_to_answer(asker, asked)
    if request.method != "POST":
        return _page(request, asker, point, _empty(asker, point))
    form = {name: request.POST.get(name, "").strip() for name in NAMES}
    try:
        if form[HOW] != AS_ACTION:
            answer_in_words(asker=asker, point=point.point, answer=form[HOW], words=form["words"])
            return redirect(f"{_list_of(point)}#answered")
        made = _planned(asker, point, form)
    except ValueError:
        day = FormProblem("first-day", _("This is no day. Write it as 2027-01-31."))
        return _page(request, asker, point, form, [day])
    except Refused as refused:
        return _page(request, asker, point, form, _problems(refused))
    return redirect(f"{reverse('staff-actions-one')}?action={made}")


def _planned(asker: Asker, point: PointTold, form: Mapping[str, str]) -> str:
    """The action it becomes: planned for the team, and still to be fixed on the page of actions."""
    plan = Plan(
        condition=form["condition"],
        owner=form["owner"],
        first_day=date.fromisoformat(form["first-day"]),
        words=form["title"],
        kind=form["kind"],
        units=(point.unit,),
    )
    with transaction.atomic():
        made = plan_action(asker=asker, plan=plan)
        answer_with_action(asker=asker, point=point.point, action=made)
    return made


def _list_of(point: PointTold) -> str:
    review = point.kind == REVIEW
    return reverse("staff-debriefs-reviews" if review else "staff-debriefs-points")


def _empty(asker: Asker, point: PointTold) -> dict[str, str]:
    about = point.said.condition
    return {
        HOW: AS_ACTION,
        "title": point.said.words[:TITLE_MOST],
        "kind": "redesign",
        "condition": CONDITION_OF.get(about, about),
        "first-day": clock.today().isoformat(),
        "owner": asker.account or "",
        "words": "",
    }


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _which(request: HttpRequest, asker: Asker) -> HttpResponse:
    shelf = shelf_of(asker)
    every = points_of(asker, KINDS_OF_DEBRIEF)
    shown = {"waiting": [shelf.point(one) for one in every if one.may_answer]}
    return drawn(request, "staff/debriefs/to_answer.html", shown)


def _page(
    request: HttpRequest,
    asker: Asker,
    point: PointTold,
    form: Mapping[str, str],
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    titles = condition_titles()
    shown = {
        "line": shelf_of(asker).point(point),
        "form": {name.replace("-", "_"): value for name, value in form.items()},
        "kinds": KINDS.items(),
        "conditions": [(name, upper(titles.get(name, name))) for name in CONDITIONS],
        "people": [(one.account, one.name) for one in accounts(asker.organisation)],
        "problems": problems or [],
        "fields": {problem.field.replace("-", "_"): problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/debriefs/answer.html", shown, status=400 if problems else 200)
