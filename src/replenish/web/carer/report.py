"""What the answers of a person's group and organisation say together: the page that their leaders read too.

A person is asked for nothing but the part they want to read, and nothing of their own stands on the page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.conditions.queries import organisation_of, releases_for_members, units_of_group
from replenish.conditions.telling.words import language_of_reader
from replenish.disclosure.partition import UnitPath
from replenish.disclosure.partition.labels import label_units
from replenish.people.telling import ways_to_tell
from replenish.sealing.secret import Secret
from replenish.voices.queries import my_seat
from replenish.web.carer.door import card_page
from replenish.web.conditions_report.document import ending, facts_line, full_report, one_page
from replenish.web.conditions_report.figures import figures_csv
from replenish.web.conditions_report.page import page_parts
from replenish.web.conditions_report.paper import can_print, on_paper
from replenish.web.conditions_report.parts import Part, group_part
from replenish.web.conditions_report.source import Source, source_of
from replenish.web.shared.frames import fill

ASKED = "part"
Drawn = Callable[[Source, str], HttpResponse]
"""Of what is read, and in which organisation."""


@require_safe
@card_page
def conditions_report(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The report over all rounds that may be read, for the own group or another part."""
    return _read(request, secret, _whole_page)


@require_safe
@card_page
def conditions_page(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The newest round on one page, to read together and for a wall."""
    return _read(request, secret, lambda source, _: _one_page(source))


@require_safe
@card_page
def conditions_csv(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The released figures as a file."""
    return _read(request, secret, lambda source, _: _figures(source))


@require_safe
@card_page
def conditions_pdf(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The report on paper."""
    return _read(request, secret, lambda source, _: _paper(source, compact=False))


@require_safe
@card_page
def conditions_page_pdf(request: HttpRequest, secret: Secret) -> HttpResponse:
    """The one-page version on paper."""
    return _read(request, secret, lambda source, _: _paper(source, compact=True))


def _read(request: HttpRequest, secret: Secret, drawn: Drawn) -> HttpResponse:
    """What is drawn for the part that was asked for; or why there is nothing to read."""
    seat = my_seat(secret)
    organisation = organisation_of(seat.season) if seat is not None else None
    if seat is None or organisation is None:
        return render(request, "carer/report_without.html", {"changed": False})
    own = _own(units_of_group(seat.season, seat.group) if seat.group is not None else ())
    today = clock.today()
    try:
        published = releases_for_members(organisation, today)
    except Refused:
        return render(request, "carer/report_without.html", {"changed": True})
    source = source_of(organisation, published, own=own, asked=request.GET.get(ASKED, ""), until=today)
    if source is None:
        raise Http404
    return drawn(source, organisation)


def _own(units: tuple[UnitPath, ...]) -> Part | None:
    return group_part(units, label_units(units)) if units else None


def _whole_page(source: Source, organisation: str) -> HttpResponse:
    parts = {**page_parts(source, full_report(source)), "calendar": _calendar(organisation)}
    return HttpResponse(fill("carer/report.html", parts, printable=can_print()))


def _one_page(source: Source) -> HttpResponse:
    parts = page_parts(source, one_page(source))
    return HttpResponse(fill("carer/report_page.html", parts, printable=can_print()))


def _calendar(organisation: str) -> str:
    """The address of the days of rounds, alike for all in the organisation; empty while none is made."""
    key = ways_to_tell(organisation).calendar_key
    if key is None:
        return ""
    # A calendar program names no language of its reader, so the address does.
    return f"{reverse('rounds-calendar', args=[key])}?language={language_of_reader()}"


def _paper(source: Source, *, compact: bool) -> HttpResponse:
    if not can_print():
        raise Http404
    report = one_page(source) if compact else full_report(source)
    paper = on_paper(report, facts_line(source), ending(source), compact=compact)
    return _file(paper, "application/pdf", "pdf")


def _figures(source: Source) -> HttpResponse:
    return _file(figures_csv(source).encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


def _file(content: bytes, kind: str, suffix: str) -> HttpResponse:
    """A file under a name that says nothing of whose it is."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="conditions-report.{suffix}"'
    return response
