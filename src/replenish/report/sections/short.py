"""In short: the whole report in a minute, from published bands and printed results alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from replenish.disclosure.model_results.words import GOES_WITH_MORE, TOO_FEW
from replenish.report.document import Bullets, Paragraph, Section
from replenish.report.findings import Findings
from replenish.report.order import clear, order_of_conditions
from replenish.report.questions import Question
from replenish.report.wording import bands as band_words
from replenish.report.wording import effects as effect_words
from replenish.report.wording import short as words
from replenish.report.wording.figures import chance

LINKS_NAMED = 2
EFFECTS = ("own reports", "split voice")


@dataclass(frozen=True)
class Shortage:
    """How many of the groups shown lie in the worse half of the scale of a condition."""

    condition: Question
    side: words.Side
    many: int
    shown: int

    @property
    def share(self) -> Fraction:
        """The share of groups; exact, so that equal shares are told together."""
        return Fraction(self.many, self.shown)


def in_short(findings: Findings) -> Section:
    """How many groups, what most of them are short of, what goes with what, what next, and how sure."""
    title = "In short"
    names = [question.name for question in findings.questions]
    shown = sum(any(group.cells[name].band is not None for name in names) for group in findings.groups)
    if not shown:
        silent = (band_words.NOBODY, words.HOW_SURE_SILENT, words.NEXT_SILENT)
        return Section("short", title, (Bullets(silent),))
    told = (
        words.sentences((words.groups_shown(shown, len(findings.groups)), _differ(findings))),
        _links(findings),
        words.sentences((_first(findings), words.NEXT)),
        words.HOW_SURE,
    )
    return Section("short", title, (Paragraph(_short_of(findings), "lead"), Bullets(told)))


def shortages(findings: Findings) -> list[Shortage]:
    """For each condition with a better end, the groups whose band lies on the other side of the middle."""
    found = []
    for condition in findings.conditions:
        bands = [cell.band for _, cell in findings.shown(condition.name) if cell.band is not None]
        if condition.higher_is_better is None or not bands:
            continue
        # The middle of the scale is a cut for every size class, so each band lies on one side of it.
        if condition.higher_is_better:
            many = sum(band.high <= band_words.MIDDLE for band in bands)
            found.append(Shortage(condition, "below", many, len(bands)))
        else:
            many = sum(band.low >= band_words.MIDDLE for band in bands)
            found.append(Shortage(condition, "above", many, len(bands)))
    return found


def _short_of(findings: Findings) -> str:
    """The condition in which the most groups lie in the worse half, if these are most groups."""
    if not findings.conditions:
        return band_words.NO_CONDITIONS
    if all(condition.higher_is_better is None for condition in findings.conditions):
        return words.NOT_BETTER_OR_WORSE
    found = shortages(findings)
    if not found:
        return words.NONE_HEARD
    most = max(found, key=lambda one: one.share)
    if most.share <= Fraction(1, 2):
        return words.NONE_SHORT
    alike = (most.side, most.many, most.shown)
    same = [one.condition for one in found if (one.side, one.many, one.shown) == alike]
    return words.short_of(same, *alike)


def _links(findings: Findings) -> str:
    """The clear links by people's own reports; else by what the others said; else why none is told."""
    if not findings.outcomes or not findings.conditions:
        return words.NO_LINK_ASKED
    results = [result for outcome in findings.outcomes for result in findings.results(outcome.name, *EFFECTS)]
    if all(result.words == TOO_FEW for result in results):
        return words.NO_LINK_SHOWN
    told = []
    for result in results:
        outcome, condition = findings.question(result.outcome), findings.question(result.condition)
        if outcome is None or condition is None or not clear(result):
            continue
        higher = result.words == GOES_WITH_MORE if result.low is None else result.low > 0
        told.append(words.clear_link(condition, outcome, higher=higher))
    told = list(dict.fromkeys(told))
    if not told:
        return words.NO_LINK_CLEAR
    return words.clear_links(told[:LINKS_NAMED], len(told[LINKS_NAMED:]))


def _differ(findings: Findings) -> str:
    """How much groups differ, outcome by outcome, by the words of the release."""
    amounts: dict[str, list[str]] = {amount: [] for amount in effect_words.DIFFER}
    for outcome in findings.outcomes:
        for result in findings.results(outcome.name, "icc"):
            amounts[effect_words.amount_of_difference(result)].append(outcome.spoken)
    return words.differ(tuple(reversed(amounts.items())))


def _first(findings: Findings) -> str:
    """What the order of conditions begins with, for each outcome that has one."""
    firsts = []
    for outcome in findings.outcomes:
        places = order_of_conditions(findings, outcome).places
        if places:
            probability = places[0].own_reports
            probability = places[0].split_voice if probability is None else probability
            firsts.append((places[0].condition.spoken, outcome.spoken, chance(probability)))
    return words.point_to(firsts) if firsts else ""
