"""What is kept for a person: to see, to take along, to move, or to destroy."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent
from replenish.voices.queries import my_box, my_seat
from replenish.voices.turns import SETTING as TURNS
from replenish.web.carer.check_in import OFFERED, PACE
from replenish.web.carer.door import card_page
from replenish.web.carer.picture.usual import SETTING as USUAL_FROM
from replenish.web.carer.question_form import choices_of
from replenish.web.carer.reflecting.notes import title_of, week_in_words

REMEMBERED: Mapping[str, Promise] = {
    OFFERED: gettext_lazy("in which week the longer questions were last offered to you"),
    PACE: gettext_lazy("whether you like the questions all at once or one by one"),
    TURNS: gettext_lazy("which of your latest answers came last, by random marks"),
    USUAL_FROM: gettext_lazy("from which week your usual is counted"),
}
"""Everything that a page keeps in a box besides answers and notes, in words."""

CSV_COLUMNS = ("week", "questions", "question", "wording", "answer", "answer_in_words")


@require_safe
@card_page
def my_data(request: HttpRequest, secret: Secret) -> HttpResponse:
    """What is in the box, and the ways to copy it, to move and to destroy."""
    box = my_box(secret) or BoxContent()
    said = {
        "weeks": len({said.week for said in box.check_ins}),
        "answers": sum(len(said.answers) for said in box.check_ins),
        "notes": len(box.reflections),
        "remembered": [REMEMBERED.get(name, name) for name in sorted(box.settings)],
        "has_seat": my_seat(secret) is not None,
    }
    return render(request, "carer/my_data.html", said)


@require_safe
@card_page
def json_export(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all it asks for
    """Everything in the box, for machines."""
    content = (my_box(secret) or BoxContent()).model_dump(mode="json")
    return _file(json.dumps(content, ensure_ascii=False, indent=2), "application/json", "my-answers.json")


@require_safe
@card_page
def csv_export(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - as above
    """The answers as a table for a spreadsheet, one row for each."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(CSV_COLUMNS)
    for said in (my_box(secret) or BoxContent()).check_ins:
        pack = load_pack(said.pack)
        choices = choices_of(said.pack)
        for code, answer in said.answers.items():
            words = {choice.value: _(choice.label) for choice in choices.get(code, ())}
            wording = _(pack.item(code).text or code) if code in choices else ""
            table.writerow([said.week, said.pack, code, wording, f"{answer:g}", words.get(f"{answer:g}", "")])
    return _file(written.getvalue(), "text/csv; charset=utf-8", "my-answers.csv")


@require_safe
@card_page
def notes_export(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - as above
    """The notes as they were written, the oldest first, to read anywhere."""
    notes = (my_box(secret) or BoxContent()).reflections
    parts = [f"{title_of(note.topic)}, {week_in_words(note.week)}\n\n{note.text}\n" for note in notes]
    text = "\n----\n\n".join(parts) or _("There are no notes.") + "\n"
    return _file(text, "text/plain; charset=utf-8", "my-notes.txt")


def _file(content: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
