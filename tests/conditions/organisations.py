"""An organisation with people who act for it: what planning seasons and drawing slips need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replenish.people.actions import add_unit, appoint, confirm, create_organisation, propose_headcount
from replenish.people.actions import propose_slips as people_propose_slips
from replenish.people.askers import Asker, operator_of

TEAMS = {"Medicine": {"Ash": 14, "Elm": 12, "Oak": 6}, "Surgery": {"Fir": 20, "Yew": 11}}


@dataclass(frozen=True)
class Staffed:
    """An organisation, its units by name, and the two people whose keys it takes."""

    id: str
    units: Mapping[str, str]
    operator: Asker
    steward: Asker
    representative: Asker

    def declare(self, people: Mapping[str, int]) -> None:
        """Declare and confirm headcounts by name of unit."""
        asked = {self.units[name]: count for name, count in people.items()}
        confirm(asker=self.representative, proposal=propose_headcount(asker=self.steward, people=asked))

    def agree_on_slips(self, season: str, slips: Mapping[str, int], *, replacements: bool = False) -> str:
        """Agree on slips by name of unit; the confirmed proposal."""
        asked = {self.units[name]: count for name, count in slips.items()}
        proposal = people_propose_slips(
            asker=self.steward, season=season, slips=asked, replacements=replacements
        )
        confirm(asker=self.representative, proposal=proposal)
        return proposal


def staffed(teams: Mapping[str, Mapping[str, int]] = TEAMS, *, name: str = "Harbour House") -> Staffed:
    """An organisation with these teams by service, and their headcount declared."""
    organisation = create_organisation(name=name, setting="hospice")
    operator = operator_of(organisation)
    units: dict[str, str] = {}
    for service, members in teams.items():
        units[service] = add_unit(asker=operator, name=service)
        for team in members:
            units[team] = add_unit(asker=operator, name=team, parent=units[service])
    steward = appoint(asker=operator, role="steward", name="Ada Steward").account
    representative = appoint(asker=operator, role="representative", name="Ben Speaker").account
    made = Staffed(
        organisation, units, operator, Asker(organisation, steward), Asker(organisation, representative)
    )
    made.declare({team: people for members in teams.values() for team, people in members.items()})
    return made
