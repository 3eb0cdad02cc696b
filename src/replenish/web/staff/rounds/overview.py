"""Seasons and rounds, for everybody who acts for the organisation: what is on, and what comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.basis import clock
from replenish.conditions import queries
from replenish.conditions.composition import groups_of
from replenish.conditions.response import paused_groups
from replenish.conditions.rounds import holidays_of, may_set_rounds
from replenish.people.askers import Asker
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.rounds.told import (
    NOT_OVER,
    GroupShown,
    Holiday,
    RoundTold,
    groups_shown,
    holidays_shown,
    round_told,
)


@dataclass(frozen=True)
class SeasonShown:
    """A season as the page shows it."""

    number: int
    starts_on: date
    ends_on: date
    rounds: list[RoundTold]
    groups: list[GroupShown]
    holidays: list[Holiday]

    @property
    def table(self) -> str:
        """The id of its table on the page."""
        return f"season-{self.number}"


@staff_page()
@require_safe
def rounds(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The season that runs or comes, its groups with the reasons, and what comes next."""
    today = clock.today()
    seasons = queries.seasons(asker.organisation)
    held = queries.rounds(asker.organisation)
    told = [round_told(row) for row in held]
    coming = next((round_told(row) for row in held if row.state == "planned"), None)
    shown = {
        "open": next((row for row in told if row.is_open), None),
        "coming": coming,
        "seasons": [_shown(asker, one, held) for one in seasons if one.ends_on > today],
        "earlier": [round_told(row) for row in held if _season_over(row.season, seasons, today)],
        "last": seasons[-1] if seasons else None,
        "is_next_planned": bool(seasons) and seasons[-1].starts_on > today,
        "paused": paused_groups(asker.organisation),
        "may_set": may_set_rounds(asker),
        "can_cancel": any(row.state in NOT_OVER for row in held),
    }
    return drawn(request, "staff/rounds/rounds.html", shown)


def _season_over(number: int, seasons: tuple[queries.SeasonSummary, ...], today: date) -> bool:
    return any(one.number == number and one.ends_on <= today for one in seasons)


def _shown(
    asker: Asker, season: queries.SeasonSummary, held: tuple[queries.RoundSummary, ...]
) -> SeasonShown:
    return SeasonShown(
        season.number,
        season.starts_on,
        season.ends_on,
        [round_told(row) for row in held if row.season == season.number],
        groups_shown(groups_of(asker.organisation, season.season)),
        holidays_shown(holidays_of(asker.organisation, season.season)),
    )
