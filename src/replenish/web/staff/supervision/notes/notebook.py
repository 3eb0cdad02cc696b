"""Somebody's own notebook about their supervision; nobody else opens it."""

from __future__ import annotations

import re
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.people.askers import Asker
from replenish.people.record_keys import own_half
from replenish.sealing.record_key import RecordKey
from replenish.supervision.notebook import OwnNote, keep_own_note, read_notebook
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.records.opened import open_key

MOST_SIGNS = 20_000
_NAME = re.compile(r"[0-9a-f]{32}")


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def notebook(request: HttpRequest, asker: Asker) -> HttpResponse:
    """All own notes; one at a time is written or changed. A note without words goes."""
    key = open_key(request, asker)
    if key is None:
        written = request.POST.get("text", "") if request.method == "POST" else ""
        shown = {"has_key": own_half(asker) is not None, "written": written}
        return drawn(request, "staff/notes/notebook_closed.html", shown, status=409 if written else 200)
    if request.method == "POST":
        return _kept(request, asker, key)
    return _page(request, asker, key, request.GET.get("note", ""))


def _kept(request: HttpRequest, asker: Asker, key: RecordKey) -> HttpResponse:
    note = request.POST.get("note", "")
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if request.POST.get("what") == "remove":
        text = ""
    if len(text) > MOST_SIGNS:
        problem = FormProblem("text", _("Keep it shorter than 20,000 letters. Nothing was lost."))
        return _page(request, asker, key, note, text, [problem])
    there = next((one for one in read_notebook(asker, key) if one.note == note), None)
    read = request.POST.get("read", "").replace("\r\n", "\n") if there is not None else None
    said = OwnNote(
        note if _NAME.fullmatch(note) else secrets.token_hex(16),
        there.agreement if there else "",
        there.meeting if there else "",
        is_for_agenda=there.is_for_agenda if there else False,
        text=text,
    )
    try:
        keep_own_note(asker, key, said, read=read)
    except Refused as refused:
        return _page(request, asker, key, note, text, problems_of(refused, "text"))
    return redirect("staff-notebook")


def _page(
    request: HttpRequest,
    asker: Asker,
    key: RecordKey,
    note: str,
    text: str | None = None,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    notes = read_notebook(asker, key)
    changed = next((one for one in notes if one.note == note), None)
    shown = {
        "once": secrets.token_hex(16),
        "notes": tuple(reversed(notes)),
        "changed": changed,
        # A new one is named before it is sent, so that the same sent twice is kept once.
        "name": changed.note if changed else secrets.token_hex(16),
        "text": text if text is not None else (changed.text if changed else ""),
        "problems": problems or [],
        "fields": {one.field: one.sentence for one in problems or []},
    }
    return drawn(request, "staff/notes/notebook.html", shown, status=400 if problems else 200)
