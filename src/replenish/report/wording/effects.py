"""What is said about links between conditions and outcomes: associations, with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.disclosure.model_results import ModelResult
from replenish.disclosure.model_results.words import (
    CANNOT_TELL,
    GOES_WITH_LESS,
    GOES_WITH_MORE,
    ICC_WORDS,
    SHARE_WORDS,
)
from replenish.report.questions import Question
from replenish.report.wording.figures import first_upper, listed, number, plural

LEAD = "These are links, not causes. They say what goes together here, not what makes what happen."
SAME_PERSON = (
    "The same person answered about the condition and about what they carry. A bad day colours both, so a"
    " link of this kind looks stronger than it is."
)
OTHERS = (
    "“The others” means the rest of the group. A person's own mood cannot colour what they said about the "
    "condition. It is the harder test, and less certain."
)
OPEN_DOT = "In the picture, an open dot stands for what the others said."
COMPARED = (
    "Each link compares two kinds of group. One has as much of the condition as the upper quarter of groups, "
    "the other as little as the lower quarter."
)
BARS = (
    "A thin bar shows where the true difference most likely lies. If the bar crosses the line in the middle, "
    "there may be no difference at all."
)
TOO_SMALL = (
    "There are no figures here. Links are shown only for at least 50 people with complete answers, in at "
    "least 5 groups that are shown. With fewer, one person's answers could be seen in the result."
)
WHAT_TO_DO_SMALL = (
    "What to do meanwhile: read the bands above with each group, and ask what lies behind them. Facts "
    "about supervision, debriefs and rest need no minimum number of people."
)
NONE_SHOWN = (
    "No link with a single condition can be shown here. With so few people and groups for so many "
    "conditions, one person's answers would move such a figure too much."
)
NO_MODEL = "No outcome and condition were named together, so no link could be looked at."
ONLY_WORDS = (
    "Why some links are in words and not in numbers: each figure is rounded, so that nobody's answers can be "
    "seen in it. Here one step of rounding is wider than what is still uncertain. A number would look more "
    "exact than it is."
)
WHERE_ABSENT = "It is not in the release, so nothing is said about it, for or against."
OTHERS_NOT_SHOWN = (
    "What the others said cannot be shown here. One person's answers would move such a figure too much."
)
FLAT = "Nearly all of the difference lies between people, not between groups."
OTHERS_WORDED = {
    GOES_WITH_MORE: "Going by what the others said about it, more of it goes with a higher {outcome}.",
    GOES_WITH_LESS: "Going by what the others said about it, more of it goes with a lower {outcome}.",
    CANNOT_TELL: "Going by what the others said, no link is clear enough to print.",
}
SOURCES = {
    "own reports": "what the same people said",
    "split voice": "what their colleagues said",
    "icc": "how much groups differ",
    "share explained": "what the conditions explain together",
}


def source(kind: str) -> str:
    """Whose reports a link rests on."""
    return SOURCES[kind]


def effect(result: ModelResult, condition: Question, outcome: Question) -> str:
    """One link in a sentence, with its interval, and better or worse only where that was declared."""
    if result.estimate is None or result.low is None or result.high is None:
        return worded(result.words or CANNOT_TELL, condition, outcome)
    if result.low <= 0 <= result.high:
        return (
            f"There is no clear link between {condition.spoken} and {outcome.spoken}. "
            f"The difference lies most likely {_interval(result.low, result.high)}."
        )
    side = "higher" if result.estimate > 0 else "lower"
    return (
        f"Where {condition.spoken} is higher, {outcome.spoken} is {side} by about "
        f"{_points(result.estimate)} of 100 (most likely {_between(result.low, result.high)})."
        f"{better_or_worse(result.estimate, outcome)}"
    )


def worded(words: str, condition: Question, outcome: Question) -> str:
    """A link that may be said in words only."""
    if words in (GOES_WITH_MORE, GOES_WITH_LESS):
        side = "higher" if words == GOES_WITH_MORE else "lower"
        return (
            f"Where {condition.spoken} is higher, {outcome.spoken} is {side}. "
            "By how much cannot be said in a number."
        )
    return unclear([condition.spoken], outcome)


def unclear(conditions: Sequence[str], outcome: Question) -> str:
    """Conditions without a clear link, whoever reports them."""
    return f"No link between {listed(conditions, joint='or')} and {outcome.spoken} is clear enough to print."


def not_shown(conditions: Sequence[str]) -> str:
    """Why conditions have no figure; all of them where none is named."""
    which = f"The link with {listed(conditions)}" if conditions else "The link with any single condition"
    return f"{which} cannot be shown here. One person's answers would move such a figure too much."


def absent(conditions: Sequence[str], outcome: Question) -> str:
    """Conditions without any result for an outcome; every condition where none is named."""
    which = listed(conditions, joint="or") if conditions else "any condition"
    return f"A link of {outcome.spoken} with {which} could not be shown. {WHERE_ABSENT}"


def left_out(count: int) -> str:
    """How many links have no row among the numbers, and why."""
    verb = "is" if count == 1 else "are"
    return (
        f"{plural(count, 'link')} {verb} left out of this table, because one person's answers would move the "
        "figure too much."
    )


def effect_by_others(result: ModelResult, outcome: Question) -> str:
    """The same link as the others in the group report the condition; empty where it cannot be shown."""
    if result.estimate is None or result.low is None or result.high is None:
        return OTHERS_WORDED.get(result.words or CANNOT_TELL, "").format(outcome=outcome.spoken)
    if result.low <= 0 <= result.high:
        return f"Going by what the others said, the difference lies {_interval(result.low, result.high)}."
    side = "higher" if result.estimate > 0 else "lower"
    return (
        f"Going by what the others said, {outcome.spoken} is {side} by about {_points(result.estimate)} "
        f"(most likely {_between(result.low, result.high)})."
    )


def _points(value: float) -> str:
    return f"{number(abs(value))} {'point' if abs(value) == 1 else 'points'}"


def _between(low: float, high: float) -> str:
    near, far = sorted((abs(low), abs(high)))
    return f"between {number(near)} and {number(far)}"


def _interval(low: float, high: float) -> str:
    """An interval that may hold zero: `between 2 points lower and 5 points higher`."""
    if low == high == 0:
        return "less than one printing step away"
    return f"between {_sided(low, side='lower')} and {_sided(high, side='higher')}"


def _sided(value: float, *, side: str) -> str:
    if value == 0:
        return "no difference"
    return f"{_points(value)} {side}"


def better_or_worse(estimate: float, outcome: Question) -> str:
    """Whether a difference is for the better; nothing where no direction was declared."""
    if outcome.higher_is_better is None or estimate == 0:
        return ""
    better = (estimate > 0) == outcome.higher_is_better
    return f" That is {'better' if better else 'worse'}."


OTHERS_LABEL = "as the others said"


def by_others(title: str) -> str:
    """The label of a bar by the others' reports that stands alone."""
    return f"{title}, {OTHERS_LABEL}"


def title(outcome: Question, clear: list[str]) -> str:
    """The title of the chart of one outcome."""
    if not clear:
        return f"{first_upper(outcome.title)}: no condition has a clear link with it"
    return f"{first_upper(outcome.title)} goes with {listed(clear)}"


SHARES = ("little", "a good part", "most")
"""How much of the differences goes with the conditions, in the order of the words of a release."""
DIFFER = ("hardly", "somewhat", "clearly")
"""How much groups differ, in the order of the words of a release."""


def amount_of_difference(result: ModelResult) -> str:
    """How much groups differ, from the words of a release."""
    return DIFFER[ICC_WORDS.index(result.words or "")]


def groups_differ(amount: str, names: str) -> str:
    """How much groups differ, as a sentence."""
    return f"Groups {'hardly differ' if amount == DIFFER[0] else f'differ {amount}'} in {names}."


def spread(result: ModelResult, outcome: Question) -> str:
    """How much groups differ, or how much of that goes with the conditions, from the words of the release."""
    if result.kind == "icc":
        flat = f" {FLAT}" if result.words == ICC_WORDS[0] else ""
        return f"{groups_differ(amount_of_difference(result), outcome.spoken)}{flat}"
    share = SHARES[SHARE_WORDS.index(result.words or "")]
    return f"All these conditions together go with {share} of these differences."


def described(outcome: Question, rows: int) -> str:
    """A description of the chart for those who do not see it."""
    dots = "One bar with a dot" if rows == 1 else f"{rows} bars, each with a dot,"
    verb = "shows" if rows == 1 else "show"
    return (
        f"{dots} {verb} how much higher or lower {outcome.spoken} is, in points of 100. "
        "The line in the middle means no difference. The table beside the chart has every figure."
    )


def sides(outcome: Question) -> tuple[str, str]:
    """What lies on either side of the line of no difference."""
    if outcome.higher_is_better is None:
        return ("lower", "higher")
    return (
        ("lower, worse", "higher, better") if outcome.higher_is_better else ("lower, better", "higher, worse")
    )
