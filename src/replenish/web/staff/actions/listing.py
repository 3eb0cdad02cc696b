"""All actions: what runs, what is planned, what is done, and of which types they are."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.conditions.actions.effect import effect_of
from replenish.conditions.actions.reading import actions_of
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.acting.became import in_short
from replenish.web.acting.names import unit_names
from replenish.web.acting.words import STATES, ActionTold, mix_in_words, told
from replenish.web.staff.actions.readable import led_by, may_read, waits_for
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

SECTIONS = ("running", "planned", "done", "stopped")


@dataclass(frozen=True)
class Line:
    """One action in a list, with what became of it."""

    told: ActionTold
    became: str


@dataclass(frozen=True)
class Part:
    """Actions that stand alike."""

    title: str
    lines: tuple[Line, ...]


@staff_page(*READERS)
@require_safe
def actions(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Everybody who reads the report reads them; those who lead begin new ones from here."""
    known = actions_of(asker.organisation)
    published, names = may_read(asker), unit_names(asker.organisation)
    lines = {
        one.action: Line(told(one, names), in_short(effect_of(asker.organisation, one, published)))
        for one in known
    }
    parts = [
        Part(str(STATES[state]), tuple(lines[one.action] for one in known if one.state == state))
        for state in SECTIONS
    ]
    scope = led_by(asker)
    shown = {
        "parts": [part for part in parts if part.lines],
        "mix": mix_in_words([one.kind for one in known if one.state != "stopped"]),
        "leads": scope.whole or bool(scope.units),
        "waits": waits_for(asker),
    }
    return drawn(request, "staff/actions/list.html", shown)
