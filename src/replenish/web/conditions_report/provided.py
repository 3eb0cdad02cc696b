"""The seam to the facts of provision: what an organisation provides, before anything about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from replenish.conditions.facts.reading import ProvidedInPeriod, ProvidedOverTime, facts_of, unit_at, units_at
from replenish.disclosure.partition import UnitPath
from replenish.web.conditions_report.figure_words import days, figure, kind_name


@dataclass(frozen=True)
class Fact:
    """One fact of provision, as a page prints it: about what was provided, never about how anybody feels.

    Attributes:
        name: what is counted.
        now: the newest figure, with what it is counted out of.
        before: the figure before it, with its days; empty where there is none.
        until: the last day it speaks about.
        source: where the numbers come from, or that parts were added up.
        over_time: every figure of its kind for this part, oldest first.
    """

    name: str
    now: str
    before: str
    until: date
    source: str
    over_time: ProvidedOverTime


def facts_about(
    organisation: str, units: Sequence[UnitPath], until: date, *, node: UnitPath | None = None
) -> tuple[Fact, ...]:
    """The facts of these units together, or of a part of the tree, up to a day.

    Args:
        organisation: its id.
        units: paths of the units of a group; none for a part of the tree.
        until: the last day that counts.
        node: the path of a part of the tree; the whole organisation unless given.
    """
    if units:
        scope = units_at(organisation, units)
    else:
        unit = unit_at(organisation, node or ())
        scope = () if unit is None else (unit,)
    return tuple(map(_fact, facts_of(organisation, scope, until))) if scope else ()


def source_words(period: ProvidedInPeriod) -> str:
    """Where a figure comes from."""
    if period.by_room:
        return _("counted by the pages of supervision and debrief")
    return _("added up from its parts") if period.added_up else period.source or _("entered by hand")


def _fact(told: ProvidedOverTime) -> Fact:
    newest = told.periods[-1]
    before = told.periods[-2] if len(told.periods) > 1 else None
    return Fact(
        kind_name(told.kind),
        with_days(told, newest),
        with_days(told, before) if before is not None else "",
        newest.last_day,
        source_words(newest),
        told,
    )


def with_days(told: ProvidedOverTime, period: ProvidedInPeriod) -> str:
    """A figure and its days."""
    return _("%(figure)s, %(days)s") % {
        "figure": figure(told.kind, period),
        "days": days(period.first_day, period.last_day),
    }
