"""How many took what they were offered in a quarter: counted under seal, told as a band over at least seven.

While a quarter runs, and until all its lists are gone, the counts lie sealed to the facilitator who asked.
Then the facilitator tells them: what leaves the seal is a class of size and a band of the share, by the rules
of every published share, and the counts are destroyed in the same step. See `argument.md`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import Refused, refuse
from replenish.basis.faults.incidents import IncidentFault
from replenish.basis.faults.records import RecordFault
from replenish.debrief.incidents.clocks import Quarter
from replenish.debrief.incidents.model import LATEST_DESTROYED
from replenish.debrief.incidents.rules import require_facilitator
from replenish.debrief.incidents.sealing import opened, sealed_to
from replenish.debrief.incidents.writing import new_id
from replenish.debrief.models import AnswersOfQuarter, AnswerTally
from replenish.disclosure.bands import FLOOR, band_of, size_class
from replenish.ledger.actions import record
from replenish.ledger.events import Event
from replenish.people.askers import Asker
from replenish.people.queries import organisation_summary
from replenish.people.record_keys import opened_key
from replenish.sealing.record_key import RecordKey, RecordSecret

KIND = "counts of a quarter"
LISTS_GONE = timedelta(days=LATEST_DESTROYED + 1)
KEPT_AFTER_QUARTER = timedelta(days=92)
Counts = Mapping[str, Mapping[str, tuple[int, int]]]
"""By the mark of a list and by check: how many were asked, and how many said yes."""


@dataclass(frozen=True)
class BandOfAnswers:
    """What may be known of a number of offers.

    Attributes:
        size: the class of how many there were.
        low: percent, included.
        high: percent, excluded unless it is 100.
    """

    size: str
    low: int
    high: int


@dataclass(frozen=True)
class AnswersTold:
    """What was told of one quarter about one check."""

    quarter: Quarter
    check: str
    band: BandOfAnswers


@dataclass(frozen=True)
class TallyFrame:
    """What the server knows of the counts of a quarter.

    Attributes:
        quarter: which.
        from_day: the first day on which they can be told.
        destroy_on: the day on which they are destroyed.
    """

    quarter: Quarter
    from_day: date
    destroy_on: date

    @property
    def can_be_told(self) -> bool:
        """Whether all lists of the quarter are gone."""
        return self.from_day <= clock.today() < self.destroy_on


def band_of_answers(asked: int, yes: int, floor: int = FLOOR) -> BandOfAnswers | None:
    """The band of the share that said yes; None below the floor, whatever the answers were."""
    if asked < max(floor, FLOOR):
        return None
    size = size_class(asked)
    band = band_of(Fraction(100 * yes, asked), size, share=True)
    return BandOfAnswers(str(size), int(band.low), int(band.high))


def count_list(
    *,
    asker: Asker,
    account: str,
    key: RecordKey,
    quarter: Quarter,
    mark: str,
    asked: Mapping[str, tuple[int, int]],
) -> None:
    """Put the counts of one list into those of its quarter, inside the caller's transaction.

    Counts that are sealed to an earlier key cannot be added to; they are begun anew.
    """
    row = AnswerTally.objects.select_for_update().filter(
        organisation=asker.organisation, account=account, quarter=quarter.name
    )
    before = row.first()
    counts = {**(_counted_before(before, account, key) if before is not None else {}), mark: asked}
    row.delete()
    fresh = new_id()
    AnswerTally.objects.create(
        id=fresh,
        organisation=asker.organisation,
        account=account,
        quarter=quarter.name,
        sealed=sealed_to(asker, account, fresh, KIND, json.dumps(counts).encode()),
        destroy_on=quarter.last_day + KEPT_AFTER_QUARTER,
    )


def own_tallies(asker: Asker) -> tuple[TallyFrame, ...]:
    """The quarters the asker keeps counts of, the oldest first.

    Raises:
        Refused: the asker is no facilitator.
    """
    account = require_facilitator(asker)
    rows = AnswerTally.objects.filter(
        organisation=asker.organisation, account=account, destroy_on__gt=clock.today()
    )
    frames = (_frame(Quarter.named(row.quarter), row.destroy_on) for row in rows)
    return tuple(sorted(frames, key=lambda one: one.quarter))


def tell_quarter(*, asker: Asker, quarter: Quarter, secret: RecordSecret) -> tuple[AnswersTold, ...]:
    """Tell the bands of a quarter once, and destroy its counts; gives what was told.

    Raises:
        Refused: the asker is no facilitator or keeps no such counts, the phrase does not open them, or lists
            of the quarter may still be there.
    """
    account = require_facilitator(asker)
    key = opened_key(asker, secret)
    floor = organisation_summary(asker.organisation).floor
    with transaction.atomic():
        row = (
            AnswerTally.objects.select_for_update()
            .filter(organisation=asker.organisation, account=account, quarter=quarter.name)
            .first()
        )
        if row is None or row.destroy_on <= clock.today():
            refuse(IncidentFault.TALLY_UNKNOWN)
        frame = _frame(quarter, row.destroy_on)
        if not frame.can_be_told:
            refuse(IncidentFault.QUARTER_OPEN, day=frame.from_day.isoformat())
        told = _bands(quarter, _read(opened(row.id, KIND, bytes(row.sealed), account, key)), floor)
        row.delete()
        for one in told:
            AnswersOfQuarter.objects.create(
                id=new_id(),
                organisation=asker.organisation,
                quarter=quarter.name,
                step=one.check,
                **vars(one.band),
            )
        record(
            organisation=asker.organisation,
            event=Event.ANSWERS_PUBLISHED,
            actor=asker.actor,
            content={"quarter": quarter.name},
        )
    return told


def answers_told(organisation: str) -> tuple[AnswersTold, ...]:
    """Everything that was told, the newest quarter first; everybody in the organisation may read it."""
    rows = AnswersOfQuarter.objects.filter(organisation=organisation).order_by("-quarter", "step", "id")
    return tuple(
        AnswersTold(Quarter.named(row.quarter), row.step, BandOfAnswers(row.size, row.low, row.high))
        for row in rows
    )


def _bands(quarter: Quarter, counts: Counts, floor: int) -> tuple[AnswersTold, ...]:
    checks = sorted({check for of_list in counts.values() for check in of_list})
    told = []
    for check in checks:
        asked = sum(of_list[check][0] for of_list in counts.values() if check in of_list)
        yes = sum(of_list[check][1] for of_list in counts.values() if check in of_list)
        band = band_of_answers(asked, yes, floor)
        if band is not None:
            told.append(AnswersTold(quarter, check, band))
    return tuple(told)


def _counted_before(row: AnswerTally, account: str, key: RecordKey) -> Counts:
    try:
        return _read(opened(row.id, KIND, bytes(row.sealed), account, key))
    except Refused as refused:
        if refused.problems[0].fault is not RecordFault.CLOSED:
            raise
        return {}


def _frame(quarter: Quarter, destroy_on: date) -> TallyFrame:
    return TallyFrame(quarter, quarter.last_day + LISTS_GONE, destroy_on)


def _read(content: bytes) -> Counts:
    return {
        mark: {check: (asked, yes) for check, (asked, yes) in of_list.items()}
        for mark, of_list in json.loads(content).items()
    }
