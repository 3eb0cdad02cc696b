"""Keeping a text in one's own box, which happens only where a person presses "Keep"."""

from __future__ import annotations

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import BoxContent, Reflection
from replenish.voices.weeks import week_of
from replenish.web.shared.problems import FormProblem, sentence_of

TOPIC = "words"


def keep_words(secret: Secret, text: str) -> FormProblem | None:
    """Put a text into the box once, however often it is sent; a refusal comes back as a problem.

    The text is still in the form then, and a refusal on a page of its own would lose it.
    """
    kept = Reflection(week=week_of(clock.today()), topic=TOPIC, text=text)

    def edit(box: BoxContent) -> BoxContent:
        return box if kept in box.reflections else box.with_reflection(kept)

    try:
        edit_box(secret, edit)
    except Refused as refused:
        return FormProblem("text", sentence_of(refused))
    return None
