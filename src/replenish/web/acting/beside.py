"""What else changed while an action ran: from facts, releases and other actions, never from answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from replenish.conditions.actions.told import Acting
from replenish.conditions.queries import Published
from replenish.web.acting.words import title_of
from replenish.web.conditions_report.provided import Fact

TURNOVER = "turnover"


def beside(
    acting: Acting, known: Sequence[Acting], published: Sequence[Published], facts: Sequence[Fact]
) -> tuple[str, ...]:
    """Sentences about what else changed.

    Args:
        acting: the action.
        known: all actions of the organisation.
        published: the releases that the reader may read, oldest first.
        facts: of provision, of the whole organisation.
    """
    return (*_others(acting, known), *_response(acting, published), *_turnover(acting, facts))


def _others(acting: Acting, known: Sequence[Acting]) -> Iterator[str]:
    units = {unit for unit, _day in acting.starts}
    for other in known:
        touches = units & {unit for unit, start in other.starts if start is not None}
        if other.action != acting.action and other.has_begun and touches and _meet(acting, other):
            yield _("Another action ran there at the same time: “%(title)s”.") % {"title": title_of(other)}


def _meet(one: Acting, other: Acting) -> bool:
    """Whether two actions ran on a day in common; what is done stays in place."""
    ends = [one.ended_on or date.max if one.state == "stopped" else date.max for one in (one, other)]
    return min(one.days()) <= ends[1] and min(other.days()) <= ends[0]


def _response(acting: Acting, published: Sequence[Published]) -> Iterator[str]:
    first = min(acting.days())
    before = [one.release.response_quarter for one in published if one.closed_on <= first]
    after = [one.release.response_quarter for one in published if one.closed_on > first]
    if before and after and before[-1] and after[-1] and before[-1] != after[-1]:
        yield _("Another share of people answered than before, in the whole organisation.")


def _turnover(acting: Acting, facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        if fact.over_time.kind.code == TURNOVER and fact.until >= min(acting.days()):
            yield _("%(name)s, in the whole organisation: %(figure)s.") % {
                "name": fact.name,
                "figure": fact.now,
            }
