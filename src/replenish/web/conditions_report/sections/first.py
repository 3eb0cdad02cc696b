"""What to change first: an order only where the printed figures carry one, with its chance and its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from replenish.disclosure.model_results import ModelResult, Usefulness, most_useful_first
from replenish.disclosure.model_results.usefulness import carries_an_order
from replenish.report.document import Block, Heading, Paragraph, Section, Table
from replenish.report.questions import Question
from replenish.web.conditions_report.sections.links import OTHERS, OWN, results_of
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import listed, upper

TENTHS = 10


@dataclass(frozen=True)
class Place:
    """One condition with its chance of being the most useful to change first, in tenths.

    Attributes:
        condition: which.
        own: by people's own reports; None where only words are printed.
        others: by what the others said; None where there is nothing, or only words.
    """

    condition: Question
    own: float | None
    others: float | None


def first(source: Source) -> Section | None:
    """An order for each outcome that has one; none before there are results of a model."""
    latest = source.latest
    results = results_of(latest.published.release) if latest is not None else ()
    if not any(result.kind in (OWN, OTHERS) for result in results):
        return None
    blocks: list[Block] = []
    without: list[str] = []
    for outcome in (question for question in source.questions if question.role == "outcome"):
        places = order(source.questions, outcome, results)
        if places:
            blocks += [Heading(upper(outcome.title)), _table(outcome, places)]
        elif any(result.outcome == outcome.name for result in results):
            without.append(outcome.title)
    if blocks:
        blocks.insert(0, Paragraph(_limits(), "lead"))
        blocks.insert(1, Paragraph(_reading()))
    if without:
        blocks.append(Paragraph(_none(without)))
    blocks.append(Paragraph(_next()))
    return Section("first", _("What to change first"), tuple(blocks))


def order(
    questions: Sequence[Question], outcome: Question, results: Sequence[ModelResult]
) -> tuple[Place, ...]:
    """The conditions of one outcome, most useful first; none where an order would be one of chance.

    Args:
        questions: what the release asks about.
        outcome: which outcome.
        results: printed results of the release, and nothing finer.
    """
    asked = {one.name: one for one in questions if one.role == "condition"}
    mine = [one for one in results if one.outcome == outcome.name and one.condition in asked]
    better = {one.name for one in questions if one.higher_is_better}
    ranked = most_useful_first(mine, higher_is_better=better)
    by_kind = {kind: [one for one in ranked if one.kind == kind] for kind in (OWN, OTHERS)}
    leading = next((kind for kind in (OWN, OTHERS) if carries_an_order(by_kind[kind])), None)
    if leading is None:
        return ()
    chances = {kind: _chances(by_kind[kind]) for kind in by_kind}
    return tuple(
        Place(asked[one.condition], chances[OWN].get(one.condition), chances[OTHERS].get(one.condition))
        for one in by_kind[leading]
    )


def _chances(ranked: Sequence[Usefulness]) -> dict[str, float | None]:
    return {one.condition: one.probability for one in ranked}


def _table(outcome: Question, places: Sequence[Place]) -> Table:
    columns = (_("Condition"), _("By people's own reports"), _("By what the others said"))
    rows = [(upper(one.condition.title), _chance(one.own), _chance(one.others)) for one in places]
    width = 3 if any(one.others is not None for one in places) else 2
    caption = _("%(outcome)s: chance that changing this condition first helps most") % {
        "outcome": upper(outcome.title)
    }
    return Table(caption, columns[:width], tuple(row[:width] for row in rows))


def _chance(probability: float | None) -> str:
    """A chance in tenths, as it is worked out: never nought and never certain."""
    if probability is None:
        return _("too coarse to say")
    tenths = round(probability * TENTHS)
    if not tenths:
        return _("less than 1 in 10")
    return _("more than 9 in 10") if tenths == TENTHS else _("%(tenths)s in 10") % {"tenths": tenths}


def _limits() -> str:
    return _("This is a place to begin a talk, and no proof. It rests on links, and a link is not a cause.")


def _reading() -> str:
    return _(
        "Each chance is worked out from the printed figures above, and is no finer than they are. If all "
        "chances together are small, perhaps none of these helps much."
    )


def _none(outcomes: Sequence[str]) -> str:
    said = _(
        "No order is shown for %(names)s: the figures are too coarse or too close, so chance would decide."
    )
    return said % {"names": listed(tuple(outcomes))}


def _next() -> str:
    return _(
        "Choose a condition with those who do the work, and try something. Whether it helped is told later."
    )
