"""What the invented organisations try: an action, commitments kept or not, and sessions to learn together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from replenish.basis import clock
from replenish.cli.demo.founding import Founded
from replenish.cli.demo.invented import FAMILIES, SMALL_HOME
from replenish.cli.demo.leading import HOMES
from replenish.conditions.actions.reading import actions_of
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.writing import fix_plan, note_progress, plan_action
from replenish.conditions.following import promised_by, say_what_became
from replenish.learning.actions import enter_attendance, plan_session
from replenish.learning.queries import Planned, sessions_of
from replenish.people.roles import RoleKind

NEXT_MONDAY = timedelta(days=6)
"""Leaders meet on a Tuesday."""


@dataclass(frozen=True)
class Tried:
    """An action that is planned and fixed in a week counted from 0.

    Attributes:
        service: where; None for the whole organisation.
        notes: by week, how it goes.
    """

    week: int
    service: str | None
    library: str
    condition: str
    notes: Mapping[int, str]


TRIED: Mapping[str, Tried] = {
    FAMILIES.name: Tried(
        12,
        HOMES,
        "ten-minutes-after",
        "process",
        {
            15: "Kestrel and Otter name who takes over on each shift. Wren begins this week.",
            20: "At night it works where two people are on. Wren has asked for a third.",
        },
    ),
    SMALL_HOME.name: Tried(
        13,
        None,
        "ten-minutes-after",
        "process",
        {18: "It works by day. At night there is nobody to take over."},
    ),
}

BECAME: Mapping[str, tuple[str, str]] = {
    "Dates for supervision are set": ("kept", "The dates hang in every office."),
    "We look at every rota": ("partly", "In the homes yes. In family support two rotas went out unseen."),
    "I begin each service meeting": ("kept", "Every meeting since. It is not easy each time."),
    "I ask each home": ("kept", "I sat down with all three. What they said became the ten minutes."),
    "A second supervisor works": ("not_kept", "The post is agreed on. Nobody has been found for it yet."),
}
"""By how a commitment begins, what became of it and one line why."""


@dataclass(frozen=True)
class Learnt:
    """A session that is planned in one week and held in a later one.

    Attributes:
        came: how many came; None for a session that is still to come at the end of the half year.
    """

    week: int
    held: int
    offer: str
    part: str
    place: str
    came: int | None


SESSIONS = (
    Learnt(8, 10, "leading-course", "going-first", "Meeting room, ground floor", 9),
    Learnt(23, 26, "trauma-course", "what-the-work-does", "Training room", None),
)


def try_a_change(founded: Founded, week: int, today: date) -> None:
    """Plan the action of this organisation when its week comes, and say later how it goes."""
    tried = TRIED[founded.invented.name]
    asker = founded.asker(RoleKind.STEWARD, tried.service)
    plan = Plan(
        condition=tried.condition,
        owner=asker.account or "",
        first_day=today + NEXT_MONDAY,
        library=tried.library,
        units=(founded.units[(tried.service,)],) if tried.service else (),
    )
    if week == tried.week:
        fix_plan(asker=asker, action=plan_action(asker=asker, plan=plan))
    elif week in tried.notes:
        (acting,) = actions_of(founded.organisation)
        note_progress(asker=asker, action=acting.action, words=tried.notes[week])


def say_what_was_kept(founded: Founded) -> None:
    """Leaders say what became of a commitment as soon as they may."""
    if founded.invented is not FAMILIES:
        return
    for service in (HOMES, None):
        asker = founded.asker(RoleKind.STEWARD, service)
        for promised in promised_by(asker):
            words = promised.made.promise.words
            said = next((BECAME[begin] for begin in BECAME if words.startswith(begin)), None)
            if said and not promised.made.log and promised.is_open(clock.today()):
                say_what_became(
                    asker=asker, commitment=promised.made.commitment, outcome=said[0], why=said[1]
                )


def learn_together(founded: Founded, week: int, today: date) -> None:
    """Plan sessions, and say afterwards how many came."""
    if founded.invented is not FAMILIES:
        return
    asker = founded.asker(RoleKind.STEWARD)
    for learnt in SESSIONS:
        if week == learnt.week:
            plan_session(asker=asker, unit=None, said=_planned(learnt, today))
        elif week == learnt.held + 1 and learnt.came is not None:
            held = next(one for one in sessions_of(asker) if one.said.part == learnt.part)
            enter_attendance(asker=asker, session=held.session, came=learnt.came)


def _planned(learnt: Learnt, today: date) -> Planned:
    day = today + timedelta(weeks=learnt.held - learnt.week)
    return Planned(learnt.offer, learnt.part, "", day, "14:00", "15:30", learnt.place, "Ruth Anning", 12)
