"""Incidents and debriefs of the larger organisation, as leaders and the facilitator write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from replenish.basis import clock
from replenish.cli.demo.founding import Founded
from replenish.cli.demo.happening import Hard, Said
from replenish.cli.demo.invented import FAMILIES
from replenish.cli.demo.leading import HOMES
from replenish.conditions.actions.reading import actions_of
from replenish.debrief.conversations.answering import NOT_NOW, answer_in_words, answer_with_action
from replenish.debrief.conversations.holding import About, Held, Learnt, write_held, write_not_held
from replenish.debrief.conversations.reading import points_of
from replenish.debrief.conversations.register import write_training
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.told import Became, Happened
from replenish.debrief.incidents.writing import say_step, write_down
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind

LEARNING_AFTER = timedelta(days=5)
HEARD_WITHIN = timedelta(weeks=13)
ANSWERED_AFTER = timedelta(days=10)
LATER_BAND = 12
TRAINED_BEFORE = timedelta(days=200)
COURSE = "Leading a learning debrief, two days"

BECOMES_ACTION = "Nobody is free to take over for ten minutes at night."
POINTS: Mapping[str, tuple[str, ...]] = {
    "learning": (BECOMES_ACTION, "The night list of phone numbers is old. Two of them ring nowhere."),
    "hot": ("A second phone goes along on visits after five.",),
}
"""What a group agreed to say, by kind of conversation."""
NOT_YET = {
    "A second phone goes along": "There is no money for phones before the next budget. It is on its list.",
}
"""By how a point begins, why it cannot be now."""
MINUTES = {"learning": 50, "hot": 9}
CAME = {"learning": 7, "hot": 5}


@dataclass
class Incidents:
    """The incidents of an organisation, and which of them are written down already.

    Attributes:
        all: in the order of days.
        ids: by place in the list.
        until: the last day about which everything is written down.
    """

    all: Sequence[Hard]
    ids: dict[int, str] = field(default_factory=dict)
    until: date = date.min

    def is_new(self, day: date, today: date) -> bool:
        """Whether what happened on a day is to be written down today."""
        return self.until < day <= today


def set_up_register(founded: Founded, rooms_from: date) -> None:
    """The facilitator writes down where they learnt to lead debriefs."""
    if founded.invented is FAMILIES:
        asker = founded.asker(RoleKind.FACILITATOR)
        write_training(
            asker=asker,
            account=asker.account or "",
            course=COURSE,
            trained_on=rooms_from - TRAINED_BEFORE,
            valid_until=None,
        )


def write_down_incidents(founded: Founded, incidents: Incidents, today: date) -> None:
    """Everything since it was done last: incidents, steps, and conversations."""
    if founded.invented is not FAMILIES:
        return
    for place, one in enumerate(incidents.all):
        asker = _recorder(founded, one)
        if incidents.is_new(one.day, today):
            incidents.ids[place] = write_down(asker=asker, said=_happened(founded, one))
        incident = incidents.ids.get(place)
        if incident is not None:
            for said in one.steps:
                if incidents.is_new(one.day + timedelta(days=said.after), today):
                    say_step(asker=asker, incident=incident, step=said.step, became=_became(one, said))
            if incidents.is_new(_talked_on(one), today):
                _talk(founded, one, incident, today)
    incidents.until = today
    _answer(founded)


def _recorder(founded: Founded, one: Hard) -> Asker:
    if one.team[0] == HOMES:
        return founded.asker(RoleKind.STEWARD, HOMES)
    return founded.asker(RoleKind.DEPUTY)


def _happened(founded: Founded, one: Hard) -> Happened:
    when = Moment(one.day, one.band)
    return Happened(founded.units[one.team], one.kind, one.place, when, one.severity, one.restraint)


def _became(one: Hard, said: Said) -> Became:
    band = LATER_BAND if said.after else one.band
    return Became(said.outcome, Moment(one.day + timedelta(days=said.after), band), said.because)


def _talked_on(one: Hard) -> date:
    """The day of the conversation with the facilitator; none that comes where there is none."""
    if not one.with_facilitator:
        return date.max
    return one.day + (LEARNING_AFTER if one.with_facilitator == "learning" else timedelta())


def _talk(founded: Founded, one: Hard, incident: str, today: date) -> None:
    """The facilitator writes down the conversation that followed, or why there was none."""
    asker, about = founded.asker(RoleKind.FACILITATOR), About(one.with_facilitator, _talked_on(one), incident)
    # The id of an incident is made by chance and has the form of a key.
    key = incident
    if one.because:
        write_not_held(asker=asker, key=key, about=about, because=one.because)
        return
    points = tuple(
        Learnt(words, "process", today + HEARD_WITHIN, agreed=True) for words in POINTS[one.with_facilitator]
    )
    held = Held(MINUTES[one.with_facilitator], CAME[one.with_facilitator], points)
    write_held(asker=asker, key=key, about=about, held=held)


def _answer(founded: Founded) -> None:
    """Those who lead answer a point once they have thought about it: with an action, or why not now."""
    lead, deputy = founded.asker(RoleKind.STEWARD, HOMES), founded.asker(RoleKind.DEPUTY)
    for point in points_of(deputy):
        if point.answer or clock.today() < point.day + ANSWERED_AFTER:
            continue
        if point.said.words == BECOMES_ACTION:
            (acting,) = actions_of(founded.organisation)
            answer_with_action(asker=lead, point=point.point, action=acting.action)
        for begin, words in NOT_YET.items():
            if point.said.words.startswith(begin):
                answer_in_words(asker=deputy, point=point.point, answer=NOT_NOW, words=words)
