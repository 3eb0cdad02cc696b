"""An agenda for supervision: picked from one's own notes and from questions, edited, and taken along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.sealing.secret import Secret
from replenish.voices.box_content import LONGEST_TEXT, BoxContent, Reflection
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.door import card_page
from replenish.web.carer.reflecting.cycles import FOLDER
from replenish.web.carer.reflecting.note import kept_anew, note_page
from replenish.web.carer.reflecting.notes import AGENDA, listed, notes_in, title_of, week_in_words
from replenish.web.carer.reflecting.writing import too_long
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.texts import text
from replenish.web.shared.written import written

QUESTIONS = FOLDER.parent / "supervision"
LEAVE_WITH, KEEP_OUT = "text-leave-with", "text-keep-out"
MOST_IN_FIELD = 1_000


def questions() -> tuple[str, ...]:
    """Questions that may be taken along, in the reader's language.

    Raises:
        Refused: the list at the head of the text cannot be read.
    """
    found = text(QUESTIONS, "questions")
    asked = found.facts.get("questions") if found else None
    if not isinstance(asked, list) or not asked:
        refuse(WebFault.TEXT_HEAD, file=QUESTIONS)
    return tuple(map(str, asked))


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def supervision_agenda(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Pick first; then one text to change, print or copy. Kept only if somebody says so, or hides it."""
    box = my_box(secret)
    if request.method != "POST":
        return _picking(request, box)
    picked = composed(request, box)
    problems = [
        FormProblem(name, too_long(len(written(request, name)), MOST_IN_FIELD))
        for name in (LEAVE_WITH, KEEP_OUT)
        if len(written(request, name)) > MOST_IN_FIELD
    ]
    if not picked:
        problems.append(
            FormProblem(LEAVE_WITH, _("Nothing is picked or written yet. Choose at least one thing."))
        )
    elif len(picked) > LONGEST_TEXT:
        problems.append(FormProblem("notes", too_long(len(picked), LONGEST_TEXT)))
    if problems:
        return _picking(request, box, problems)
    draft = Reflection(week=week_of(clock.today()), topic=AGENDA, text=picked)
    if request.POST.get("step") == "keep":
        return kept_anew(request, secret, draft)
    return note_page(request, secret, draft, before="")


def composed(request: HttpRequest, box: BoxContent | None) -> str:
    """The agenda as one text: what to leave with, questions, notes, and what stays out of the record."""
    asked = questions()
    chosen = set(request.POST.getlist("question"))
    notes = notes_in(box, request.POST.getlist("note-taken"))
    parts = (
        (_("What I want to leave with"), written(request, LEAVE_WITH).strip()),
        (
            _("What I would like to talk about"),
            "\n".join(f"- {one}" for number, one in enumerate(asked) if str(number) in chosen),
        ),
        *((f"{title_of(note.topic)}, {week_in_words(note.week)}", note.text) for note in notes),
        (_("What I would like to keep out of the record"), written(request, KEEP_OUT).strip()),
    )
    return "\n\n".join(f"{heading}\n{said}" for heading, said in parts if said)


def _picking(
    request: HttpRequest, box: BoxContent | None, problems: list[FormProblem] | None = None
) -> HttpResponse:
    taken, chosen = request.POST.getlist("note-taken"), request.POST.getlist("question")
    wrong = {problem.field: problem.sentence for problem in problems or []}
    said = {
        "questions": [(number, asked, str(number) in chosen) for number, asked in enumerate(questions())],
        "notes": [
            (line, str(line.number) in taken)
            for group in listed(box)
            for line in (*group.newest, *group.older)
        ],
        "leave_with": written(request, LEAVE_WITH),
        "keep_out": written(request, KEEP_OUT),
        "leave_with_problem": wrong.get(LEAVE_WITH, ""),
        "keep_out_problem": wrong.get(KEEP_OUT, ""),
        "notes_problem": wrong.get("notes", ""),
        "most": MOST_IN_FIELD,
        "problems": problems or [],
    }
    return render(request, "carer/reflecting/agenda.html", said, status=400 if problems else 200)
