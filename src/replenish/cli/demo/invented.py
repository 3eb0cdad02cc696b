"""Who is invented: two organisations, their teams, and the people who act for them. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.people.roles import RoleKind


@dataclass(frozen=True)
class Team:
    """A team and how many people work in it."""

    name: str
    people: int


@dataclass(frozen=True)
class Service:
    """Teams under one head; `improves` where a change on time after hard encounters is tried in mid-year."""

    name: str
    teams: tuple[Team, ...]
    improves: bool = False


@dataclass(frozen=True)
class Actor:
    """Somebody with an account.

    Attributes:
        name: invented.
        kind: their part.
        part: how their link is called.
        shows: what they see first, in a few words.
        service: the service they answer for; None for the whole organisation.
    """

    name: str
    kind: RoleKind
    part: str
    shows: str
    service: str | None = None


@dataclass(frozen=True)
class Invented:
    """One organisation.

    Attributes:
        setting: the preset of words and rhythms.
        carer: how the link of the one carer who can be looked at is called.
        carer_shows: what that carer sees first.
        carer_team: the team of that carer.
    """

    name: str
    setting: str
    services: tuple[Service, ...]
    actors: tuple[Actor, ...]
    carer: str
    carer_shows: str
    carer_team: str

    @property
    def teams(self) -> tuple[tuple[Service, Team], ...]:
        """Every team with its service, in order."""
        return tuple((service, team) for service in self.services for team in service.teams)

    def actor(self, kind: RoleKind, service: str | None = None) -> Actor:
        """The one who plays a part, for the whole or for a service."""
        return next(one for one in self.actors if one.kind is kind and one.service == service)


FAMILIES = Invented(
    name="Bramble Lane Children and Families",
    setting="social-work",
    services=(
        Service("Family homes", (Team("Kestrel", 12), Team("Otter", 10), Team("Wren", 11)), improves=True),
        Service("Family support", (Team("Hazel", 11), Team("Heron", 10), Team("Moss", 6))),
        Service("Schools and outreach", (Team("Lantern", 14), Team("Harbour", 12))),
    ),
    actors=(
        Actor("Maya Okafor", RoleKind.STEWARD, "Leader of everything", "the report and what is to answer"),
        Actor(
            "Tom Ellery",
            RoleKind.STEWARD,
            "Head of one service",
            "the same for Family homes alone",
            service="Family homes",
        ),
        Actor("Ines Marlow", RoleKind.DEPUTY, "Deputy", "answers where the leader is away"),
        Actor("Dev Kapoor", RoleKind.REPRESENTATIVE, "Representative of staff", "the second key"),
        Actor("Ruth Anning", RoleKind.FACILITATOR, "Facilitator", "talks with teams"),
        Actor("Sam Whitlock", RoleKind.SUPERVISOR, "Supervisor", "what supervisors read"),
        Actor("Noor Haddad", RoleKind.OPERATOR, "Operator", "people, units and upkeep"),
    ),
    carer="Carer",
    carer_shows="half a year of their own, which nobody else can open",
    carer_team="Otter",
)

SMALL_HOME = Invented(
    name="Pear Tree Cottage",
    setting="childrens-home",
    services=(Service("Pear Tree Cottage", (Team("The home", 6),)),),
    actors=(
        Actor("Alma Reyes", RoleKind.STEWARD, "Leader of a home of six", "a page without numbers of people"),
        Actor("Joe Fenwick", RoleKind.REPRESENTATIVE, "Representative of the home", "the second key there"),
    ),
    carer="Carer in the home of six",
    carer_shows="a private page; no figure is made of so few",
    carer_team="The home",
)

ORGANISATIONS = (FAMILIES, SMALL_HOME)
