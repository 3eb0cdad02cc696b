"""Reading a model result back from plain data: only what could have been printed is accepted."""

from __future__ import annotations

from typing import NoReturn

from replenish.basis.errors import refuse
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.construction import KEY
from replenish.disclosure.fields import fields_of
from replenish.disclosure.model_results.disclosing import may_be_printed, round_to_step
from replenish.disclosure.model_results.ladder import EFFECT_KINDS, class_starts, printing_step
from replenish.disclosure.model_results.result import ModelResult
from replenish.disclosure.model_results.words import EFFECT_WORDS, ICC_WORDS, SHARE_WORDS

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
    "conditions",
)

PHRASES = {"icc": ICC_WORDS, "share explained": SHARE_WORDS}


def model_result_from_plain(plain: object) -> ModelResult:
    """A model result from plain data.

    Raises:
        Refused: a field is missing, unknown or of another kind, or it says what could not have been printed.
    """
    read = fields_of(plain, "model result", FIELDS)
    result = ModelResult(
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
        conditions=None if read["conditions"] is None else read.whole("conditions"),
        key=KEY,
    )
    _require_printable(result)
    return result


def _require_printable(result: ModelResult) -> None:
    """Accept what `disclose_effect` and its like could have made for these classes."""
    numbers = (result.estimate, result.low, result.high)
    if (result.people_class, result.groups_class) not in class_starts():
        _wrong(result)
    if result.kind in PHRASES:
        if numbers != (None, None, None) or result.step is not None or result.condition or result.conditions:
            _wrong(result)
        if result.words not in PHRASES[result.kind]:
            _wrong(result)
        return
    if result.kind not in EFFECT_KINDS:
        refuse(DisclosureFault.MODEL_RESULT_KIND, kind=result.kind)
    if result.conditions is None:
        _wrong(result)
    step = printing_step(result.kind, result.people_class, result.groups_class, result.conditions)
    if result.step != step:
        _wrong(result)
    if result.estimate is None or result.low is None or result.high is None or step is None:
        if numbers != (None, None, None) or result.words not in EFFECT_WORDS:
            _wrong(result)
        return
    rounded = (result.estimate, result.low, result.high)
    if rounded != tuple(round_to_step(value, step) for value in rounded):
        _wrong(result)
    if not result.low <= result.estimate <= result.high:
        _wrong(result)
    if result.words is not None or not may_be_printed(rounded, step):
        _wrong(result)


def _wrong(result: ModelResult) -> NoReturn:
    refuse(DisclosureFault.MODEL_RESULT_NUMBERS, kind=result.kind, outcome=result.outcome)
