"""What is said about groups on one question: always a band, always with its groups named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from replenish.disclosure.bands import Band
from replenish.disclosure.scale import AnswerScale
from replenish.report.questions import Question
from replenish.report.wording.figures import (
    first_upper,
    interval_words,
    number,
    plural,
    share_words,
    span_words,
)

MIDDLE = 50.0
NOT_ENOUGH = "not enough voices this time"
NOT_SHOWN = "not shown"
NOBODY = (
    "No group had enough voices this time, so nothing is shown about people. Nothing is lost, and nobody "
    "did anything wrong."
)
BANDS_EXPLAINED = (
    "A stretch shows where the mean of a group lies. It may lie anywhere in it. A band says where to sit "
    "down with a group and listen. It does not rank groups, and this report never does."
)
LINES_EXPLAINED = "Each thin line is one group. Lines with the same band lie together."
PARENTS_EXPLAINED = (
    "A thin grey stretch is a larger part. It is worked out from the bands of its groups; the upright "
    "mark is their middle."
)
TOO_MANY_TO_DRAW = "There are too many groups to draw one by one. Every band is in the numbers at the end."
IN_THE_NUMBERS = "The band of every group is in the numbers at the end."
NO_CONDITIONS = "No condition was asked about. The next time, ask about the work as well as about people."
NO_OUTCOMES = "Nothing was asked about what people carry."
CHANGE_EXPLAINED = (
    "“Higher” and “lower” say how a band lies beside both bands published before. No word means no clear "
    "change."
)
VOICES_EXPLAINED = "“Voices” is how many people answered, in classes."
OTHER_VOICES = "Another number of voices below a band holds for that band."
NOT_SHOWN_EXPLAINED = f"“{first_upper(NOT_SHOWN)}” means {NOT_ENOUGH}."
PARTS_EXPLAINED = (
    "Each entry says where the mean of the part must lie if its groups lie in their bands. Below it "
    "stands the middle. Here, and only on the page, they are in whole points."
)


def spans(bands: Sequence[Band]) -> str:
    """Where most groups lie, in a few words."""
    counted = Counter(bands)
    total = len(bands)
    band, most = min(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    where = span_words(band.low, band.high)
    if total == 1:
        return f"one group is shown, {where}"
    if most == total:
        return f"all {total} groups shown lie {where}"
    if most * 2 > total:
        return f"{most} of {total} groups lie {where}"
    # The middle of the scale is a cut for every size class, so each band lies on one side of it.
    above = sum(band.low >= MIDDLE for band in bands)
    if above * 2 == total:
        return f"half of {total} groups lie above {number(MIDDLE)}, half below"
    side, many = ("above", above) if above * 2 > total else ("below", total - above)
    return f"{many} of {total} groups lie {side} {number(MIDDLE)}"


def finding(question: Question, bands: Sequence[Band]) -> str:
    """The title of a question's chart: what it shows, in words."""
    return f"{first_upper(question.title)}: {spans(bands)}"


def group_by_group(question: Question, part: int, parts: int) -> str:
    """The title of a chart that follows the overview."""
    title = f"{first_upper(question.title)}, group by group"
    return title if parts == 1 else f"{title}, part {part} of {parts}"


def direction(question: Question) -> str:
    """Which end is the better one, if that was declared."""
    if question.higher_is_better is None:
        return "Nobody has said which end is better, so the report says only higher and lower."
    return "Higher is better." if question.higher_is_better else "Lower is better."


def better_end(question: Question) -> str:
    """The better end in one word, for a table."""
    if question.higher_is_better is None:
        return "not said"
    return "higher" if question.higher_is_better else "lower"


def asked(question: Question, scale: AnswerScale) -> str:
    """What the question is, its range, and its direction."""
    what = f"This is {question.gloss}. " if question.gloss else ""
    if scale.is_share:
        ends = two_answers(scale)
    elif (scale.low, scale.high) == (0.0, 100.0):
        ends = "It runs from 0 to 100. "
    else:
        ends = f"Its answers go from {number(scale.low)}, shown as 0, to {number(scale.high)}, shown as 100. "
    return f"{what}{ends}{direction(question)}"


def two_answers(scale: AnswerScale) -> str:
    """What a band means where only two answers were possible: a share."""
    if (scale.low, scale.high) == (0.0, 1.0):
        ends, said = "no, shown as 0, and yes, shown as 100", "said yes"
    else:
        ends = f"{number(scale.low)}, shown as 0, and {number(scale.high)}, shown as 100"
        said = f"answered {number(scale.high)}"
    share = f"40 to 50 means that {share_words(40, 50)} {said}"
    return f"Only two answers were possible: {ends}. So a band is a share: {share}. "


def own_units(scale: AnswerScale, low: float, high: float) -> str:
    """A band in the column's own units, for the table; as a share where only two answers were possible."""
    if scale.is_share:
        return share_words(low, high)
    factor = (scale.high - scale.low) / 100
    return interval_words(scale.low + low * factor, scale.low + high * factor)


def described(question: Question, bands: Sequence[Band], silent: int) -> str:
    """A description of a chart for those who do not see it."""
    text = f"{first_upper(spans(bands))}, on a scale from 0 to 100 for {question.spoken}."
    if silent:
        text += f" For {plural(silent, 'group')} there were not enough voices."
    return text + " The table beside the chart has every band."


def voices(size: str) -> str:
    """A class of the number of voices as it is read: `7–12`."""
    return size.replace("-", "–")


def on_the_page(rows: int) -> str:
    """Where a table is that would fill page after page of paper."""
    return (
        f"This table has {rows} rows. It is left out on paper: it stands in full in report.html and in "
        "report.csv."
    )


def silent_groups(count: int) -> str:
    """How many groups are not shown, and why."""
    return (
        f"For {plural(count, 'group')} there were not enough voices this time. "
        "That depends only on how many answered, never on what they said."
    )
