"""What a release asks about, with the names that pages give it: conditions first, then what people carry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext

from replenish.disclosure.release import Release
from replenish.measures.pack_parts import Scale
from replenish.report.questions import Question, Role, own_question, plain_question
from replenish.report.wording.texts import scale_texts
from replenish.web.shared.questions import packs_asked


def questions_of(release: Release) -> tuple[Question, ...]:
    """The scales of a release that are told: the conditions in their usual order, then what people carry."""
    named = {scale.name for scale in release.scales}
    known = _known(get_language() or "")
    told = [question for name, question in known.items() if name in named]
    told += [plain_question(name, "condition") for name in sorted(named - set(known))]
    return tuple(sorted(told, key=lambda question: question.role != "condition"))


def condition_titles() -> Mapping[str, str]:
    """The conditions that are asked about, by name, as pages call them."""
    known = _known(get_language() or "")
    return {name: question.title for name, question in known.items() if question.role == "condition"}


@cache
def _known(language: str) -> Mapping[str, Question]:  # noqa: ARG001 - titles are in this language
    """The scales of our own questions, by name, in the order in which they are asked."""
    told = [scale for pack in packs_asked() for scale in pack.scales if scale.kind != "private"]
    return {scale.code: _question(scale) for scale in told}


def _question(scale: Scale) -> Question:
    role: Role = "outcome" if scale.kind == "outcome" else "condition"
    tint = own_question(scale.code, role).tint if scale.code in scale_texts() else "moss"
    return Question(
        scale.code,
        role,
        scale.higher_is_better,
        title=gettext(scale.title),
        gloss=gettext(scale.gloss),
        tint=tint,
    )
