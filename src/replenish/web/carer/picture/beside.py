"""What a person said about their conditions, and beside it what was published about their group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from replenish.conditions.queries import ReleasedGroup
from replenish.disclosure.bands import Band
from replenish.disclosure.release import Cell
from replenish.measures.library import load_pack
from replenish.voices.queries import MySeat
from replenish.web.carer.picture.drawing import band
from replenish.web.carer.picture.said import TOGETHER, Answers
from replenish.web.carer.question_form import choices_of
from replenish.web.shared.questions import ROUND, WEEKLY

CONDITION = "condition"
CARRIED = ((WEEKLY, TOGETHER), (ROUND, "witness"), (ROUND, "overload"), (ROUND, "meaning"))


@dataclass(frozen=True)
class Beside:
    """What stands beside a person's own words about their conditions.

    Args:
        seat: with a group; None without one.
        released: what was published about the group; None while there is nothing.
        changed: whether what was published has been changed since, and so is not shown.
    """

    seat: MySeat | None
    released: ReleasedGroup | None
    changed: bool


@dataclass(frozen=True)
class Answer:
    """One question in a few words, and the answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Row:
    """One condition, or one thing people carry.

    Args:
        name: of the scale; its drawing is described by the element of this name.
        title: of the scale.
        mine: the person's own answers; none where they were skipped.
        group: what was published about the group; empty where there is no release.
        drawn: the band, where one was published.
    """

    name: str
    title: str
    mine: tuple[Answer, ...]
    group: str
    drawn: SafeString | None


def conditions_of(answers: Answers, released: ReleasedGroup | None) -> tuple[Row, ...]:
    """Each condition with the person's newest answers and the latest band of the group.

    Conditions with neither are left out.
    """
    names = short_names(get_language() or "")
    labels = _labels(get_language() or "")
    rows = []
    for scale in load_pack(ROUND).scales:
        if scale.kind != CONDITION:
            continue
        mine = tuple(
            Answer(names[code], labels[code][answers[code]]) for code in scale.items if code in answers
        )
        row = _row(scale.code, gettext(scale.title), mine, released)
        if row.mine or row.group:
            rows.append(row)
    return tuple(rows)


def carried_by(released: ReleasedGroup) -> tuple[Row, ...]:
    """What the release says about what the people of the group carry together."""
    return tuple(
        _row(scale, gettext(load_pack(pack).scale(scale).title), (), released) for pack, scale in CARRIED
    )


def _row(name: str, title: str, mine: tuple[Answer, ...], released: ReleasedGroup | None) -> Row:
    cell = released.group.cells.get(name) if released is not None else None
    if cell is None:
        return Row(name, title, mine, "", None)
    drawn = None if cell.band is None else band(cell.band.low, cell.band.high, name=f"group-{name}")
    return Row(name, title, mine, cell_words(cell), drawn)


def cell_words(cell: Cell) -> str:
    """A published cell in words, no finer than it was published."""
    if cell.band is None:
        return _("not enough voices this time")
    where = _where(cell.band)
    if cell.change == "higher":
        return _("%(where)s, higher than in both rounds before") % {"where": where}
    if cell.change == "lower":
        return _("%(where)s, lower than in both rounds before") % {"where": where}
    return where


def _where(published: Band) -> str:
    low, high = f"{published.low:g}", f"{published.high:g}"
    if published.low <= 0:
        return _("below %(high)s of 100") % {"high": high}
    if published.high >= 100:
        return _("above %(low)s of 100") % {"low": low}
    return _("between %(low)s and %(high)s of 100") % {"low": low, "high": high}


@cache
def short_names(language: str) -> Mapping[str, str]:  # noqa: ARG001 - the language that is in force
    """The questions about conditions in a few words."""
    return {
        "supervision.held": _("Supervision in the last four weeks"),
        "supervision.safe": _("I could say there what was on my mind"),
        "process.time": _("Time after the hardest moment"),
        "process.asked": _("Someone asked how I was"),
        "workload.breaks": _("My breaks in full"),
        "workload.recover": _("Enough rest between two days"),
        "culture.voice": _("When someone said they were struggling"),
        "culture.said": _("When something was hard, I said so"),
        "leaders.model": _("A leader rested or asked for support"),
        "leaders.pushing": _("A leader pushed on without rest"),
        "reciprocity": _("Support went both ways"),
        "valued": _("Someone showed that my work counts"),
    }


@cache
def _labels(language: str) -> Mapping[str, Mapping[float, str]]:  # noqa: ARG001 - the labels are in this language
    return {
        code: {float(choice.value): gettext(choice.label) for choice in choices}
        for code, choices in choices_of(ROUND).items()
    }
