"""The register of those who lead debriefs: who they are, and until when their training holds."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.debrief.conversations.facts import facts
from replenish.debrief.conversations.register import register_of, take_training_back, write_training
from replenish.people.askers import Asker
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

NAMES = ("who", "course", "trained-on", "valid-until")
FIELDS = {
    DebriefingFault.COURSE: "course",
    DebriefingFault.TRAINING_DAYS: "trained-on",
    DebriefingFault.TRAINING_OF: "who",
}


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Everybody reads it; those who lead write their own trainings down, and the operator those of all."""
    if request.method != "POST":
        return _page(request, asker, dict.fromkeys(NAMES, ""))
    if request.POST.get("what") == "take-back":
        take_training_back(asker=asker, training=request.POST.get("training", ""))
        return redirect(reverse("staff-debriefs-register"))
    form = {name: request.POST.get(name, "").strip() for name in NAMES}
    days, problems = _days(form)
    if days is not None:
        trained_on, until = days
        try:
            write_training(
                asker=asker,
                account=form["who"],
                course=form["course"],
                trained_on=trained_on,
                valid_until=until,
            )
        except Refused as refused:
            problems = _problems(refused)
        else:
            return redirect(reverse("staff-debriefs-register"))
    return _page(request, asker, form, problems)


def _days(form: dict[str, str]) -> tuple[tuple[date, date | None] | None, list[FormProblem]]:
    found: list[date | None] = []
    problems = []
    for name in ("trained-on", "valid-until"):
        typed = form[name]
        try:
            found.append(date.fromisoformat(typed) if typed or name == "trained-on" else None)
        except ValueError:
            problems.append(FormProblem(name, _("This is no day. Write it as 2027-01-31.")))
    if problems or found[0] is None:
        return None, problems
    return (found[0], found[1]), []


def _problems(refused: Refused) -> list[FormProblem]:
    fault = refused.problems[0].fault
    field = next((name for known, name in FIELDS.items() if known is fault), None)
    if field is None:
        raise refused
    return problems_of(refused, field)


def _page(
    request: HttpRequest, asker: Asker, form: dict[str, str], problems: list[FormProblem] | None = None
) -> HttpResponse:
    everybody = register_of(asker)
    shown = {
        "form": {name.replace("-", "_"): value for name, value in form.items()},
        "register": everybody,
        "writable": [one for one in everybody if one.may_write],
        "months": round(facts().training.valid_days / 30.44),
        "problems": problems or [],
        "fields": {problem.field.replace("-", "_"): problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/debriefs/register.html", shown, status=400 if problems else 200)
