"""The register of those who lead: when they were trained, until when that holds, and when to say so again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.debriefing import DebriefingFault
from replenish.basis.identifiers import content_hash
from replenish.debrief.conversations.facts import facts
from replenish.debrief.conversations.rules import is_facilitator, keeps_register
from replenish.debrief.models import KEY_LENGTH, LONGEST_COURSE, Training
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.queries import accounts
from replenish.people.roles import RoleKind

MOST_YEARS = 5


@dataclass(frozen=True)
class Trained:
    """A training as it was written down."""

    training: str
    course: str
    trained_on: date
    valid_until: date


@dataclass(frozen=True)
class Facilitator:
    """Somebody who leads conversations here today.

    Attributes:
        account: theirs.
        name: as the list of people has it.
        latest: the training that holds longest; None where none is written down.
        state: "valid", "ends-soon", "ended" or "none".
        may_write: whether the reader writes their trainings down.
    """

    account: str
    name: str
    latest: Trained | None
    state: str
    may_write: bool


def register_of(asker: Asker) -> tuple[Facilitator, ...]:
    """Everybody who leads here today, by name, with the training that holds longest."""
    latest: dict[str, Trained] = {}
    rows = Training.objects.filter(organisation=asker.organisation).order_by(
        "valid_until", "trained_on", "id"
    )
    for row in rows:
        latest[row.account] = Trained(row.id, row.course, row.trained_on, row.valid_until)
    keeps, today = keeps_register(asker), clock.today()
    leading = [
        one
        for one in accounts(asker.organisation)
        if any(role.kind == RoleKind.FACILITATOR and role.from_date <= today for role in one.roles)
    ]
    return tuple(
        Facilitator(
            account=one.account,
            name=one.name,
            latest=latest.get(one.account),
            state=_state(latest.get(one.account), today),
            may_write=keeps or one.account == asker.account,
        )
        for one in sorted(leading, key=lambda one: (one.name.casefold(), one.account))
    )


def own_entry(asker: Asker) -> Facilitator | None:
    """The asker's own entry; None for somebody who leads no conversations here."""
    return next((one for one in register_of(asker) if one.account == asker.account), None)


def write_training(
    *, asker: Asker, account: str, course: str, trained_on: date, valid_until: date | None
) -> str:
    """Write a training down, and give its id; the same again changes nothing.

    Args:
        asker: the person themselves, the operator, or a steward of the whole organisation.
        account: who was trained; they lead conversations here today.
        course: what it is called.
        trained_on: the day it ended.
        valid_until: the day until which it holds; None for what the file of limits says.

    Raises:
        Refused: the asker may not, or something cannot be.
    """
    clean = " ".join(course.split())
    if not clean.isprintable() or not 0 < len(clean) <= LONGEST_COURSE:
        refuse(DebriefingFault.COURSE, most=LONGEST_COURSE)
    until = valid_until or trained_on + timedelta(days=facts().training.valid_days)
    if trained_on > clock.today() or not trained_on < until <= trained_on + timedelta(days=366 * MOST_YEARS):
        refuse(DebriefingFault.TRAINING_DAYS, years=MOST_YEARS)
    with transaction.atomic():
        if not (keeps_register(asker) or account == asker.account):
            refuse(PeopleFault.NOT_ALLOWED, needed="the register of those who lead")
        if not is_facilitator(Asker(asker.organisation, account)):
            refuse(DebriefingFault.TRAINING_OF)
        plain = [asker.organisation, account, clean, trained_on.isoformat(), until.isoformat()]
        row, is_new = Training.objects.get_or_create(
            id=content_hash(plain)[:KEY_LENGTH],
            defaults={
                "organisation": asker.organisation,
                "account": account,
                "course": clean,
                "trained_on": trained_on,
                "valid_until": until,
            },
        )
        if is_new:
            record(
                organisation=asker.organisation,
                event=Event.TRAINING_ENTERED,
                actor=asker.actor,
                content={"account": account, "on": trained_on.isoformat(), "until": until.isoformat()},
            )
    return row.id


def take_training_back(*, asker: Asker, training: str) -> None:
    """Remove a training that was written down wrongly; one that is not there changes nothing.

    Raises:
        Refused: the asker may not.
    """
    with transaction.atomic():
        row = Training.objects.filter(id=training, organisation=asker.organisation).first()
        if row is None:
            return
        if not (keeps_register(asker) or row.account == asker.account):
            refuse(PeopleFault.NOT_ALLOWED, needed="the register of those who lead")
        row.delete()
        record(
            organisation=asker.organisation,
            event=Event.TRAINING_REMOVED,
            actor=asker.actor,
            content={"account": row.account, "on": row.trained_on.isoformat()},
        )


def _state(latest: Trained | None, today: date) -> str:
    if latest is None:
        return "none"
    if latest.valid_until < today:
        return "ended"
    soon = latest.valid_until - timedelta(days=facts().training.remind_days)
    return "ends-soon" if soon <= today else "valid"
