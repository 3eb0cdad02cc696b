"""What is told as files: a poster, a message in two forms, and the days for a calendar."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.conditions.telling.public_days import calendar_of
from replenish.conditions.telling.words import Told, language_of_reader
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.web.conditions_report.paper import can_print
from replenish.web.staff.door import staff_page
from replenish.web.staff.telling.chosen import READ, asked_for
from replenish.web.staff.telling.poster import poster_of


@staff_page(*READ)
@require_safe
def poster(request: HttpRequest, asker: Asker) -> HttpResponse:
    """A sheet for the wall."""
    if not can_print():
        raise Http404
    said = asked_for(request, asker).told
    drawn = poster_of(said, organisation_summary(asker.organisation).name, language_of_reader())
    return file_of(drawn, "application/pdf", "poster.pdf")


@staff_page(*READ)
@require_safe
def as_text(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The message as plain text, for wherever messages are written."""
    said = asked_for(request, asker).told
    written = f"{said.title}\n\n{said.as_text()}"
    return file_of(written.encode("utf-8-sig"), "text/plain; charset=utf-8", "message.txt")


@staff_page(*READ)
@require_safe
def as_letter(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The message as a draft that mail programs open; from nobody, to nobody yet."""
    return file_of(draft_of(asked_for(request, asker).told), "message/rfc822", "message.eml")


@staff_page(*READ)
@require_safe
def calendar(request: HttpRequest, asker: Asker) -> HttpResponse:  # noqa: ARG001 - every page has a request
    """The days as a file, to take into a calendar once."""
    days = calendar_of(asker.organisation, base=settings.REPLENISH_ADDRESS, language=language_of_reader())
    return file_of(days, "text/calendar; charset=utf-8", "rounds.ics")


def draft_of(said: Told) -> bytes:
    """A message without a sender, an addressee or a day: whoever sends it gives it these."""
    draft = EmailMessage(policy=SMTP)
    draft["Subject"] = said.title
    # Mail programs open such a message to be written on, instead of as one that has come.
    draft["X-Unsent"] = "1"
    draft.set_content(said.as_text())
    return draft.as_bytes()


def file_of(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
