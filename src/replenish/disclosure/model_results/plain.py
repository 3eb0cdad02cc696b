"""Reading a model result back from plain data."""

from __future__ import annotations

from replenish.disclosure.construction import KEY
from replenish.disclosure.fields import fields_of
from replenish.disclosure.model_results.result import ModelResult

FIELDS = (
    "outcome",
    "condition",
    "kind",
    "estimate",
    "low",
    "high",
    "step",
    "words",
    "people_class",
    "groups_class",
)


def model_result_from_plain(plain: object) -> ModelResult:
    """A model result from plain data, when its numbers are ones that could have been printed.

    Raises:
        Refused: a field is missing, unknown or of another kind, or the numbers do not fit the ladder.
    """
    read = fields_of(plain, "model result", FIELDS)
    return ModelResult(
        outcome=read.text("outcome"),
        condition=read.text("condition"),
        kind=read.text("kind"),
        estimate=read.number_or_none("estimate"),
        low=read.number_or_none("low"),
        high=read.number_or_none("high"),
        step=read.number_or_none("step"),
        words=read.text_or_none("words"),
        people_class=read.text("people_class"),
        groups_class=read.text("groups_class"),
        key=KEY,
    )
