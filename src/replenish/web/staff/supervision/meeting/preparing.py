"""Preparing for a meeting: what one wants to talk about, for oneself first, then shared if one presses so.

Nothing comes here from a private space of carers, which knows no names: what is there is copied by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis.errors import Refused
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.record_keys import own_half
from replenish.sealing.record_key import RecordKey
from replenish.supervision.comes_next import MeetingTold, MySupervision, my_meeting, own_agenda
from replenish.supervision.notebook import OwnNote, keep_own_note, read_notebook
from replenish.supervision.notes import NoteTold, notes_of, share_agenda, without_key
from replenish.web.shared.names import names_listed
from replenish.web.shared.one_time import key_of_form
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.written import TEXT, written
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.records.opened import open_key
from replenish.web.staff.supervision.guide.cycle import frame
from replenish.web.staff.supervision.meeting.one import ASKED, which
from replenish.web.staff.supervision.said import title_of

AGENDA = "agenda"
WHAT, SHARE = "what", "share"
READ, VERSION = "read", "version"
CHANGED = (SupervisionFault.NOTEBOOK_CHANGED, SupervisionFault.NOTE_CHANGED)
LONGEST = 8_000
MOST_DIGITS = 4


@dataclass(frozen=True)
class Prepared:
    """What somebody has prepared for a meeting.

    Attributes:
        own: what they keep for themselves; empty where there is nothing.
        shared: what they share.
        version: which wording they share; 0 where nothing is shared.
        others: what others share, with their names.
    """

    own: str
    shared: str
    version: int
    others: tuple[NoteTold, ...]


@staff_page()
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Keep it for oneself, or share it with those one meets."""
    asked = request.POST.get(ASKED, "") if request.method == "POST" else request.GET.get(ASKED, "")
    if not asked:
        return which(request, asker, "staff-supervision-prepare")
    mine, one = my_meeting(asker, asked)
    key = open_key(request, asker)
    if key is None:
        return _closed(request, asker, mine, one)
    if request.method != "POST":
        found = prepared(asker, key, mine, one)
        return _page(request, asker, (mine, one), found, found.own or found.shared)
    text = written(request, TEXT)
    problems = _problems(request, text)
    if not problems:
        try:
            _keep(request, asker, key, one, text)
        except Refused as refused:
            if refused.problems[0].fault not in CHANGED:
                raise
            problems = [FormProblem("text", _("It was changed in another window. Both stand here now."))]
        else:
            return redirect(f"{request.path}?{ASKED}={one.meeting}")
    return _page(request, asker, (mine, one), prepared(asker, key, mine, one), text, problems)


def prepared(asker: Asker, key: RecordKey, mine: MySupervision, one: MeetingTold) -> Prepared:
    """What somebody has prepared, and what others share with them."""
    own = next((note.text for note in read_notebook(asker, key) if note.note == _name(one)), "")
    agendas = [
        note
        for note in notes_of(asker=asker, key=key, agreement=mine.agreement)
        if note.meeting == one.meeting and note.kind == AGENDA
    ]
    mine_shared = own_agenda(asker, one.meeting)
    shared = next((note for note in agendas if note.note == mine_shared), None)
    others = tuple(note for note in agendas if note.note != mine_shared)
    return Prepared(own, (shared and shared.text) or "", shared.version if shared else 0, others)


def _keep(request: HttpRequest, asker: Asker, key: RecordKey, one: MeetingTold, text: str) -> None:
    """Keep the text in the notebook; where it is shared, seal it to the others as well."""
    note = OwnNote(_name(one), one.agreement, one.meeting, is_for_agenda=True, text=text)
    keep_own_note(asker, key, note, read=written(request, READ) or None)
    if request.POST.get(WHAT) != SHARE:
        return
    try:
        share_agenda(
            asker=asker, agreement=one.agreement, meeting=one.meeting, text=text, read=_version(request)
        )
    except Refused as refused:
        # The line broke after it was taken in: what is shared says this already.
        mine, _one = my_meeting(asker, one.meeting)
        is_changed = refused.problems[0].fault is SupervisionFault.NOTE_CHANGED
        if not is_changed or prepared(asker, key, mine, one).shared != text:
            raise


def _version(request: HttpRequest) -> int:
    typed = request.POST.get(VERSION, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0


def _problems(request: HttpRequest, text: str) -> list[FormProblem]:
    if len(text) > LONGEST:
        said = _("This is longer than %(most)s letters. Nothing is lost, shorten it a little.") % {
            "most": LONGEST
        }
        return [FormProblem("text", said)]
    if request.POST.get(WHAT) == SHARE and not text.strip():
        return [FormProblem("text", _("There is nothing to share yet. Write a few words, or leave it."))]
    return []


def _name(one: MeetingTold) -> str:
    return f"agenda-{one.meeting}"


def _closed(request: HttpRequest, asker: Asker, mine: MySupervision, one: MeetingTold) -> HttpResponse:
    """What to do first, where nothing can be opened: make a phrase, or type it in."""
    shown = {
        "mine": mine,
        "one": one,
        "title": title_of(mine),
        "has_key": own_half(asker) is not None,
        "around": frame().preparing,
        "back": request.get_full_path(),
    }
    return drawn(request, "staff/supervision/prepare_closed.html", shown)


def _page(
    request: HttpRequest,
    asker: Asker,
    about: tuple[MySupervision, MeetingTold],
    found: Prepared,
    text: str,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    mine, one = about
    shown = {
        "mine": mine,
        "one": one,
        "title": title_of(mine),
        "found": found,
        "text": text,
        "beside": found.own if problems and found.own not in (text, written(request, READ)) else "",
        "read": found.own,
        "around": frame().preparing,
        "others": names_listed(mine.others),
        "without_key": names_listed(without_key(asker, mine.agreement)),
        "most": LONGEST,
        "once": key_of_form(request),
        "problems": problems or [],
        "fields": {problem.field: problem.sentence for problem in problems or []},
    }
    return drawn(request, "staff/supervision/prepare.html", shown, status=400 if problems else 200)
