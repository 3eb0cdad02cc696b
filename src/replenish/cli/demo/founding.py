"""Setting an invented organisation up: its units, who acts for it, its headcount, its seasons and slips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from replenish.cli.demo.invented import Actor, Invented
from replenish.conditions import queries, rounds
from replenish.people import actions as people
from replenish.people.askers import Asker, operator_of
from replenish.people.roles import OF_UNITS, RoleKind

TeamName = tuple[str, ...]
"""The service and the team."""


@dataclass(frozen=True)
class Account:
    """Number and code of somebody's printed sheet."""

    account: str
    code: str


@dataclass(frozen=True)
class Founded:
    """An invented organisation on the installation.

    Attributes:
        organisation: its id.
        units: ids by service or by service and team.
        accounts: by actor.
    """

    invented: Invented
    organisation: str
    units: Mapping[TeamName, str]
    accounts: Mapping[Actor, Account]

    def asker(self, kind: RoleKind, service: str | None = None) -> Asker:
        """Somebody of this organisation, as actions want them."""
        return Asker(self.organisation, self.accounts[self.invented.actor(kind, service)].account)


def found(invented: Invented) -> Founded:
    """Begin the organisation, with everybody appointed and the headcount agreed on by both keys."""
    organisation = people.create_organisation(name=invented.name, setting=invented.setting)
    operator = operator_of(organisation)
    units: dict[TeamName, str] = {}
    for service in invented.services:
        units[(service.name,)] = top = people.add_unit(asker=operator, name=service.name)
        for team in service.teams:
            units[service.name, team.name] = people.add_unit(asker=operator, name=team.name, parent=top)
    accounts = {actor: _appointed(operator, actor, units) for actor in invented.actors}
    founded = Founded(invented, organisation, units, accounts)
    declared = {units[service.name, team.name]: team.people for service, team in invented.teams}
    proposal = people.propose_headcount(asker=founded.asker(RoleKind.STEWARD), people=declared)
    people.confirm(asker=founded.asker(RoleKind.REPRESENTATIVE), proposal=proposal)
    return founded


def _appointed(operator: Asker, actor: Actor, units: Mapping[TeamName, str]) -> Account:
    unit = units[(actor.service,)] if actor.service and actor.kind in OF_UNITS else None
    given = people.appoint(asker=operator, role=actor.kind.value, name=actor.name, unit=unit)
    return Account(given.account, given.code or "")


def plan(founded: Founded, starts_on: date) -> None:
    """The next season; without groups where there are too few people."""
    rounds.plan_season(asker=founded.asker(RoleKind.STEWARD), starts_on=starts_on)


def hand_out(founded: Founded, wanted: Mapping[TeamName, int]) -> dict[TeamName, list[str]]:
    """One envelope of slips for each team, agreed on by both keys; their codes by team."""
    season = queries.seasons(founded.organisation)[-1]
    if not season.groups:
        return {}
    return {team: _envelope(founded, season.season, team, count) for team, count in wanted.items() if count}


def _envelope(founded: Founded, season: str, team: TeamName, slips: int) -> list[str]:
    steward, representative = founded.asker(RoleKind.STEWARD), founded.asker(RoleKind.REPRESENTATIVE)
    proposal = rounds.propose_slips(asker=steward, season=season, slips={founded.units[team]: slips})
    people.confirm(asker=representative, proposal=proposal)
    return [slip.code for slip in rounds.draw_slips(asker=steward, proposal=proposal)]
