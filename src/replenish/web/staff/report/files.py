"""The report to take along: figures, paper, and pictures; under names that say nothing of whose they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.conditions_report.document import ending, facts_line, full_report, one_page
from replenish.web.conditions_report.figures import figures_csv
from replenish.web.conditions_report.paper import can_print, on_paper
from replenish.web.conditions_report.pictures.files import as_archive, as_png
from replenish.web.conditions_report.pictures.slides import Picture, pictures_of
from replenish.web.conditions_report.source import Source
from replenish.web.staff.door import staff_page
from replenish.web.staff.report.reading import read

NAMED = "picture"


@staff_page(*READERS)
@require_safe
def report_csv(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The released figures as a file."""
    return read(
        request,
        asker,
        lambda reading: _file(
            figures_csv(reading.source).encode("utf-8-sig"),
            "text/csv; charset=utf-8",
            "conditions-report.csv",
        ),
    )


@staff_page(*READERS)
@require_safe
def report_pdf(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The report on paper."""
    return read(request, asker, lambda reading: _paper(reading.source, compact=False))


@staff_page(*READERS)
@require_safe
def page_pdf(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The one-page version on paper."""
    return read(request, asker, lambda reading: _paper(reading.source, compact=True))


@staff_page(*READERS)
@require_safe
def picture_svg(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One picture as a drawing."""

    def drawing(picture: Picture) -> HttpResponse:
        return _file(picture.svg.encode(), "image/svg+xml", f"conditions-report-{picture.name}.svg")

    return read(request, asker, lambda reading: drawing(_chosen(request, reading.source)))


@staff_page(*READERS)
@require_safe
def picture_png(request: HttpRequest, asker: Asker) -> HttpResponse:
    """One picture in pixels."""
    _require_typesetter()

    def pixels(picture: Picture) -> HttpResponse:
        return _file(as_png(picture.svg), "image/png", f"conditions-report-{picture.name}.png")

    return read(request, asker, lambda reading: pixels(_chosen(request, reading.source)))


@staff_page(*READERS)
@require_safe
def pictures_zip(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All pictures in one file."""

    def archive(source: Source) -> HttpResponse:
        content = as_archive(pictures_of(source), pixels=can_print())
        return _file(content, "application/zip", "conditions-report-pictures.zip")

    return read(request, asker, lambda reading: archive(reading.source))


def _chosen(request: HttpRequest, source: Source) -> Picture:
    """The picture that was asked for; the first where none was."""
    pictures, name = pictures_of(source), request.GET.get(NAMED, "")
    found = next((one for one in pictures if one.name == name), None) if name else pictures[0]
    if found is None:
        raise Http404
    return found


def _paper(source: Source, *, compact: bool) -> HttpResponse:
    _require_typesetter()
    document = one_page(source) if compact else full_report(source)
    paper = on_paper(document, facts_line(source), ending(source), compact=compact)
    name = "conditions-page.pdf" if compact else "conditions-report.pdf"
    return _file(paper, "application/pdf", name)


def _require_typesetter() -> None:
    if not can_print():
        raise Http404


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
