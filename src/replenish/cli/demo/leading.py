"""What the invented leaders do: they set up their accounts, answer rounds in public, and agree on points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.cli.demo.founding import Founded
from replenish.cli.demo.invented import FAMILIES, SMALL_HOME, Invented
from replenish.conditions.queries import RoundSummary, rounds
from replenish.conditions.response import Promise, respond
from replenish.conditions.shared_list import Agreed, agree
from replenish.people.actions.logins import new_recovery_codes, open_by_code
from replenish.people.roles import RoleKind

HOMES = "Family homes"


@dataclass(frozen=True)
class Words:
    """One answer to a round.

    Attributes:
        kind: whose.
        service: the part it is for; None for the whole organisation.
        said: by condition, what is promised; each until six weeks later.
    """

    kind: RoleKind
    service: str | None
    said: Mapping[str, str]


ANSWERS: Mapping[int, tuple[Words, ...]] = {
    1: (
        Words(
            RoleKind.STEWARD,
            None,
            {
                "supervision": "Dates for supervision are set for three months. We do not move them.",
                "workload": "We look at every rota before it goes out. Nobody goes from a night to an early.",
            },
        ),
    ),
    2: (
        Words(RoleKind.STEWARD, None, {"culture": "I begin each service meeting with what was hard for me."}),
        Words(RoleKind.STEWARD, HOMES, {"process": "I ask each home what would help after a hard night."}),
    ),
    3: (
        Words(
            RoleKind.STEWARD,
            HOMES,
            {
                "process": "From Monday the shift leader takes over for ten minutes after a hard incident. "
                "Whoever was in it sits down first."
            },
        ),
        Words(RoleKind.STEWARD, None, {"supervision": "A second supervisor works with us two days a week."}),
    ),
    4: (Words(RoleKind.STEWARD, HOMES, {"process": "The ten minutes stay, at night as well."}),),
    5: (
        Words(
            RoleKind.DEPUTY,
            None,
            {
                "process": "Family support and the schools try the ten minutes from next month on.",
                "leaders": "Maya and I have supervision too, and the dates hang beside yours.",
            },
        ),
    ),
    6: (
        Words(
            RoleKind.STEWARD,
            HOMES,
            {"workload": "One bank worker for each home comes in when somebody is ill."},
        ),
    ),
}
"""By round. Nobody answers the fourth for two of the services, and the sixth waits there for its answer."""

UNTIL = timedelta(weeks=6)


@dataclass(frozen=True)
class Point:
    """A point of a team's shared list, written down in a week counted from 0."""

    week: int
    kind: RoleKind
    team: tuple[str, ...]
    words: str
    condition: str
    taken_on_by: str


POINTS: Mapping[str, tuple[Point, ...]] = {
    FAMILIES.name: (
        Point(
            22,
            RoleKind.FACILITATOR,
            ("Family support", "Moss"),
            "The last visit of the day ends by four, so that it can be written up and put down.",
            "process",
            "leaders",
        ),
    ),
    SMALL_HOME.name: (
        Point(
            21,
            RoleKind.STEWARD,
            ("Pear Tree Cottage", "The home"),
            "After a night in which nobody slept, the early shift begins an hour later.",
            "workload",
            "team",
        ),
    ),
}


def set_up_accounts(founded: Founded) -> None:
    """Everybody comes in once with their printed code and keeps codes for the day when all else is lost."""
    for held in founded.accounts.values():
        new_recovery_codes(open_by_code(held.account, held.code).login)


def answer_rounds(founded: Founded, today: date) -> None:
    """What leaders say about a round that closed since last week, before they see a band of it."""
    if founded.invented is not FAMILIES:
        return
    for row in rounds(founded.organisation):
        if today - timedelta(weeks=1) < row.closes_on <= today:
            for words in ANSWERS.get(row.number, ()):
                _answer(founded, row, words, today)


def _answer(founded: Founded, row: RoundSummary, words: Words, today: date) -> None:
    promises = [Promise(said, condition, today + UNTIL) for condition, said in words.said.items()]
    respond(
        asker=founded.asker(words.kind, words.service),
        round_id=row.round,
        unit=founded.units[(words.service,)] if words.service else None,
        promises=promises,
    )


def agree_on_points(founded: Founded, week: int, today: date) -> None:
    """A team writes down what it agreed on in a conversation."""
    invented: Invented = founded.invented
    for point in POINTS[invented.name]:
        if point.week == week:
            said = Agreed(point.words, point.condition, point.taken_on_by, today + UNTIL)
            agree(asker=founded.asker(point.kind), unit=founded.units[point.team], said=said)
