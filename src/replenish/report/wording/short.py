"""The report in a few sentences, for somebody who has one minute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from replenish.report.questions import Question
from replenish.report.wording.effects import groups_differ
from replenish.report.wording.figures import first_upper, listed

Side = Literal["below", "above"]

NOT_BETTER_OR_WORSE = (
    "Nobody has said which end of the conditions is better, so none of them can be called short."
)
NONE_HEARD = "About the conditions no group had enough voices this time."
NONE_SHORT = "In no condition do most groups lie in the worse half of the scale."
NO_LINK_ASKED = "What goes with what was not looked at. That needs a condition and something people carry."
NO_LINK_SHOWN = (
    "What goes with what cannot be shown here. One person's answers could be seen in such a figure."
)
NO_LINK_CLEAR = "No link between a condition and what people carry is clear."
NEXT = "Next, read this with the groups, ask what lies behind it, and choose one or two conditions together."
NEXT_SILENT = "Next, look at facts such as supervision held and breaks taken, and talk about them together."
HOW_SURE = (
    "Bands are wide and links are not causes. Take this as a place to begin a talk, not as a judgement."
)
HOW_SURE_SILENT = "That nothing is shown says nothing about how people are."


def groups_shown(shown: int, total: int) -> str:
    """How many groups the report speaks about."""
    if shown == total:
        return "1 group is shown." if total == 1 else f"{total} groups are shown."
    verb = "is" if shown == 1 else "are"
    return f"{shown} of {total} groups {verb} shown. The others had not enough voices this time."


def short_of(conditions: Sequence[Question], side: Side, many: int, shown: int) -> str:
    """Where most groups lie in the worse half of the scale."""
    names = listed([question.spoken for question in conditions])
    amount = "little of" if side == "below" else "much of"
    better = "" if side == "below" else ", where less is better"
    groups = f"{many} of {shown} groups"
    verb = "lies" if shown == 1 else "lie"
    return f"Most groups have {amount} {names}{better}: {groups} {verb} {side} 50 of 100."


def clear_links(links: Sequence[str], more: int) -> str:
    """The clear links, and how many more there are."""
    rest = f" {more} more {'is' if more == 1 else 'are'} told below." if more else ""
    return f"{' '.join(links)}{rest}"


def clear_link(condition: Question, outcome: Question, *, higher: bool) -> str:
    """One clear link."""
    return f"Where {condition.spoken} is higher, {outcome.spoken} is {'higher' if higher else 'lower'}."


def differ(by_amount: Sequence[tuple[str, Sequence[str]]]) -> str:
    """How much groups differ in what people carry; empty where nothing is known."""
    parts = [(amount, listed(names)) for amount, names in by_amount if names]
    if len(parts) == 1:
        return groups_differ(*parts[0])
    told = [f"{amount} in {names}" for amount, names in parts]
    return f"Groups differ {', and '.join(told)}." if told else ""


def point_to(firsts: Sequence[tuple[str, str, str]]) -> str:
    """What the printed figures point to first, with the chance that it is most useful."""
    parts = [f"{condition} for {outcome} (a chance of {chance})" for condition, outcome, chance in firsts]
    return f"The figures point first to {listed(parts)}."


def sentences(parts: Sequence[str]) -> str:
    """Sentences in one breath; those that do not apply are empty."""
    return " ".join(first_upper(part) for part in parts if part)
