"""Planning the next season: its days and its groups are shown before they are fixed for twelve weeks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.conditions import queries
from replenish.conditions.actions.running import running_groups
from replenish.conditions.calendar import LEAST_WEEKS, MOST_WEEKS, WEEKS_IN_ROUND, Pause
from replenish.conditions.composition import groups_planned
from replenish.conditions.places import undeclared
from replenish.conditions.rounds import SeasonPlan, first_free_day, may_set_rounds, plan_of, plan_season
from replenish.people.askers import Asker
from replenish.people.queries import headcount, unit_tree
from replenish.people.roles import KEY_HOLDERS, RoleKind
from replenish.people.signing_in import standing_of
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.rounds.days import HolidayFields, holiday_fields, read_day, read_pause, read_weeks
from replenish.web.staff.rounds.told import groups_shown, holidays_shown, spans_told

HOLIDAYS = 4
FIELDS = {RoundFault.SEASON_OVERLAPS: "starts-on", RoundFault.ROUND_LENGTH: "weeks"}


@dataclass(frozen=True)
class Entered:
    """What stands in the form.

    Attributes:
        starts_on: the first day, as sent.
        weeks: of a round, as sent.
        holidays: the days of each, as sent.
        continuing: labels of groups that stay as they are.
        day: the first day, read.
        length: the weeks, read.
        pauses: the holidays, read.
        problems: what is to be looked at again.
    """

    starts_on: str
    weeks: str
    holidays: list[HolidayFields]
    continuing: list[str]
    day: date | None = None
    length: int | None = None
    pauses: tuple[Pause, ...] = ()
    problems: list[FormProblem] = field(default_factory=list)


@staff_page(RoleKind.STEWARD, RoleKind.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, asker: Asker) -> HttpResponse:
    """First the form, then the plan as it would be, then the season."""
    if not may_set_rounds(asker):
        raise Http404
    if request.method != "POST":
        return _form(request, asker, _empty(asker))
    entered = _read(request.POST)
    step = request.POST.get("step", "")
    if step == "change" or entered.problems:
        return _form(request, asker, entered)
    try:
        if step == "fix":
            return _fix(request, asker, entered)
        return _preview(request, asker, entered)
    except Refused as refused:
        at = FIELDS.get(refused.fault, "starts-on")  # type: ignore[call-overload]
        entered.problems.extend(problems_of(refused, at))
        return _form(request, asker, entered)


def _fix(request: HttpRequest, asker: Asker, entered: Entered) -> HttpResponse:
    """Sent twice, the second one finds its season there."""
    seasons = queries.seasons(asker.organisation)
    if seasons and request.POST.get("number", "") == str(seasons[-1].number):
        return redirect("staff-rounds")
    plan_season(
        asker=asker,
        starts_on=entered.day,
        continuing=entered.continuing,
        weeks=entered.length or WEEKS_IN_ROUND,
        pauses=entered.pauses,
        seen=request.POST.get("seen", ""),
    )
    return redirect("staff-rounds")


def _preview(request: HttpRequest, asker: Asker, entered: Entered) -> HttpResponse:
    planned: SeasonPlan = plan_of(
        asker.organisation,
        starts_on=entered.day,
        continuing=entered.continuing,
        weeks=entered.length or WEEKS_IN_ROUND,
        pauses=entered.pauses,
    )
    held = len(queries.rounds(asker.organisation))
    shown = {
        "plan": planned,
        "rounds": spans_told(planned.spans, held=held),
        "groups": groups_shown(groups_planned(planned)),
        "holidays": holidays_shown(entered.pauses),
        "entered": entered,
    }
    return drawn(request, "staff/rounds/plan_seen.html", shown)


def _form(request: HttpRequest, asker: Asker, entered: Entered) -> HttpResponse:
    seasons = queries.seasons(asker.organisation)
    day = entered.day or clock.today()
    missing = undeclared(unit_tree(asker.organisation, day), headcount(asker.organisation))
    standing = standing_of(request)
    shown = {
        "problems": entered.problems,
        "entered": entered,
        "weeks": range(LEAST_WEEKS, MOST_WEEKS + 1),
        "before": seasons[-1] if seasons else None,
        "missing": [" / ".join(unit.path) for unit in missing],
        "holds_key": bool(standing and standing.chosen and standing.chosen.is_any_of(KEY_HOLDERS)),
    }
    return drawn(request, "staff/rounds/plan.html", shown, status=400 if entered.problems else 200)


def _empty(asker: Asker) -> Entered:
    first = first_free_day(asker.organisation).isoformat()
    return Entered(
        first,
        str(WEEKS_IN_ROUND),
        holiday_fields(QueryDict(), HOLIDAYS),
        list(running_groups(asker.organisation)),
    )


def _read(sent: QueryDict) -> Entered:
    problems: list[FormProblem] = []
    starts_on, weeks = sent.get("starts-on", ""), sent.get("weeks", "")
    day = read_day(starts_on, "starts-on", problems)
    length = read_weeks(weeks, problems)
    holidays = holiday_fields(sent, HOLIDAYS)
    pauses = tuple(pause for one in holidays if (pause := read_pause(one, problems)) is not None)
    return Entered(starts_on, weeks, holidays, sent.getlist("continuing"), day, length, pauses, problems)
