"""An organisation as it runs: people in every part, a season, and rounds with answers that close in time.

Everything but the answers goes through the actions of the application; the answers are written as sealed
contributions, because nothing here is about how one person gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.organisations import TEAMS, Staffed, staffed
from tests.web.staff_world import Person

from replenish.conditions.models import Round, Season
from replenish.conditions.queries import RoundSummary, rounds
from replenish.conditions.rounds import close_due, open_due, plan_season
from replenish.people.actions import appoint, replace_code
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind

VOICES = {"Ash": 12, "Elm": 10, "Oak": 5, "Fir": 18, "Yew": 9}
SERVICE = "Medicine"


@dataclass(frozen=True)
class RoundsWorld:
    """One organisation with rounds.

    Attributes:
        staffed: its units by name, and askers for the operator and both keys.
        people: one person for each part, each for the whole organisation.
        head: the steward of one service, and of nothing else.
    """

    staffed: Staffed
    people: Mapping[RoleKind, Person]
    head: Person

    @property
    def organisation(self) -> str:
        """Its id."""
        return self.staffed.id

    def asker(self, kind: RoleKind) -> Asker:
        """The person of this part, as actions want them."""
        return Asker(self.organisation, self.people[kind].account)


def begin_rounds_world(
    patch: pytest.MonkeyPatch,
    name: str = "Harbour House",
    teams: Mapping[str, Mapping[str, int]] = TEAMS,
) -> RoundsWorld:
    """An organisation on the first day of its first season, with nothing published yet."""
    worlds.set_day(patch, worlds.BEGINS)
    made = staffed(teams, name=name)
    people = {
        RoleKind.STEWARD: _with_code(made, made.steward.account),
        RoleKind.REPRESENTATIVE: _with_code(made, made.representative.account),
    }
    for kind in (RoleKind.DEPUTY, RoleKind.FACILITATOR, RoleKind.SUPERVISOR, RoleKind.OPERATOR):
        people[kind] = _appointed(made, kind, f"{kind.label} of {name}")
    head = _appointed(
        made, RoleKind.STEWARD, f"Head of {SERVICE} of {name}", unit=made.units[next(iter(teams))]
    )
    plan_season(asker=made.steward, starts_on=worlds.BEGINS)
    return RoundsWorld(made, people, head)


def live_round(
    patch: pytest.MonkeyPatch,
    world: RoundsWorld,
    *,
    voices: Mapping[str, int] = VOICES,
    shift: float = 0.0,
    beside: Mapping[str, Mapping[str, int]] | None = None,
) -> Round:
    """The next round, with so many answers by unit, closed on its day; rounds of others close with it.

    Args:
        patch: sets the day.
        world: whose round it is.
        voices: answers by name of unit.
        shift: added to every answer.
        beside: answers in the rounds of other organisations, by their id.
    """
    planned = _next_round(world.organisation)
    worlds.set_day(patch, planned.starts_on)
    open_due()
    for organisation, said in {**(beside or {}), world.organisation: voices}.items():
        row = Round.objects.select_related("season").get(id=_next_round(organisation).round)
        groups = _groups_of(row.season, said)
        drawn = worlds.answers(len(groups), seed=10 * row.number + len(groups))
        worlds.contribute(row, groups, {scale: (one + shift).clip(0, 100) for scale, one in drawn.items()})
    worlds.set_day(patch, planned.closes_on)
    assert all(outcome.refused is None for outcome in close_due())
    return Round.objects.get(id=planned.round)


def _next_round(organisation: str) -> RoundSummary:
    return next(one for one in rounds(organisation) if one.state in {"planned", "open"})


def days_after_close(patch: pytest.MonkeyPatch, row: Round, days: int) -> None:
    """So many days after the close of a round; members read it after two."""
    worlds.set_day(patch, row.closes_on + timedelta(days=days))


def _groups_of(season: Season, voices: Mapping[str, int]) -> list[str]:
    """For each answer the code of the reporting group of its unit."""
    label_of = {unit[-1]: group["label"] for group in season.partition["groups"] for unit in group["units"]}
    return [
        season.group_codes[label_of[unit]]
        for unit, count in sorted(voices.items())
        if unit in label_of
        for _ in range(count)
    ]


def _appointed(made: Staffed, kind: RoleKind, name: str, *, unit: str | None = None) -> Person:
    given = appoint(asker=made.operator, role=kind.value, name=name, unit=unit)
    assert given.code is not None
    return Person(given.account, given.code)


def _with_code(made: Staffed, account: str | None) -> Person:
    assert account is not None
    return Person(account, replace_code(asker=made.operator, account=account))
