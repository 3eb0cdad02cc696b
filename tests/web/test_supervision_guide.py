"""The guide for a session: recognised cycles with whole minutes, and the time that is kept for reflection."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.supervision.pairs import agreed
from tests.web.staff_world import StaffWorld, ours, quick, signed_in

from replenish.basis import clock
from replenish.people.roles import RoleKind
from replenish.supervision.meetings import When, plan_meeting
from replenish.web.staff.supervision.guide.cycle import cycles, frame
from replenish.web.staff.supervision.guide.timed import LEAST_MINUTES, MOST_MINUTES, session, split

__all__ = ["ours", "quick"]

SUPERVISOR, SUPERVISEE = RoleKind.SUPERVISOR, RoleKind.DEPUTY


def long_meeting(world: StaffWorld) -> str:
    """A meeting of a pair that agreed on an hour and a half, most of it for reflection."""
    parties = {world.people[SUPERVISOR].account: "supervisor", world.people[SUPERVISEE].account: "supervisee"}
    agreement = agreed(world.organisation, world.unit, parties, minutes=90, share=60)
    when = When(clock.today() + timedelta(days=7), "14:00", "Quiet room", "in-person")
    asker, once = world.asker(SUPERVISEE), secrets.token_hex(16)
    return plan_meeting(asker=asker, agreement=agreement, when=when, due_on=None, once=once)


def test_the_guide_takes_times_and_share_from_the_agreement(ours: StaffWorld) -> None:
    meeting = long_meeting(ours)
    client = signed_in(ours.people[SUPERVISOR])
    page = client.get(reverse("staff-supervision-session"), {"meeting": meeting, "cycle": "gibbs"}).text
    assert "54 of 90 minutes are kept for reflection." in page
    assert "You agreed on 60 in a hundred." in page
    assert "14:00–14:05" in page
    assert "15:25–15:30" in page
    assert (
        "Listening in two rooms"
        not in client.get(reverse("staff-supervision-guide"), {"meeting": meeting}).text.partition(
            "More of them"
        )[0]
    )


def test_times_that_cannot_be_are_said(ours: StaffWorld) -> None:
    client = signed_in(ours.people[SUPERVISOR])
    for field, value in (("minutes", "5"), ("minutes", "٦٠"), ("share", "0"), ("starts", "x")):
        answer = client.get(reverse("staff-supervision-session"), {field: value})
        assert answer.status_code == 400
        assert f'href="#{field}"' in answer.text


@given(
    place=st.integers(0, 7),
    minutes=st.integers(LEAST_MINUTES, MOST_MINUTES),
    share=st.integers(10, 100),
)
def test_the_parts_fill_the_session_and_keep_the_share(place: int, minutes: int, share: int) -> None:
    one = session(cycles()[place], frame(), minutes=minutes, share=share)
    assert one.slots[0].begins == 0
    assert one.slots[-1].ends == minutes
    assert all(here.ends == there.begins for here, there in zip(one.slots, one.slots[1:], strict=False))
    assert all(slot.minutes >= 1 for slot in one.slots)
    kept = sum(slot.minutes for slot in one.slots if slot.is_reflective)
    assert kept == one.reflective
    assert kept * 100 >= min(minutes * share, (minutes - 10) * 100)


@given(parts=st.lists(st.integers(1, 10), min_size=1, max_size=8), more=st.integers(0, 200))
def test_minutes_are_split_whole_and_none_is_lost(parts: list[int], more: int) -> None:
    found = split(parts, len(parts) + more)
    assert sum(found) == len(parts) + more
    assert min(found) >= 1
