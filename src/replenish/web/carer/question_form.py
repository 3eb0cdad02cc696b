"""The questions of a pack as a form, and its answers read back, each one checked against the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.measures.library import load_pack
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Item
from replenish.web.shared.problems import FormProblem
from replenish.web.shared.questions import counted_items


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question as the page shows it."""

    field: str
    text: str
    why: str
    counted: bool
    choices: tuple[Choice, ...]
    chosen: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Answered:
    """What a form brought: answers by item code, and what is wrong with it."""

    answers: Mapping[str, float]
    problems: tuple[FormProblem, ...]


@cache
def choices_of(pack_id: str) -> Mapping[str, tuple[Choice, ...]]:
    """The answers of every item of a pack, by its code."""
    pack = load_pack(pack_id)
    usual = tuple(Choice(f"{label.value:g}", label.text) for label in pack.response.labels)
    return {item.code: _own_choices(item) or usual for item in pack.items}


def read_answers(pack: Pack, sent: QueryDict) -> Answered:
    """The answers in a form; a question left out or skipped has none."""
    answers, problems = {}, []
    for code, known in _known_answers(pack.id).items():
        value = sent.get(code, "")
        if not value:
            continue
        if value in known:
            answers[code] = known[value]
        else:
            problems.append(FormProblem(code, _("Choose one of the answers, or skip the question.")))
    return Answered(answers, tuple(problems))


@cache
def _known_answers(pack_id: str) -> Mapping[str, Mapping[str, float]]:
    """For every item of a pack, what each answer means that a form may send."""
    return {
        code: {choice.value: float(choice.value) for choice in choices}
        for code, choices in choices_of(pack_id).items()
    }


def questions_block(
    pack: Pack, chosen: Mapping[str, float], problems: tuple[FormProblem, ...] = ()
) -> SafeString:
    """The questions as HTML. An untouched form is the same for everybody and is drawn once."""
    if chosen or problems:
        return _drawn(pack, chosen, problems)
    return _untouched(pack.id, get_language() or "")


@cache
def _untouched(pack_id: str, language: str) -> SafeString:  # noqa: ARG001 - the key of the cache
    return _drawn(load_pack(pack_id), {}, ())


def _drawn(pack: Pack, chosen: Mapping[str, float], problems: tuple[FormProblem, ...]) -> SafeString:
    wrong = {problem.field: problem.sentence for problem in problems}
    counted = {item.code for item in counted_items(pack)}
    questions = [
        Question(
            field=item.code,
            text=item.text or item.code,
            why=item.why or "",
            counted=item.code in counted,
            choices=choices_of(pack.id)[item.code],
            chosen=f"{chosen[item.code]:g}" if item.code in chosen else "",
            problem=wrong.get(item.code, ""),
        )
        for item in pack.items
    ]
    return render_to_string("carer/questions.html", {"questions": questions})


def _own_choices(item: Item) -> tuple[Choice, ...]:
    return tuple(Choice(f"{option.code:g}", option.label) for option in item.options)
