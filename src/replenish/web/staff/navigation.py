"""The places of the staff pages: which there are, in their order, and whose parts open them.

A new room of pages adds its place here, with the same parts as the door of the page it leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from replenish.debrief.incidents.rules import INCIDENT_READERS
from replenish.people.roles import KEY_HOLDERS, LEADERS, READERS, RoleKind


class Group(Enum):
    """What the places of the first page are about, in the order in which it shows them."""

    CONDITIONS = "conditions"
    ROUNDS = "rounds"
    ORGANISATION = "organisation"
    ACCOUNT = "account"


TITLES: dict[Group, str | Promise] = {
    Group.CONDITIONS: _("Conditions"),
    Group.ROUNDS: _("Rounds and slips"),
    Group.ORGANISATION: _("Your organisation"),
    Group.ACCOUNT: _("Yourself"),
}


@dataclass(frozen=True)
class Place:
    """A place in the navigation, and in the list of the first page.

    Attributes:
        address: the name of its address.
        label: what the link says.
        tells: one sentence for the first page; None where it stands in the navigation alone.
        roles: whose it is; everybody's if none.
        everywhere: whether it stands in the navigation of each page, and not on the first page alone.
        group: what it is about.
    """

    address: str
    label: str | Promise
    tells: str | Promise | None = None
    roles: tuple[RoleKind, ...] = ()
    everywhere: bool = False
    group: Group = Group.CONDITIONS


PLACES: tuple[Place, ...] = (
    Place("staff-home", _("Overview"), everywhere=True),
    Place(
        "staff-report",
        _("Conditions report"),
        _("What is provided, what your teams said together, and what changed. Staff read the same page."),
        READERS,
        everywhere=True,
    ),
    Place(
        "staff-answers",
        _("What leaders promised"),
        _("Answers of leaders to each round. Leaders write them here, and everybody reads them."),
        READERS,
    ),
    Place(
        "staff-actions",
        _("Actions"),
        _("What is tried for which condition, since when, and whether it helped. Leaders plan it here."),
        READERS,
    ),
    Place(
        "staff-provision",
        _("What is provided"),
        _("Facts such as supervision held and breaks taken, month by month: to read, enter and correct."),
        READERS,
    ),
    Place(
        "staff-conversation",
        _("Talk about conditions"),
        _("Why there may be no number, a guide and cards for a conversation, and what you agreed together."),
        READERS,
    ),
    Place(
        "staff-incidents",
        _("After something hard"),
        _("What happened without names, what should follow and by when, and offers to teams."),
        INCIDENT_READERS,
    ),
    Place(
        "staff-learning",
        _("Learn together"),
        _("Courses, debriefs and webinars: what there is, sessions to plan, and how they went."),
        READERS,
    ),
    Place(
        "staff-debriefs",
        _("Debriefs"),
        _("A few minutes together after something hard: a guide with a clock, what was learnt, who leads."),
        (*LEADERS, RoleKind.FACILITATOR, RoleKind.REPRESENTATIVE),
    ),
    Place(
        "staff-documents",
        _("Drafts of assessments"),
        _("Two papers, begun for you: what in the work can do harm, and what is kept about people."),
        (*LEADERS, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR),
    ),
    Place(
        "staff-telling",
        _("Tell everybody"),
        _("Posters, messages and the calendar: what is said about rounds, to everybody alike."),
        (RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR),
        group=Group.ROUNDS,
    ),
    Place(
        "staff-rounds",
        _("Rounds"),
        _("When rounds are, who is read together and why, and what comes next."),
        group=Group.ROUNDS,
    ),
    Place(
        "staff-keys",
        _("The two keys"),
        _("How many people and how many slips: proposed by one key, agreed by the other."),
        KEY_HOLDERS,
        group=Group.ROUNDS,
    ),
    Place(
        "staff-units",
        _("Units"),
        _("The teams and houses of your organisation, and what is planned for them."),
        group=Group.ORGANISATION,
    ),
    Place(
        "staff-organisation",
        _("Organisation"),
        _("The kind of place, and how many voices a figure needs."),
        group=Group.ORGANISATION,
    ),
    Place(
        "staff-people",
        _("People"),
        _("Who has which part here. You can end your own part there."),
        group=Group.ORGANISATION,
    ),
    Place(
        "staff-upkeep",
        _("Upkeep"),
        _("How the installation is, and when it was backed up."),
        (RoleKind.OPERATOR,),
        group=Group.ORGANISATION,
    ),
    Place(
        "staff-ledger",
        _("Ledger"),
        _("What was done for the organisation, by whom and when."),
        (RoleKind.OPERATOR, *KEY_HOLDERS),
        group=Group.ORGANISATION,
    ),
    Place(
        "staff-supervision",
        _("My supervision"),
        _("What comes next with those you meet, how to prepare, and a guide for the session."),
        group=Group.ACCOUNT,
    ),
    Place(
        "staff-records",
        _("My records"),
        _("A phrase on paper that opens what is yours alone, or yours and of those you work with."),
        group=Group.ACCOUNT,
    ),
    Place(
        "staff-account",
        _("My account"),
        _("How you sign in, your recovery codes, and where you are signed in."),
        everywhere=True,
        group=Group.ACCOUNT,
    ),
)

FEW = 6
"""So many places are read as one list; more stand in groups."""


@dataclass(frozen=True)
class PlaceGroup:
    """Places that belong together, under a title; an empty one for a list that needs none."""

    title: str | Promise
    places: tuple[Place, ...]


def grouped(places: tuple[Place, ...]) -> tuple[PlaceGroup, ...]:
    """The places that the first page tells of."""
    told = tuple(place for place in places if place.tells)
    if len(told) <= FEW:
        return (PlaceGroup("", told),) if told else ()
    groups = (PlaceGroup(TITLES[group], tuple(one for one in told if one.group is group)) for group in Group)
    return tuple(group for group in groups if group.places)
