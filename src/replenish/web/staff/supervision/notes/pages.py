"""Shared notes of supervision: read, written, given on, and taken along by those who can open them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from replenish.basis.errors import Refused
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.record_keys import public_halves
from replenish.sealing.record_key import RecordKey
from replenish.supervision.keeping import kept_until
from replenish.supervision.kinds import NoteKind
from replenish.supervision.notes import NoteTold, Reader, give, next_readers, notes_of, write_shared
from replenish.supervision.reading import AgreementTold, MeetingTold, agreement_of, agreements_of, meetings_of
from replenish.web.shared.problems import FormProblem, problems_of
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.records.opened import open_key
from replenish.web.staff.supervision.agreements.words import title_of

ASKED, MEETING = "agreement", "meeting"
MOST_SIGNS = 20_000


@dataclass(frozen=True)
class NextReader:
    """Somebody whom notes can be given to, the day of their key, and which notes."""

    reader: Reader
    since: object
    notes: tuple[NoteTold, ...]


@staff_page()
@require_safe
def notes(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Everything that is sealed to somebody, with its text where their records are open."""
    asked = request.GET.get(ASKED, "")
    told = agreement_of(asker, asked) if asked else None
    key = open_key(request, asker)
    found = notes_of(asker=asker, key=key, agreement=asked)
    titles = {one.agreement: title_of(one) for one in agreements_of(asker)}
    shown = {
        "told": told,
        "title": title_of(told) if told else "",
        "notes": [
            (one, kind_of(one), titles.get(one.agreement, ""), kept_until(one.kind, one.written_on, one.day))
            for one in found
        ],
        "is_open": key is not None,
        "may_write": told is not None and told.in_force is not None and told.is_open,
        "closed_to_me": key is not None and any(one.text is None for one in found),
    }
    return drawn(request, "staff/notes/notes.html", shown)


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Write down what was agreed in a meeting; both can change it later."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get(ASKED, "")
    if not asked:
        return _which(request, asker)
    told, key = agreement_of(asker, asked), open_key(request, asker)
    if request.method != "POST":
        return _write_page(request, asker, told, key, sent.get(MEETING, ""))
    text, read = sent.get("text", "").replace("\r\n", "\n").strip(), sent.get("read", "")
    if len(text) > MOST_SIGNS:
        problems = [FormProblem("text", _("Keep it shorter than 20,000 letters. Nothing was lost."))]
        return _write_page(request, asker, told, key, sent.get(MEETING, ""), text, problems)
    try:
        write_shared(
            asker=asker,
            agreement=asked,
            meeting=sent.get(MEETING, ""),
            text=text,
            read=int(read) if read.isascii() and read.isdigit() else 0,
        )
    except Refused as refused:
        now = _note_for(asker, key, asked, sent.get(MEETING, ""))
        # The same sent again, as after a lost connection, is no change.
        if not (refused.fault is SupervisionFault.NOTE_CHANGED and now is not None and now.text == text):
            problems = problems_of(refused, "text")
            return _write_page(request, asker, told, key, sent.get(MEETING, ""), text, problems)
    return redirect(address_of(asked))


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Let somebody read notes: again after they lost their phrase, or as the next supervisor."""
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return _which(request, asker)
    told, key = agreement_of(asker, asked), open_key(request, asker)
    if request.method == "POST" and key is not None:
        chosen, to = request.POST.getlist("note"), request.POST.get("to", "")
        for note in chosen:
            give(asker=asker, key=key, note=note, to=to)
        if chosen:
            return redirect(address_of(asked))
        problem = FormProblem("chosen", _("Choose at least one note. Nothing was shared."))
        return _share_page(request, asker, told, key, [problem])
    return _share_page(request, asker, told, key)


@staff_page()
@require_safe
def file(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What somebody can open, to take along: on paper or in a file it is theirs to keep and to answer for."""
    key = open_key(request, asker)
    if key is None:
        return drawn(request, "staff/notes/closed.html")
    parts = [_on_paper(one) for one in notes_of(asker=asker, key=key) if one.text is not None]
    response = HttpResponse("\n\n".join(parts) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="notes.txt"'
    return response


def address_of(agreement: str) -> str:
    """Where the notes of one agreement are read."""
    return f"{reverse('staff-notes')}?{urlencode({ASKED: agreement})}"


def kind_of(one: NoteTold) -> str:
    """What a note is called."""
    return _("To talk about") if one.kind is NoteKind.AGENDA else _("What we agreed")


def _on_paper(one: NoteTold) -> str:
    day = one.day or one.written_on
    head = _("%(kind)s, %(day)s, written by %(name)s on %(on)s. Read by: %(readers)s") % {
        "kind": kind_of(one),
        "day": day.isoformat(),
        "name": one.written_by,
        "on": one.written_on.isoformat(),
        "readers": ", ".join(reader.name for reader in one.readers),
    }
    return f"{head}\n{one.text}"


def _note_for(asker: Asker, key: RecordKey | None, agreement: str, meeting: str) -> NoteTold | None:
    found = notes_of(asker=asker, key=key, agreement=agreement)
    return next((one for one in found if one.meeting == meeting and one.kind is NoteKind.SHARED), None)


def _write_page(
    request: HttpRequest,
    asker: Asker,
    told: AgreementTold,
    key: RecordKey | None,
    meeting: str,
    text: str | None = None,
    problems: Sequence[FormProblem] = (),
) -> HttpResponse:
    meetings = [one for one in meetings_of(asker, told.agreement) if one.state != "moved"]
    chosen = next((one for one in meetings if one.meeting == meeting), None)
    there = _note_for(asker, key, told.agreement, meeting) if chosen else None
    shown = {
        "once": secrets.token_hex(16),
        "told": told,
        "title": title_of(told),
        "meetings": [(one, _day_of(one)) for one in meetings],
        "chosen": chosen,
        "day": _day_of(chosen) if chosen else None,
        "there": there,
        "text": text if text is not None else (there.text or "" if there else ""),
        # What stands there now is shown beside what was typed, when they differ.
        "beside": there.text if there and text is not None and there.text != text else None,
        "is_open": key is not None,
        "problems": problems,
        "fields": {one.field: one.sentence for one in problems},
    }
    return drawn(request, "staff/notes/write.html", shown, status=400 if problems else 200)


def _share_page(
    request: HttpRequest,
    asker: Asker,
    told: AgreementTold,
    key: RecordKey | None,
    problems: Sequence[FormProblem] = (),
) -> HttpResponse:
    own = [one for one in notes_of(asker=asker, key=key, agreement=told.agreement) if one.text is not None]
    waiting: dict[str, tuple[Reader, list[NoteTold]]] = {}
    for one in own:
        for reader in next_readers(asker, one.note):
            waiting.setdefault(reader.account, (reader, []))[1].append(one)
    halves = public_halves(asker.organisation, waiting)
    shown = {
        "told": told,
        "title": title_of(told),
        "waiting": [
            NextReader(reader, halves[account].since, tuple(found))
            for account, (reader, found) in waiting.items()
        ],
        "is_open": key is not None,
        "problems": problems,
    }
    return drawn(request, "staff/notes/share.html", shown, status=400 if problems else 200)


def _which(request: HttpRequest, asker: Asker) -> HttpResponse:
    choices = [(one, title_of(one)) for one in agreements_of(asker)]
    return drawn(request, "staff/agreements/which.html", {"choices": choices})


def _day_of(one: MeetingTold) -> object:
    return one.day or one.due_on
