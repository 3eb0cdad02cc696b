"""Files to take away: an example table with the organisation's own parts, and all figures that count."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.facts.files import example_table, facts_table
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.reading import entered_facts
from replenish.conditions.facts.trees import trees_of
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.conditions_report.figure_words import last_month
from replenish.web.staff.door import staff_page
from replenish.web.staff.provision.entering import ENTRANTS
from replenish.web.staff.provision.parts_told import ground_of


@staff_page(*ENTRANTS)
@require_safe
def example(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - every page has one
    """A table to fill in, with the parts and kinds that the asker may enter, for the month before."""
    ground = ground_of(asker)
    first, last = last_month(clock.today())
    tables = [
        (unit, kind)
        for unit in ground.entrant.units_in(ground.tree)
        for kind in ground.entrant.kinds_for(unit)
    ]
    return _file(example_table(tables, ground.trees.on(last), first, last), "example")


@staff_page(*READERS)
@require_safe
def all_facts(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - every page has one
    """Every figure that counts, of all parts, as a table that can be brought back."""
    facts = [row for row in entered_facts(asker.organisation) if row.kind in kinds()]
    return _file(facts_table(facts, trees_of(asker.organisation)), "facts")


def _file(table: str, name: str) -> HttpResponse:
    response = HttpResponse(table.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
