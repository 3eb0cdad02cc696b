"""All supervision, and all debriefs, of an organisation at a glance: indicators with their charts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions.facts.kinds import Kind
from replenish.conditions.facts.over_all import (
    QuarterFell,
    Share,
    days_between,
    indicators_of,
    quarters_fell,
)
from replenish.conditions.facts.reading import ProvidedOverTime, facts_of
from replenish.conditions.facts.trees import WHOLE
from replenish.conditions.ratings.published import SeasonRated, rated_seasons
from replenish.people.askers import Asker
from replenish.people.roles import READERS
from replenish.web.conditions_report.figure_words import better, days, figure, kind_name, share
from replenish.web.conditions_report.wording import day, silence, voices, where
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.provision.charting import FactChart, NoChart, charted
from replenish.web.staff.supervision.said import REASONS, SIDES

QUARTERS = 4
RATED: Mapping[str, str | Promise] = {
    "session_safe": gettext_lazy("Safe to speak"),
    "session_reflecting": gettext_lazy("Time to think, and not only to check"),
}


@dataclass(frozen=True)
class Indicator:
    """One indicator with its newest figure and its chart."""

    kind: Kind
    name: str
    better: str
    now: str
    chart: FactChart | NoChart | None


@dataclass(frozen=True)
class Counted:
    """A side or a reason with its count."""

    name: str | Promise
    count: int
    out_of: int


@dataclass(frozen=True)
class Fell:
    """What fell through in one quarter."""

    days: str
    sides: tuple[Counted, ...]
    reasons: tuple[Counted, ...]


@dataclass(frozen=True)
class Rated:
    """One question about sessions in one season."""

    name: str | Promise
    said: str
    voices: str
    from_day: str


@staff_page(*READERS)
@require_safe
def all_supervision(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Indicators of supervision over the whole organisation, what fell through, and how sessions were."""
    shown = {
        "indicators": _indicators(asker.organisation, "supervision"),
        "between": days_between(asker.organisation),
        "fell": [_fell(one) for one in quarters_fell(asker.organisation)[:QUARTERS]],
        "rated": [rated for season in reversed(rated_seasons(asker)[-QUARTERS:]) for rated in _rated(season)],
    }
    return drawn(request, "staff/provision/all_supervision.html", shown)


@staff_page(*READERS)
@require_safe
def all_debriefs(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What followed hard incidents, over the whole organisation."""
    shown = {"indicators": _indicators(asker.organisation, "debrief")}
    return drawn(request, "staff/provision/all_debriefs.html", shown)


def _indicators(organisation: str, group: str) -> list[Indicator]:
    """The facts of the whole organisation in this group, and then what is looked at beside them."""
    facts = [told for told in facts_of(organisation, [WHOLE], clock.today()) if told.kind.group == group]
    return [_indicator(told) for told in (*facts, *indicators_of(organisation, group))]


def _indicator(told: ProvidedOverTime) -> Indicator:
    newest = told.periods[-1]
    now = _("%(share)s, %(figure)s, %(days)s") % {
        "share": share(told.kind, newest),
        "figure": figure(told.kind, newest),
        "days": days(newest.first_day, newest.last_day),
    }
    return Indicator(
        told.kind, kind_name(told.kind), better(told.kind), now, charted(told.kind, told.periods)
    )


def _fell(one: QuarterFell) -> Fell:
    return Fell(days(one.first_day, one.last_day), _counted(one.sides, SIDES), _counted(one.reasons, REASONS))


def _counted(shares: Iterable[Share], names: Mapping[str, str | Promise]) -> tuple[Counted, ...]:
    return tuple(Counted(names.get(one.code, one.code), one.count, one.out_of) for one in shares)


def _rated(season: SeasonRated) -> list[Rated]:
    """A band for each question, or that too few answered."""
    from_day = day(season.visible_from)
    group = next(iter(season.release.groups), None)
    found = []
    for name, title in RATED.items():
        cell = group.cells[name] if group is not None else None
        if cell is None or cell.band is None:
            found.append(Rated(title, silence(), "", from_day))
        else:
            found.append(Rated(title, where(cell.band.low, cell.band.high), voices(cell), from_day))
    return found
