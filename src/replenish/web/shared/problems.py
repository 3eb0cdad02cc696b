"""What is wrong with a form, said once at the top with a link to each field, and once beside the field."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from replenish.basis.errors import Refused


@dataclass(frozen=True)
class FormProblem:
    """One thing to look at again: the id of the field it is about, and a sentence."""

    field: str
    sentence: str


def problems_of(refused: Refused, field: str) -> list[FormProblem]:
    """The sentences of a refusal in the reader's language, all about one field."""
    return [FormProblem(field, sentence_of(refused))]


def sentence_of(refused: Refused) -> str:
    """The first sentence of a refusal, translated before its open places are filled."""
    first = refused.problems[0]
    said = gettext(first.fault.sentence).format(**dict(first.details))
    return f"{said[:1].upper()}{said[1:]}."
