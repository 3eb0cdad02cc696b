"""Which condition to change first: an order worked out from the printed figures, or the reason for none."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.disclosure.model_results import ModelResult, Usefulness, carries_an_order, most_useful_first
from replenish.disclosure.model_results.words import GOES_WITH_LESS, GOES_WITH_MORE, ICC_WORDS
from replenish.report.findings import Findings
from replenish.report.questions import Question
from replenish.report.wording import advice as words
from replenish.report.wording.figures import chance

HARDLY_DIFFER = ICC_WORDS[0]

_KINDS = ("own reports", "split voice")


@dataclass(frozen=True)
class Place:
    """One condition with its chance of being the most useful to change first, by each kind of report."""

    condition: Question
    own_reports: float | None
    split_voice: float | None


@dataclass(frozen=True)
class Order:
    """The conditions, most useful first; or, with no places, why there is no order."""

    places: tuple[Place, ...]
    why_none: str = ""


def hardly_differ(findings: Findings, outcome: Question) -> bool:
    """Whether units differ so little in an outcome that an order would be an order of chance."""
    return any(result.words == HARDLY_DIFFER for result in findings.results(outcome.name, "icc"))


def clear(result: ModelResult) -> bool:
    """Whether what is printed lies wholly on one side of no difference."""
    if result.low is None or result.high is None:
        return result.words in (GOES_WITH_MORE, GOES_WITH_LESS)
    return not result.low <= 0 <= result.high


def order_of_conditions(findings: Findings, outcome: Question) -> Order:
    """The order for one outcome, from its printed results alone.

    Conditions without a declared direction have no place: nobody has said which way would be better.
    """
    results = findings.results(outcome.name, "own reports", "split voice")
    if not results:
        return Order((), words.NO_ORDER_SMALL)
    if hardly_differ(findings, outcome) and not any(map(clear, results)):
        return Order((), words.NO_ORDER_FLAT)
    if len({result.condition for result in results}) == 1:
        return Order((), words.NO_ORDER_ONE)
    directed = {question.name for question in findings.conditions if question.higher_is_better is not None}
    if outcome.higher_is_better is None or len(directed & {result.condition for result in results}) < 2:
        return Order((), words.NO_ORDER_DIRECTION)
    better = {question.name for question in findings.questions if question.higher_is_better}
    ranked = most_useful_first(
        [result for result in results if result.condition in directed], higher_is_better=better
    )
    if not any(entry.probability for entry in ranked):
        return Order((), words.no_order_in_words(_clear_in_words(findings, results)))
    if not any(carries_an_order([entry for entry in ranked if entry.kind == kind]) for kind in _KINDS):
        return Order((), _likeliest(findings, ranked))
    return Order(tuple(_places(findings, ranked)))


def _likeliest(findings: Findings, ranked: tuple[Usefulness, ...]) -> str:
    """Why there is no order, and which conditions are the likeliest all the same."""
    entries = [entry for entry in ranked if entry.kind == _leading(ranked)]
    highest = [entry.condition for entry in entries if entry.probability == entries[0].probability]
    spoken = [name if (found := findings.question(name)) is None else found.spoken for name in highest]
    return words.no_order_of_chance(spoken, chance(entries[0].probability))


def _leading(ranked: tuple[Usefulness, ...]) -> str:
    """The own reports where these are printed in figures; else what the others said."""
    return next(kind for kind in _KINDS if any(entry.probability for entry in ranked if entry.kind == kind))


def _clear_in_words(findings: Findings, results: list[ModelResult]) -> list[str]:
    """Conditions whose link with the outcome is clear, though only words are printed."""
    named = dict.fromkeys(
        result.condition for result in results if result.words in (GOES_WITH_MORE, GOES_WITH_LESS)
    )
    return [question.spoken for name in named if (question := findings.question(name)) is not None]


def _places(findings: Findings, ranked: tuple[Usefulness, ...]) -> list[Place]:
    """One place for each condition, in the order of the own reports where these are printed in figures."""
    by_kind = {
        kind: {entry.condition: entry.probability for entry in ranked if entry.kind == kind}
        for kind in _KINDS
    }
    leading = _leading(ranked)
    order = [entry.condition for entry in ranked if entry.kind == leading]
    return [
        Place(question, by_kind["own reports"].get(name), by_kind["split voice"].get(name))
        for name in order
        if (question := findings.question(name)) is not None
    ]
