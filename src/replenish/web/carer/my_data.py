"""What is kept for a person, to take along or to destroy."""

from __future__ import annotations

import csv
import io
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.box_content import BoxContent
from replenish.voices.queries import my_box
from replenish.web.carer.door import card_page
from replenish.web.carer.question_form import choices_of

CSV_COLUMNS = ("week", "questions", "question", "wording", "answer", "answer_in_words")


@require_safe
@card_page
def my_data(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - a card is all that is asked for
    """The ways to copy, to move and to destroy."""
    return render(request, "carer/my_data.html")


@require_safe
@card_page
def json_export(request: HttpRequest, secret: Secret) -> HttpResponse:  # noqa: ARG001 - as above
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
            words = {choice.value: choice.label for choice in choices.get(code, ())}
            wording = pack.item(code).text if code in choices else ""
            table.writerow([said.week, said.pack, code, wording, f"{answer:g}", words.get(f"{answer:g}", "")])
    return _file(written.getvalue(), "text/csv; charset=utf-8", "my-answers.csv")


def _file(content: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
