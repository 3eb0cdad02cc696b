"""The conditions report as those with a part read it: the same page as the members', and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.conditions_report.document import full_report, one_page
from replenish.web.conditions_report.page import page_parts
from replenish.web.conditions_report.paper import can_print
from replenish.web.conditions_report.pictures.slides import pictures_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.report.notices import notices
from replenish.web.staff.report.reading import Reading, read
from replenish.web.staff.report.showing import pictures_html


@staff_page(*READERS)
@require_safe
def report(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The report over all rounds that may be read, for the own scope or another part."""

    def page(reading: Reading) -> HttpResponse:
        return drawn(request, "staff/report/report.html", _shown(reading, full=True))

    return read(request, asker, page)


@staff_page(*READERS)
@require_safe
def one_sheet(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The newest round on one page, to read together and for a wall."""

    def page(reading: Reading) -> HttpResponse:
        return drawn(request, "staff/report/page.html", _shown(reading, full=False))

    return read(request, asker, page)


@staff_page(*READERS)
@require_safe
def pictures(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Each chart as a picture for a slide."""

    def page(reading: Reading) -> HttpResponse:
        source = reading.source
        parts = page_parts(source, one_page(source))
        drawings = pictures_html(pictures_of(source), parts["asked"], pixels=can_print())
        shown = {**parts, "sections": "", "pictures": drawings, "notices": notices(reading)}
        return drawn(request, "staff/report/pictures.html", {**shown, "printable": can_print()})

    return read(request, asker, page)


def _shown(reading: Reading, *, full: bool) -> dict[str, str | bool]:
    source = reading.source
    document = full_report(source) if full else one_page(source)
    return {**page_parts(source, document), "notices": notices(reading), "printable": can_print()}
