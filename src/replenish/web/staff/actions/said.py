"""You said, we did: the section of the report about actions as a page of its own, for the notice board."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.report.document import Report
from replenish.web.conditions_report.html import sections_html
from replenish.web.conditions_report.sections.acting import acting
from replenish.web.conditions_report.source import source_of
from replenish.web.staff.actions.readable import may_read, waits_for
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn


@staff_page(*READERS)
@require_safe
def said(request: HttpRequest, asker: Asker) -> HttpResponse:
    """For the whole organisation, word for word as everybody reads it in the report."""
    today = clock.today()
    source = source_of(asker.organisation, may_read(asker), own=None, asked="", until=today)
    section = acting(source) if source is not None else None
    report = Report("", "", today, (section,) if section is not None else (), (), ())
    shown: dict[str, object] = {
        "title": source.title if source is not None else "",
        "section": sections_html(report),
    }
    shown["waits"] = waits_for(asker)
    return drawn(request, "staff/actions/said.html", shown)
