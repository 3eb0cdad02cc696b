"""Planning an action, or changing a plan that is not fixed yet."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.actions.library.reading import CONDITIONS, library
from replenish.conditions.actions.reading import action_of, may_write
from replenish.conditions.actions.starts import MOST_WAVES, groups_to_draw
from replenish.conditions.actions.told import WHOLE
from replenish.conditions.actions.writing import change_plan, plan_action
from replenish.conditions.queries import rounds
from replenish.people.askers import Asker
from replenish.people.queries import accounts
from replenish.people.roles import LEADERS
from replenish.web.acting.words import KINDS
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.wording import day, number, upper
from replenish.web.shared.problems import FormProblem
from replenish.web.staff.actions.form import ActionForm, form_of, form_sent, problems_said
from replenish.web.staff.actions.readable import led_by, may_read
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

CHANGED = "action"


@staff_page(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, asker: Asker) -> HttpResponse:
    """A form from the library or an empty one; what is planned is shown before it is fixed."""
    scope = led_by(asker)
    if not scope.whole and not scope.units:
        return drawn(request, "staff/actions/nowhere.html")
    if request.method != "POST":
        return _page(request, asker, _asked(request, asker))
    form = form_sent(request.POST)
    said, problems = form.read()
    if said is None:
        return _page(request, asker, form, problems)
    try:
        if form.action:
            change_plan(asker=asker, action=form.action, plan=said)
            made = form.action
        else:
            made = plan_action(asker=asker, plan=said)
    except Refused as refused:
        return _page(request, asker, form, problems_said(refused))
    return redirect(f"{reverse('staff-actions-one')}?{urlencode({CHANGED: made})}")


def _asked(request: HttpRequest, asker: Asker) -> ActionForm:
    """The form of the action that is to be changed, or an empty one with what was chosen in the library."""
    changed = request.GET.get(CHANGED, "")
    if changed:
        acting = action_of(asker.organisation, changed)
        if not may_write(asker, acting) or acting.has_begun or not acting.is_open:
            raise Http404
        return form_of(acting)
    scope = led_by(asker)
    only = () if scope.whole or len(scope.units) > 1 else tuple(one.unit for one in scope.units)
    code = request.GET.get("library", "")
    begins = _next_round(asker)
    empty = ActionForm(units=only, owner=asker.account or "", first_day=begins)
    return replace(empty, library=code) if code in library() else empty


def _next_round(asker: Asker) -> str:
    """The first day of the next round: a start within a round makes that round tell nothing."""
    days = [one.starts_on for one in rounds(asker.organisation) if one.state == "planned"]
    ahead = [one for one in days if one >= clock.today()]
    return min(ahead).isoformat() if ahead else ""


def _page(
    request: HttpRequest, asker: Asker, form: ActionForm, problems: list[FormProblem] | None = None
) -> HttpResponse:
    titles, scope = condition_titles(), led_by(asker)
    published = may_read(asker)
    known = library().get(form.library)
    units = [(one.unit, " / ".join(one.path)) for one in scope.units]
    shown = {
        "form": form,
        "known": known,
        "known_condition": upper(titles.get(known.condition, known.condition)) if known else "",
        "kinds": KINDS.items(),
        "conditions": [(name, upper(titles.get(name, name))) for name in CONDITIONS],
        "units": [(WHOLE, _("The whole organisation")), *units] if scope.whole else units,
        "people": [(one.account, one.name) for one in accounts(asker.organisation)],
        "waves": range(1, MOST_WAVES + 1),
        "can_draw": len(groups_to_draw(asker.organisation, ())) > 1,
        "releases": [
            (
                one.release.hash[:32],
                _("Round %(round)s, closed on %(closed)s")
                % {"round": number(one.round), "closed": day(one.closed_on)},
            )
            for one in reversed(published)
        ],
        "problems": problems or [],
        "fields": {problem.field.replace("-", "_"): problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/actions/plan.html", shown, status=400 if problems else 200)
