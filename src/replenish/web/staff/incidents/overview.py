"""What happened lately, what follows next, and what stands on offer to teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from replenish.conditions.queries import unit_of_code
from replenish.debrief.incidents.clocks import Stand
from replenish.debrief.incidents.model import step_model
from replenish.debrief.incidents.reading import heavy_loads, incidents_of, standing_offers
from replenish.debrief.incidents.rules import INCIDENT_READERS, is_facilitator
from replenish.debrief.incidents.told import StepTold
from replenish.debrief.queries import arrangements
from replenish.people.askers import Asker
from replenish.web.public.sources import MEANINGS
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.incidents.shown import Desk, desk_of
from replenish.web.staff.incidents.wording import day_said


@dataclass(frozen=True)
class OfferShown:
    """What stands on offer to a team."""

    unit: str
    what: str
    until: str
    turn_to: str


@dataclass(frozen=True)
class LoadShown:
    """A team that had much lately."""

    unit: str
    incidents: int


@staff_page(*INCIDENT_READERS)
@require_safe
def overview(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Incidents whose steps are open come first, the one that is due soonest at the front."""
    desk = desk_of(asker)
    every = [desk.shown(one) for one in incidents_of(asker)]
    waiting = [one for one in every if one.told.next_step is not None]
    # By clock alone: which team, and who leads it, plays no part in the order.
    waiting.sort(key=lambda one: (_soonest(one.told.next_step), one.told.incident))
    model = step_model()
    shown = {
        "waiting": waiting,
        "settled": [one for one in every if one.told.next_step is None],
        "offers": _offers(asker, desk),
        "loads": [LoadShown(desk.units.get(one.unit, ""), one.incidents) for one in heavy_loads(asker)],
        "pattern": model.pattern,
        "pattern_source": gettext(model.pattern.source),
        "pattern_meaning": MEANINGS[model.pattern.mark],
        "may_write": bool(desk.scope.units),
        "leads": is_facilitator(asker),
    }
    return drawn(request, "staff/incidents/overview.html", shown)


def _soonest(step: StepTold | None) -> tuple[bool, datetime]:
    if step is None:
        return True, datetime.max.replace(tzinfo=UTC)
    return step.clock.stand is Stand.NOT_YET, step.clock.due


def _offers(asker: Asker, desk: Desk) -> list[OfferShown]:
    what = {"debrief": _("A debrief"), "reflection": _("Time to reflect")}
    turn_to = arrangements(asker.organisation)
    return [
        OfferShown(
            desk.units.get(one.unit, ""), what[one.kind], day_said(one.until), turn_to.get(one.kind, "")
        )
        for one in standing_offers(asker, unit_of_code(asker.organisation))
        if one.kind in turn_to
    ]
