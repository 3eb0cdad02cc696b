"""What goes with what people carry: results of the newest release over the whole organisation, as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.model_results.words import (
    CANNOT_TELL,
    GOES_WITH_LESS,
    GOES_WITH_MORE,
    ICC_WORDS,
    SHARE_WORDS,
    TOO_FEW,
)
from replenish.disclosure.release import Release
from replenish.report.document import (
    Block,
    Bullets,
    Chart,
    Heading,
    IntervalMarks,
    IntervalRow,
    Paragraph,
    Section,
    Table,
)
from replenish.report.questions import Question
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import listed, number, upper

OWN, OTHERS = "own reports", "split voice"
ICC, SHARE = "icc", "share explained"
DIFFER: Mapping[str, Promise] = {
    ICC_WORDS[0]: gettext_lazy("Groups hardly differ in this. Most of the difference lies between people."),
    ICC_WORDS[1]: gettext_lazy("Groups differ somewhat in this."),
    ICC_WORDS[2]: gettext_lazy("Groups differ clearly in this."),
}
EXPLAINED: Mapping[str, Promise] = {
    SHARE_WORDS[0]: gettext_lazy("All conditions together go with little of these differences."),
    SHARE_WORDS[1]: gettext_lazy("All conditions together go with a good part of these differences."),
    SHARE_WORDS[2]: gettext_lazy("All conditions together go with most of these differences."),
}


def links(source: Source) -> Section:
    """The links with their intervals, in words and in a picture; or why there are none."""
    title = _("What goes with it")
    latest = source.latest
    results = results_of(latest.published.release) if latest is not None else ()
    singles = [result for result in results if result.kind in (OWN, OTHERS)]
    if not any(result.words != TOO_FEW for result in singles):
        return Section("links", title, _none(results))
    blocks: list[Block] = [
        Paragraph(_("These are links, not causes. They are about the whole organisation."), "lead"),
        Paragraph(
            _(
                "A link compares groups that have much of a condition with groups that have little of it. If "
                "a bar crosses the line in the middle, there may be no difference at all. An open dot stands "
                "for what the others in the group said."
            )
        ),
    ]
    outcomes = [question for question in source.questions if question.role == "outcome"]
    for outcome in outcomes:
        blocks += _outcome(source, outcome, [result for result in results if result.outcome == outcome.name])
    blocks.append(
        Paragraph(
            _(
                "The same person speaks of the condition and of what they carry. A bad day colours both, so "
                "such a link looks stronger than it is. What the others in the group said is the harder test."
            )
        )
    )
    return Section("links", title, tuple(blocks))


def results_of(release: Release) -> tuple[ModelResult, ...]:
    """The model results of a release."""
    return release.model_results


def _none(results: Sequence[ModelResult]) -> tuple[Block, ...]:
    if results:
        why = _("No single link can be shown: one person's answers would move such a figure too much.")
    else:
        why = _("No links are shown. They need at least 50 people with full answers, in at least 5 groups.")
    meanwhile = _("Meanwhile, read the bands above together, and ask what lies behind them.")
    return Paragraph(why), Paragraph(meanwhile)


def _outcome(source: Source, outcome: Question, results: Sequence[ModelResult]) -> list[Block]:
    if not results:
        return []
    blocks: list[Block] = [Heading(upper(outcome.title))]
    told = [str(words[result.words or ""]) for result, words in _spreads(results) if result.words in words]
    if told:
        blocks.append(Paragraph(" ".join(told)))
    rows = [
        (condition, result)
        for condition in source.questions
        if condition.role == "condition"
        for kind in (OWN, OTHERS)
        for result in results
        if result.condition == condition.name and result.kind == kind
    ]
    drawn = [(condition, result) for condition, result in rows if result.estimate is not None]
    if drawn:
        blocks.append(_chart(source, outcome, drawn))
    sentences = _sentences(outcome, rows)
    if sentences:
        blocks.append(Bullets(sentences))
    return blocks


def _spreads(results: Sequence[ModelResult]) -> list[tuple[ModelResult, Mapping[str, Promise]]]:
    """How much groups differ, then how much of that goes with the conditions."""
    kinds = ((ICC, DIFFER), (SHARE, EXPLAINED))
    return [(result, words) for kind, words in kinds for result in results if result.kind == kind]


def _sentences(outcome: Question, rows: Sequence[tuple[Question, ModelResult]]) -> tuple[str, ...]:
    """One for each clear link; those without one share the last."""
    told = [said for condition, result in rows if (said := _sentence(result, condition, outcome))]
    clear = {condition.name for condition, result in rows if _sentence(result, condition, outcome)}
    unclear = dict.fromkeys(
        condition.title
        for condition, result in rows
        if condition.name not in clear and result.words != TOO_FEW
    )
    hidden = dict.fromkeys(
        condition.title for condition, result in rows if result.kind == OWN and result.words == TOO_FEW
    )
    if unclear:
        told.append(_("No clear link was found with %(names)s.") % {"names": listed(tuple(unclear))})
    if hidden:
        told.append(
            _("Not shown, because one person's answers would move the figure too much: %(names)s.")
            % {"names": listed(tuple(hidden))}
        )
    return tuple(told)


def _sentence(result: ModelResult, condition: Question, outcome: Question) -> str:
    """A clear link in a sentence; empty for one that is not clear or not shown."""
    names = {"condition": condition.title, "outcome": outcome.title}
    if result.low is None or result.high is None or result.estimate is None:
        if result.words in (CANNOT_TELL, TOO_FEW) or result.words is None:
            return ""
        return _in_words(result, names)
    if result.low <= 0 <= result.high:
        return ""
    near, far = sorted((abs(result.low), abs(result.high)))
    figures = {"points": number(abs(result.estimate)), "near": number(near), "far": number(far)}
    if result.kind == OTHERS:
        higher = _("As the others said it: higher by about %(points)s (most likely %(near)s to %(far)s).")
        lower = _("As the others said it: lower by about %(points)s (most likely %(near)s to %(far)s).")
    else:
        higher = _(
            "Where “%(condition)s” is higher, “%(outcome)s” is higher by about %(points)s of 100 (most "
            "likely %(near)s to %(far)s)."
        )
        lower = _(
            "Where “%(condition)s” is higher, “%(outcome)s” is lower by about %(points)s of 100 (most "
            "likely %(near)s to %(far)s)."
        )
    return (higher if result.estimate > 0 else lower) % (names | figures)


def _in_words(result: ModelResult, names: Mapping[str, str]) -> str:
    by_others = result.kind == OTHERS
    if result.words == GOES_WITH_MORE:
        if by_others:
            return _("As the others said it: “%(condition)s” goes with a higher “%(outcome)s”.") % names
        return (
            _("Where “%(condition)s” is higher, “%(outcome)s” is higher. By how much cannot be said.") % names
        )
    if result.words == GOES_WITH_LESS:
        if by_others:
            return _("As the others said it: “%(condition)s” goes with a lower “%(outcome)s”.") % names
        return (
            _("Where “%(condition)s” is higher, “%(outcome)s” is lower. By how much cannot be said.") % names
        )
    return ""


def _chart(source: Source, outcome: Question, drawn: Sequence[tuple[Question, ModelResult]]) -> Chart:
    rows, cells = [], []
    for condition, result in drawn:
        if result.estimate is None or result.low is None or result.high is None:
            continue
        others = result.kind == OTHERS
        said = _("what colleagues said") if others else _("what the same people said")
        label = _("%(condition)s, as the others said") % {"condition": condition.title}
        rows.append(
            IntervalRow(
                label if others else condition.title, result.estimate, result.low, result.high, hollow=others
            )
        )
        step = "" if result.step is None else number(result.step)
        cells.append((upper(condition.title), said, number(result.estimate), _from_to(result), step))
    place = source.questions.index(outcome) + 1
    return Chart(
        name=f"links-{place}",
        title=_("How much higher or lower it is with more of each condition, in points of 100"),
        description=_("One bar for each condition. The table below has every figure."),
        marks=IntervalMarks(tuple(rows), outcome.tint, _("lower"), _("higher")),
        table=Table(
            _("Links with “%(outcome)s”, in points of 100") % {"outcome": outcome.title},
            (_("Condition"), _("Who said it"), _("Difference"), _("Most likely between"), _("In steps of")),
            tuple(cells),
        ),
    )


def _from_to(result: ModelResult) -> str:
    if result.low is None or result.high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": number(result.low), "high": number(result.high)}
