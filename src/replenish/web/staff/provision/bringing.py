"""Bringing a table: first everything is looked at, then it is kept. Nothing that was brought is ever lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Problem, Refused, refuse
from replenish.basis.faults.facts import FactFault
from replenish.conditions.facts.book import Entry
from replenish.conditions.facts.entering import enter_facts
from replenish.conditions.facts.files import MOST_BYTES, MOST_ROWS, rows_as_table, text_of
from replenish.conditions.facts.importing import LookedAt, look_at
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.people.askers import Asker
from replenish.web.conditions_report.figure_words import days, figure, kind_name
from replenish.web.shared.problems import FormProblem, problems_of, sentence_of
from replenish.web.shared.written import written
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.provision.entering import ENTRANTS
from replenish.web.staff.provision.parts_told import Ground, ground_of

FIELD = "text"
PROBLEMS_LISTED = 200
ROWS_SHOWN = 30


@dataclass(frozen=True)
class WrongCell:
    """A problem of a row, as the page lists it."""

    row: int
    column: str
    sentence: str


@staff_page(*ENTRANTS)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Look at a table; keep it when all of it is right, or its good rows when the person says so."""
    if request.method != "POST":
        return drawn(request, "staff/provision/bring.html")
    try:
        text = _brought(request)
        looked = look_at(asker, text)
    except Refused as refused:
        shown = {"problems": problems_of(refused, FIELD), "text": written(request, FIELD)}
        return drawn(request, "staff/provision/bring.html", shown, status=400)
    if "keep" in request.POST and looked.good:
        return _keep(request, asker, text, looked)
    return _seen(request, ground_of(asker), text, looked)


def _brought(request: HttpRequest) -> str:
    """What was chosen as a file, or else pasted; a file that is far too large was let fall on the way."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        refuse(FactFault.FILE_TOO_LARGE, most=MOST_ROWS)
    chosen = request.FILES.get("table")
    return text_of(chosen.read(MOST_BYTES + 1)) if chosen else written(request, FIELD)


def _keep(request: HttpRequest, asker: Asker, text: str, looked: LookedAt) -> HttpResponse:
    try:
        taken = enter_facts(asker=asker, entries=looked.good)
    except Refused as refused:
        shown = {"problems": problems_of(refused, FIELD), "text": text}
        return drawn(request, "staff/provision/bring.html", shown, status=409)
    if not looked.wrong:
        return redirect("staff-provision")
    # What was not kept stays in the form, to be mended and brought again.
    rest = rows_as_table(looked.wrong)
    return _seen(request, ground_of(asker), rest, look_at(asker, rest), kept=taken.entered)


def _seen(
    request: HttpRequest, ground: Ground, text: str, looked: LookedAt, *, kept: int = 0
) -> HttpResponse:
    wrong = [_wrong_cell(one) for one in looked.problems[:PROBLEMS_LISTED]]
    shown = {
        "text": text,
        "looked": looked,
        "kept": kept,
        "wrong": wrong,
        "more": len(looked.problems) - len(wrong),
        "good": [_in_words(ground, entry) for entry in looked.good[:ROWS_SHOWN]],
        "good_more": max(0, len(looked.good) - ROWS_SHOWN),
        "problems": [FormProblem("wrong", _("Some rows cannot be kept as they are."))] if wrong else [],
    }
    return drawn(request, "staff/provision/seen.html", shown, status=400 if wrong else 200)


def _wrong_cell(one: Problem) -> WrongCell:
    return WrongCell(one.place.row or 0, one.place.column or "", sentence_of(Refused([one])))


def _in_words(ground: Ground, entry: Entry) -> tuple[str, str, str, str]:
    kind = kinds()[entry.kind]
    period = ProvidedInPeriod(
        entry.first_day, entry.last_day, entry.count, entry.out_of, entry.source, added_up=False
    )
    return (
        ground.name_of(entry.unit),
        kind_name(kind),
        days(entry.first_day, entry.last_day),
        figure(kind, period),
    )
