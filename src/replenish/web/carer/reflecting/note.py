"""One note: read again, changed, deleted, and brought back as long as the page is open.

A form names the note by its whole content and not by a number: if another device changed the notes in the
meantime, nothing else is ever changed or deleted in its place. Nothing of a deleted note is kept on the
server; the page itself holds it until it is left.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from pydantic import ValidationError

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.box_content import LONGEST_TEXT, BoxContent, Reflection
from replenish.voices.queries import my_box
from replenish.voices.weeks import require_begun
from replenish.web.carer.reflecting.notes import AGENDA, note_at, title_of, week_in_words
from replenish.web.carer.reflecting.writing import room_line, too_long
from replenish.web.shared.problems import FormProblem, sentence_of
from replenish.web.shared.written import tidy, written

TEXT = "text"


def opened(request: HttpRequest, secret: Secret) -> HttpResponse:
    """A note with its text to read and to change; the list again if it is not there any more."""
    note = note_at(my_box(secret), request.POST.get("note", ""))
    return redirect("reflect") if note is None else note_page(request, secret, note, before=note.text)


def changed(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Keep the new text of a note, or a text that was not in the box before."""
    sent = _sent(request)
    if sent is None:
        return redirect("reflect")
    old, text = sent, written(request, TEXT).strip()
    problems: list[FormProblem] = []
    if not text:
        problems.append(
            FormProblem(TEXT, _("The note is empty now. To remove it, press Delete; it was not changed."))
        )
    elif len(text) > LONGEST_TEXT:
        problems.append(FormProblem(TEXT, too_long(len(text), LONGEST_TEXT)))
    else:
        try:
            actions.edit_box(secret, _change(old, text))
        except Refused as refused:
            problems.append(FormProblem(TEXT, sentence_of(refused)))
    if problems:
        shown = old.model_copy(update={"text": text})
        return note_page(request, secret, shown, before=old.text, problems=problems)
    return render(request, "carer/reflecting/kept.html", {"agenda": old.topic == AGENDA})


def deleted(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Delete a note; the answer holds it once more, for whoever thinks better of it."""
    note = _sent(request)
    if note is None:
        return redirect("reflect")
    actions.edit_box(secret, lambda box: box.without(_as_kept(box, note)))
    return render(request, "carer/reflecting/deleted.html", {"note": note, "title": title_of(note.topic)})


def brought_back(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Keep a deleted note again; if that cannot be, its text is shown with the reason."""
    note = _sent(request)
    if note is None or not note.text:
        return redirect("reflect")
    try:
        actions.edit_box(secret, lambda box: box.with_reflection(note))
    except Refused as refused:
        return note_page(request, secret, note, before="", problems=[FormProblem(TEXT, sentence_of(refused))])
    return render(request, "carer/reflecting/kept.html", {"back": True})


def kept_anew(request: HttpRequest, secret: Secret, note: Reflection) -> HttpResponse:
    """Keep a text that was not in the box before; if that cannot be, it is shown with the reason."""
    try:
        actions.edit_box(secret, lambda box: box.with_reflection(note))
    except Refused as refused:
        return note_page(request, secret, note, before="", problems=[FormProblem(TEXT, sentence_of(refused))])
    return render(request, "carer/reflecting/kept.html", {"agenda": note.topic == AGENDA})


def note_page(
    request: HttpRequest,
    secret: Secret,
    note: Reflection,
    *,
    before: str,
    problems: list[FormProblem] | None = None,
) -> HttpResponse:
    """A text to change, print, copy, keep or delete.

    Args:
        request: of the person.
        secret: their card.
        note: with the text to show.
        before: the text as it stands in the box; empty for one that is not kept yet.
        problems: what kept it from being kept.
    """
    said = {
        "note": note,
        "before": before,
        "title": title_of(note.topic),
        "week": week_in_words(note.week),
        "most": LONGEST_TEXT,
        "room": room_line(my_box(secret)),
        "problems": problems or [],
    }
    return render(request, "carer/reflecting/note.html", said, status=400 if problems else 200)


def _change(old: Reflection, text: str) -> Callable[[BoxContent], BoxContent]:
    """The edit; a text that was never kept begins a note, and one whose note is gone does too."""
    if old.text:
        return lambda box: box.with_text(_as_kept(box, old), text)
    return lambda box: box.with_reflection(old.model_copy(update={"text": text}))


def _as_kept(box: BoxContent, note: Reflection) -> Reflection:
    """The note as the box holds it: a browser sends line ends in its own way."""
    same = (each for each in box.reflections if (each.week, each.topic) == (note.week, note.topic))
    return next((each for each in same if tidy(each.text) == note.text), note)


def _sent(request: HttpRequest) -> Reflection | None:
    """The note that a form is about, as it stood in the box; None for a form that was tampered with."""
    try:
        note = Reflection(
            week=request.POST.get("week", ""),
            topic=request.POST.get("topic", ""),
            text=written(request, "before"),
        )
        require_begun(note.week, clock.today())
    except (ValidationError, Refused):
        return None
    return note
