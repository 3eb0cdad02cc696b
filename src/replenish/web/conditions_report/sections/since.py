"""What leaders say became of a promise, and what staff's events in releases say beside it.

An association only: the sentence stands beside the promise, and a line under all of them says that the one
need not come from the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from replenish.disclosure.release import Cell
from replenish.leadership.queries import Logged, Made, Outcome, Promise
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.parts import PartInRound
from replenish.web.conditions_report.sections.rounds import cell_of
from replenish.web.conditions_report.wording import change, day, number, outwards, upper, where

OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.KEPT: gettext_lazy("Said to be kept by %(name)s on %(day)s. Why: %(why)s"),
    Outcome.PARTLY: gettext_lazy("Said to be partly kept by %(name)s on %(day)s. Why: %(why)s"),
    Outcome.NOT_KEPT: gettext_lazy("Said not to be kept by %(name)s on %(day)s. Why: %(why)s"),
}


def became(made: Made) -> tuple[str, ...]:
    """What was said about a promise since, in the order of saying."""
    return tuple(_logged(one) for one in made.log)


def _logged(one: Logged) -> str:
    told = {"name": one.signed, "day": day(one.said_on), "why": one.why}
    return str(OUTCOMES[one.outcome]) % told


def since(promise: Promise, answered: int, rounds: Sequence[PartInRound]) -> str:
    """What was published about its condition after the round it answered, beside what was published then.

    Args:
        promise: it may name a condition.
        answered: the number of the round that was answered.
        rounds: one part in each release that may be read, oldest first.

    Returns:
        One or two sentences; empty where no condition is named, or nothing was published since.
    """
    later = [one for one in rounds if one.published.round > answered and _shown(one, promise.condition)]
    if not promise.condition or not later:
        return ""
    newest = later[-1]
    title = condition_titles().get(promise.condition, promise.condition)
    said = _("What staff said about “%(title)s” in round %(round)s: %(where)s.") % {
        "title": upper(title),
        "round": number(newest.published.round),
        "where": _shown(newest, promise.condition),
    }
    then = next((one for one in rounds if one.published.round == answered), None)
    before = _shown(then, promise.condition) if then is not None else ""
    if not before:
        return said
    told = {"round": number(answered), "where": before}
    return f"{said} {_('In round %(round)s, before the promise: %(where)s.') % told}"


def caution() -> str:
    """What stands under promises with something published beside them."""
    return _(
        "What staff said since stands beside what was promised. The one need not come from the other. Nobody "
        "counts how much was kept."
    )


def _shown(one: PartInRound, condition: str) -> str:
    """Where a condition lies in a release, with its arrow; empty where nothing is shown, or with others."""
    cell = cell_of(one, condition)
    if cell is None or (one.parent is None and not one.alone):
        return ""
    if not isinstance(cell, Cell):
        return where(*outwards(cell))
    if cell.band is None:
        return ""
    lies, moved = where(cell.band.low, cell.band.high), change(cell, compared=False)
    return _("%(where)s, %(change)s") % {"where": lies, "change": moved} if moved else lies
