"""The library of actions, by the condition they should move: begin from a condition."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.conditions.actions.library.reading import CONDITIONS, LibraryAction, library
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.people.roles import READERS
from replenish.web.acting.words import KINDS
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.wording import upper
from replenish.web.public.sources import MEANINGS
from replenish.web.staff.actions.readable import led_by
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn

ASKED = "condition"


@dataclass(frozen=True)
class OnShelf:
    """One action of the library, with its type and its mark in words."""

    action: LibraryAction
    kind: str
    surely: str


@staff_page(*READERS)
@require_safe
def shelf(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The actions for one condition: what suits this kind of place first, the rest below."""
    asked = request.GET.get(ASKED, "")
    condition = asked if asked in CONDITIONS else CONDITIONS[0]
    setting = organisation_summary(asker.organisation).setting
    mine = [one for one in library().values() if one.condition == condition]
    titles = condition_titles()
    scope = led_by(asker)
    shown = {
        "conditions": [(name, upper(titles.get(name, name))) for name in CONDITIONS],
        "condition": condition,
        "title": upper(titles.get(condition, condition)),
        "suits": [_on_shelf(one) for one in mine if one.suits(setting)],
        "others": [_on_shelf(one) for one in mine if not one.suits(setting)],
        "leads": scope.whole or bool(scope.units),
    }
    return drawn(request, "staff/actions/library.html", shown)


def _on_shelf(one: LibraryAction) -> OnShelf:
    return OnShelf(one, str(KINDS[one.kind]), str(MEANINGS[one.evidence.mark]))
