"""Writing a note: free, or along the steps of a cycle; kept as one text that reads on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.box_content import LONGEST_TEXT, BoxContent, Reflection
from replenish.voices.queries import my_box
from replenish.voices.weeks import week_of
from replenish.web.carer.card_cookie import is_shared_device
from replenish.web.carer.reflecting.cycles import Cycle, cycle
from replenish.web.carer.reflecting.notes import CYCLE, FREE
from replenish.web.shared.problems import FormProblem, sentence_of
from replenish.web.shared.written import written

FREE_ROWS, STEP_ROWS = 14, 5
# Below this, a page says how much room is left before anybody writes.
LITTLE_ROOM = 20_000


@dataclass(frozen=True)
class Field:
    """One field to write in."""

    name: str
    heading: str
    ask: tuple[str, ...]
    text: str
    rows: int
    most: int


def empty_form(request: HttpRequest, secret: Secret, name: str) -> HttpResponse:
    """The fields of a cycle, or one field for a free note where there is no such cycle."""
    return _form(request, secret, cycle(name), {})


def keep(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Keep what was written; where that cannot be, show it again with the reason."""
    chosen = cycle(request.POST.get("with", ""))
    fields = fields_of(chosen, {name: written(request, name) for name in request.POST})
    problems = problems_in(fields)
    if not problems:
        topic = f"{CYCLE}{chosen.name}" if chosen else FREE
        note = Reflection(week=week_of(clock.today()), topic=topic, text=text_of(fields))
        try:
            actions.edit_box(secret, lambda box: box.with_reflection(note))
        except Refused as refused:
            problems = (FormProblem(fields[0].name, sentence_of(refused)),)
        else:
            return render(request, "carer/reflecting/kept.html", {"cycle": chosen})
    return _form(request, secret, chosen, {field.name: field.text for field in fields}, problems)


def fields_of(chosen: Cycle | None, texts: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of a cycle or of a free note, with what is written in them."""
    if chosen is None:
        name = "text-1"
        return (Field(name, _("Your note"), (), texts.get(name, ""), FREE_ROWS, LONGEST_TEXT),)
    return tuple(
        Field(name, step.heading, step.ask, texts.get(name, ""), STEP_ROWS, chosen.longest_answer)
        for number, step in enumerate(chosen.steps, 1)
        for name in (f"text-{number}",)
    )


def text_of(fields: tuple[Field, ...]) -> str:
    """The note: each answer under its heading, skipped steps left out; a free note as it is."""
    if len(fields) == 1:
        return fields[0].text.strip()
    return "\n\n".join(f"{field.heading}\n{field.text.strip()}" for field in fields if field.text.strip())


def problems_in(fields: tuple[Field, ...]) -> tuple[FormProblem, ...]:
    """What keeps the fields from being kept: nothing written, or more than fits."""
    if not any(field.text.strip() for field in fields):
        return (FormProblem(fields[0].name, _("Nothing is written yet, so there was nothing to keep.")),)
    return tuple(
        FormProblem(field.name, too_long(len(field.text), field.most))
        for field in fields
        if len(field.text) > field.most
    )


def too_long(length: int, most: int) -> str:
    """By how much a text is too long."""
    return _("This text is %(over)d characters too long: %(most)d fit here. It is not lost; shorten it.") % {
        "over": length - most,
        "most": most,
    }


def room_line(box: BoxContent | None) -> str:
    """How much room is left, said while there is still some; nothing while there is plenty."""
    room = (box or BoxContent()).room_for_notes()
    if room >= LITTLE_ROOM:
        return ""
    if room == 0:
        return _("Your box has no room for more notes. Take a copy of your notes, then delete some.")
    return _(
        "Your box is nearly full. About %(room)d more characters of notes fit. Take a copy of your notes, "
        "then delete some."
    ) % {"room": room}


def _form(
    request: HttpRequest,
    secret: Secret,
    chosen: Cycle | None,
    texts: Mapping[str, str],
    problems: tuple[FormProblem, ...] = (),
) -> HttpResponse:
    wrong = {problem.field: problem.sentence for problem in problems}
    fields = [(field, wrong.get(field.name, "")) for field in fields_of(chosen, texts)]
    said = {
        "cycle": chosen,
        "fields": fields,
        "problems": problems,
        "room": room_line(my_box(secret)),
        "shared": is_shared_device(request),
    }
    return render(request, "carer/reflecting/write.html", said, status=400 if problems else 200)
