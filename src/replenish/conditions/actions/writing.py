"""What is written about actions: planned, fixed before it begins, told as it goes, and ended.

Units, starts, condition and expectation can be changed until the plan is fixed, on or before the first day.
From then on they stay: whoever could move them afterwards could make any action look as if it had helped.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import ActionFault
from replenish.basis.identifiers import content_hash
from replenish.conditions.actions.checking import clean_plan, clean_words
from replenish.conditions.actions.foresight import foreseen
from replenish.conditions.actions.rows import plan_of_row
from replenish.conditions.actions.starts import SEEDS, Starts, starts_of
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.whose import require_may_act
from replenish.conditions.models import KEY_LENGTH, Action, ActionNote, ActionState
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker

MOST_OPEN = 40
MOST_NOTES = 60
OPEN = (ActionState.PLANNED, ActionState.RUNNING)


def plan_action(*, asker: Asker, plan: Plan) -> str:
    """Plan an action, and give its id; the same plan of the same day stays one.

    Raises:
        Refused: the asker does not lead all of its units, something is missing or cannot be, or there are too
            many open actions.
    """
    with transaction.atomic():
        require_may_act(asker, plan.units)
        clean = clean_plan(asker, plan)
        made = _id_of(asker, clean)
        if Action.objects.filter(id=made).exists():
            return made
        if Action.objects.filter(organisation=asker.organisation, state__in=OPEN).count() >= MOST_OPEN:
            refuse(ActionFault.LISTS_FULL, most=MOST_OPEN)
        row = Action(id=made, organisation=asker.organisation, entered_by=asker.actor)
        row.seed = secrets.randbelow(SEEDS)
        row.planned_on = clock.today()
        _write(row, clean, starts_of(asker.organisation, clean, row.seed))
        row.save(force_insert=True)
        _tell(asker, Event.ACTION_PLANNED, row, kind=row.kind, condition=row.condition)
    return made


def change_plan(*, asker: Asker, action: str, plan: Plan) -> None:
    """Change a plan that is not fixed yet; its lot keeps its number.

    Raises:
        Refused: the asker may not, there is no such action, its plan is fixed, or something cannot be.
    """
    with transaction.atomic():
        row = _held(asker, action)
        _require_planned(row)
        require_may_act(asker, plan.units)
        clean = clean_plan(asker, plan)
        _write(row, clean, starts_of(asker.organisation, clean, row.seed))
        row.save()
        _tell(asker, Event.ACTION_CHANGED, row, kind=row.kind, condition=row.condition)


def fix_plan(*, asker: Asker, action: str) -> None:
    """Fix the plan, with what was said beforehand about what could be seen; done twice, it changes nothing.

    Raises:
        Refused: the asker may not, there is no such action, it has ended, or its first day is over.
    """
    with transaction.atomic():
        row = _held(asker, action)
        if row.state == ActionState.RUNNING:
            return
        _require_planned(row)
        if row.first_day < clock.today():
            refuse(ActionFault.DAY_OVER)
        # Drawn once more: groups of a season that was planned since are the ones that are read.
        plan = plan_of_row(row)
        starts = starts_of(asker.organisation, plan, row.seed)
        _write(row, plan, starts)
        row.promised = asdict(foreseen(asker.organisation, plan, starts))
        row.state, row.fixed_on = ActionState.RUNNING, clock.today()
        row.save()
        _tell(asker, Event.ACTION_STARTED, row, starts_on=row.first_day.isoformat(), number=row.seed)


def note_progress(*, asker: Asker, action: str, words: str) -> None:
    """Add a few words on how it goes; the same words on the same day stand once.

    Raises:
        Refused: the asker may not, there is no such action, it has ended, or the words cannot be kept.
    """
    clean = clean_words(words)
    with transaction.atomic():
        row = _held(asker, action)
        _require_open(row)
        today = clock.today()
        if row.notes.filter(words=clean, noted_on=today).exists():
            return
        if row.notes.count() >= MOST_NOTES:
            refuse(ActionFault.NOTES_FULL, most=MOST_NOTES)
        ActionNote.objects.create(
            id=secrets.token_hex(KEY_LENGTH // 2),
            action=row,
            words=clean,
            noted_on=today,
            entered_by=asker.actor,
        )
        _tell(asker, Event.ACTION_NOTED, row)


def finish_action(*, asker: Asker, action: str) -> None:
    """Say that it is done: it is in place everywhere, and stays.

    Raises:
        Refused: the asker may not, there is no such action, it is not fixed yet, or it was stopped.
    """
    with transaction.atomic():
        row = _held(asker, action)
        if row.state == ActionState.DONE:
            return
        _require_open(row)
        if row.state == ActionState.PLANNED or row.first_day > clock.today():
            refuse(ActionFault.NOT_FIXED)
        _end(asker, row, ActionState.DONE, "")


def stop_action(*, asker: Asker, action: str, words: str) -> None:
    """Stop it, and say why; a plan that is given up stays on the record too.

    Raises:
        Refused: the asker may not, there is no such action, it has ended, or no reason is given.
    """
    clean = clean_words(words)
    with transaction.atomic():
        row = _held(asker, action)
        if row.state == ActionState.STOPPED and row.ended_words == clean:
            return
        _require_open(row)
        _end(asker, row, ActionState.STOPPED, clean)


def _end(asker: Asker, row: Action, state: ActionState, words: str) -> None:
    row.state, row.ended_on, row.ended_words = state, clock.today(), words
    row.save(update_fields=["state", "ended_on", "ended_words"])
    _tell(asker, Event.ACTION_ENDED, row, state=row.state)


def _write(row: Action, plan: Plan, starts: Starts) -> None:
    row.library, row.words, row.kind, row.condition = plan.library, plan.words, plan.kind, plan.condition
    row.expects, row.units, row.first_day = plan.expects, list(plan.units), plan.first_day
    row.starts = {unit: None if day is None else day.isoformat() for unit, day in starts.items()}
    row.by_lot, row.waves, row.waiting = plan.by_lot, plan.waves, plan.waiting
    row.owner, row.because_low, row.release = plan.owner, plan.because_low, plan.release


def _id_of(asker: Asker, plan: Plan) -> str:
    """From the plan, the planner and the day, so that a form that is sent twice plans once."""
    said = {**asdict(plan), "first_day": plan.first_day.isoformat(), "units": list(plan.units)}
    return content_hash([asker.organisation, asker.actor, clock.today().isoformat(), said])[:KEY_LENGTH]


def _held(asker: Asker, action: str) -> Action:
    row = Action.objects.select_for_update().filter(id=action, organisation=asker.organisation).first()
    if row is None:
        refuse(ActionFault.UNKNOWN)
    require_may_act(asker, row.units, gone_too=True)
    return row


def _require_open(row: Action) -> None:
    if row.state not in OPEN:
        refuse(ActionFault.ENDED)


def _require_planned(row: Action) -> None:
    _require_open(row)
    if row.state != ActionState.PLANNED:
        refuse(ActionFault.FIXED)


def _tell(asker: Asker, event: Event, row: Action, **content: object) -> None:
    record(
        organisation=asker.organisation,
        event=event,
        actor=asker.actor,
        content={"action": row.id, **content},
    )
