"""A steward changes a rhythm for a part, from today on and in public; what was due stays due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.supervision.pairs import agreed
from tests.web.staff_world import StaffWorld, ours, quick, theirs

from replenish.basis import clock
from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.rhythm import RhythmFault
from replenish.people.actions import add_unit
from replenish.people.roles import RoleKind
from replenish.supervision.models import Agreement, OwnRhythm
from replenish.supervision.own_rhythms import RhythmChange, change_rhythm, changes_of
from replenish.supervision.rhythm_of import due_of

__all__ = ["ours", "quick", "theirs"]


def weekly(unit: str | None) -> RhythmChange:
    return RhythmChange("anywhere-monthly", unit, 1, 60, "Much is carried here", clock.today())


def refused(fault: Fault) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda error: error.fault is fault)


def test_a_change_is_followed_in_its_part_alone_and_touches_no_day_before(ours: StaffWorld) -> None:
    beside = add_unit(asker=ours.operator, name="Ash")
    parties = {ours.people[RoleKind.SUPERVISOR].account: "peer", ours.people[RoleKind.DEPUTY].account: "peer"}
    begins = clock.today() - timedelta(weeks=10)
    rows = [
        Agreement.objects.get(pk=agreed(ours.organisation, unit, parties, since=begins, kind="peer"))
        for unit in (ours.unit, beside)
    ]
    until = clock.today() + timedelta(weeks=8)
    before = due_of(rows, until)
    change_rhythm(asker=ours.asker(RoleKind.STEWARD), change=weekly(ours.unit))
    after = due_of(rows, until)
    here, there = (row.id for row in rows)
    assert after[there] == before[there]
    assert len(after[here]) > len(before[here])
    assert [day for day in after[here] if day <= clock.today()] == [
        day for day in before[here] if day <= clock.today()
    ]


def test_the_same_twice_is_one_change_and_a_later_word_replaces_it(ours: StaffWorld) -> None:
    steward = ours.asker(RoleKind.STEWARD)
    for change in (weekly(ours.unit), weekly(ours.unit), replace(weekly(ours.unit), weeks=2)):
        change_rhythm(asker=steward, change=change)
    assert changes_of(ours.organisation) == (replace(weekly(ours.unit), weeks=2),)
    assert OwnRhythm.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in RoleKind if role is not RoleKind.STEWARD])
def test_nobody_else_changes_it(ours: StaffWorld, role: RoleKind) -> None:
    with refused(PeopleFault.NOT_ALLOWED):
        change_rhythm(asker=ours.asker(role), change=weekly(ours.unit))


def test_a_steward_of_a_part_changes_nothing_elsewhere(ours: StaffWorld, theirs: StaffWorld) -> None:
    for asker, unit in ((ours.asker(RoleKind.STEWARD), None), (theirs.asker(RoleKind.STEWARD), ours.unit)):
        with refused(PeopleFault.NOT_ALLOWED):
            change_rhythm(asker=asker, change=weekly(unit))
    assert changes_of(ours.organisation) == changes_of(theirs.organisation) == ()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"rhythm": "whenever"}, RhythmFault.RHYTHM),
        ({"weeks": 0}, RhythmFault.WEEKS),
        ({"weeks": 53}, RhythmFault.WEEKS),
        ({"minutes": 1}, RhythmFault.LENGTH),
        ({"why": " "}, RhythmFault.WHY),
        ({"from_date": clock.today() - timedelta(days=1)}, RhythmFault.FROM_DAY),
    ],
)
def test_what_cannot_be_is_refused(ours: StaffWorld, changed: dict[str, object], fault: RhythmFault) -> None:
    with refused(fault):
        change_rhythm(
            asker=ours.asker(RoleKind.STEWARD),
            change=replace(weekly(ours.unit), **changed),  # type: ignore[arg-type]
        )
