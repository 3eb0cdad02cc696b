"""All supervision and all debriefs on a page: every indicator, nothing of few people, releases alone."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.supervised_world import due_days, fell_through, held, pair
from tests.conditions.test_ratings import TERMS, columns, place
from tests.debrief.incident_world import said
from tests.web.staff_world import StaffWorld, begin_organisation, quick, signed_in

from replenish.conditions.facts.from_rooms import count_rooms
from replenish.conditions.facts.indicators import indicators
from replenish.conditions.ratings.pooling import pool
from replenish.conditions.ratings.published import row_of
from replenish.debrief.incidents.writing import write_down
from replenish.people.roles import RoleKind

__all__ = ["quick"]

SUPERVISION, DEBRIEFS = "/staff/provision/supervision/", "/staff/provision/debriefs/"
BEGUN, TODAY = date(2025, 12, 1), date(2027, 2, 20)
SINCE = date(2025, 12, 8)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(quick: None, monkeypatch: pytest.MonkeyPatch) -> StaffWorld:
    worlds.set_day(monkeypatch, BEGUN)
    made = begin_organisation("Ours")
    worlds.set_day(monkeypatch, TODAY)
    return made


def year_of_supervision(ours: StaffWorld, people: int = 8) -> None:
    """Pairs that meet for a year; in June nearly all of it falls through."""
    for number in range(people):
        agreement = pair(
            ours.organisation, ours.unit, since=SINCE, name=f"p{number}", supervisor=f"s{number % 3}"
        )
        for at, day in enumerate(due_days(SINCE, 14)):
            if day.month == 6 and number:
                fell_through(agreement, day, side="organisation", reason="short-staffed")
            elif (at + number) % 9 == 0:
                fell_through(agreement, day, side="supervisee", reason="away")
            else:
                short, broken = (at + number) % 4 == 0, (2 * at + number) % 5 == 0
                held(agreement, day, raised=1, minutes=40 if short else 60, interrupted=broken)


def page(ours: StaffWorld, address: str, kind: RoleKind = RoleKind.REPRESENTATIVE) -> str:
    return signed_in(ours.people[kind]).get(address).text


def test_every_indicator_stands_there_with_its_chart_and_source(ours: StaffWorld) -> None:
    year_of_supervision(ours)
    # A supervisor who is supervised.
    held(pair(ours.organisation, ours.unit, since=SINCE, name="s0", supervisor="t"), due_days(SINCE, 1)[0])
    count_rooms()
    told = page(ours, SUPERVISION)
    for code, kind in indicators().items():
        assert (f'id="{code}"' in told) == (kind.group == "supervision")
    assert told.count('class="drawn control"') >= 4
    assert "June 2026: 11 % is less than chance would give." in told
    assert "(S, looked at on 23 Nov 2026)" in told
    assert "Half of all meetings came within 28 days after the one before" in told


def test_sides_and_reasons_of_a_quarter_are_told_over_everybody(ours: StaffWorld) -> None:
    year_of_supervision(ours)
    count_rooms()
    told = re.sub(r"\s+", " ", page(ours, SUPERVISION))
    assert '<caption id="fell-1">1 Apr to 30 Jun 2026</caption>' in told
    assert told.count('<caption id="fell-') == 1
    assert "From the organisation</th><td>7 of 9" in told


def test_six_people_are_too_few_for_sides(ours: StaffWorld) -> None:
    year_of_supervision(ours, people=6)
    count_rooms()
    told = page(ours, SUPERVISION)
    assert "No quarter can be told yet." in told
    assert "Nobody could cover" not in told


def test_ratings_are_read_from_the_release_on_the_day_of_members(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = pool(TERMS, place(9), columns([75.0] * 9), ())
    assert release is not None
    row_of(release, organisation=ours.organisation, round_id="r", season=1, visible_from=TODAY).save()
    assert "Nothing is told yet." in page(ours, SUPERVISION)
    worlds.set_day(monkeypatch, TODAY + timedelta(days=1))
    told = page(ours, SUPERVISION)
    assert "Safe to speak</th><td>above 65 of 100</td><td>7–12</td>" in told


def test_before_anything_is_counted_the_pages_say_what_will_come(ours: StaffWorld) -> None:
    assert "Nothing is counted yet." in page(ours, SUPERVISION)
    assert "Nothing is counted yet." in page(ours, DEBRIEFS)


def test_what_followed_incidents_stands_on_a_page_of_its_own(ours: StaffWorld) -> None:
    steward = ours.asker(RoleKind.STEWARD)
    for number in range(5):
        write_down(asker=steward, said=said(ours.unit, date(2026, 12, 3 + number)))
    count_rooms()
    told = page(ours, DEBRIEFS)
    assert "0 of 5 hard incidents" in told
    for code in ("debrief_held", "debrief_check_in_offered", "debrief_second_check_offered"):
        assert f'id="{code}"' in told


@pytest.mark.patient
def test_the_page_of_a_large_organisation_takes_no_time(ours: StaffWorld) -> None:
    year_of_supervision(ours, people=40)
    count_rooms()
    browser = signed_in(ours.people[RoleKind.STEWARD])
    browser.get(SUPERVISION)
    started = time.process_time()
    for _ in range(5):
        browser.get(SUPERVISION)
    assert (time.process_time() - started) / 5 < 0.1
