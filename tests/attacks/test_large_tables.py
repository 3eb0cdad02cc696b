"""A table that somebody brings holds nobody up: while figures are kept, nobody else can write."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.conditions.organisations import staffed
from tests.web.staff_world import StaffWorld, ours, quick, signed_in

from replenish.conditions.facts.book import MOST_STRETCHES, STRETCH_DAYS, Kept
from replenish.conditions.facts.entering import enter_facts
from replenish.conditions.facts.files import MOST_ROWS
from replenish.conditions.facts.importing import look_at
from replenish.conditions.facts.kinds import LEAST_DAYS, MOST_DAYS
from replenish.conditions.rounds import plan_season
from replenish.people.roles import RoleKind

__all__ = ["instance", "ours", "prepared", "quick"]
pytestmark = pytest.mark.patient

UNITS = 20
HEADER = "part,fact,from,until,count,out_of,source"
MET_BY_A_ROW = 120
"""Each row is compared with those near it in time and of its part, a few times over."""


def largest_table(until: date) -> str:
    """As many good rows of one kind as a table may have."""
    day, lines = until - timedelta(days=3600), [HEADER]
    while len(lines) <= MOST_ROWS:
        last = day + timedelta(days=LEAST_DAYS - 1)
        lines += [f"Care / T{place},supervision_held,{day},{last},6,8,rota" for place in range(UNITS)]
        day = last + timedelta(days=1)
    return "\n".join(lines[: MOST_ROWS + 1])


def test_the_largest_table_is_compared_row_by_row_with_what_it_can_meet_alone(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, worlds.BEGINS)
    made = staffed({"Care": {f"T{place}": 8 for place in range(UNITS)}})
    plan_season(asker=made.steward)
    met, shares = [0], Kept.shares_days

    def counted(row: Kept, first_day: date, last_day: date) -> bool:
        met[0] += 1
        return shares(row, first_day, last_day)

    monkeypatch.setattr(Kept, "shares_days", counted)
    looked = look_at(made.steward, largest_table(worlds.BEGINS))
    assert len(looked.good) == MOST_ROWS
    assert met[0] < MET_BY_A_ROW * MOST_ROWS
    met[0] = 0
    assert enter_facts(asker=made.steward, entries=looked.good).entered == MOST_ROWS
    assert met[0] < MET_BY_A_ROW * MOST_ROWS


def test_a_period_of_thousands_of_years_is_refused_at_once(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, worlds.BEGINS)
    made = staffed({"Care": {"Ash": 9, "Elm": 9}})
    rows = ["Care / Ash,supervision_held,0001-01-01,9999-12-31,6,8,x"] * 2
    looked = look_at(made.steward, "\n".join([HEADER, *rows]))
    assert not looked.good
    assert MOST_DAYS <= (MOST_STRETCHES - 1) * STRETCH_DAYS


@pytest.mark.parametrize("address", ["/staff/provision/import/", "/staff/sign-in/", "/my/"])
def test_no_file_that_is_sent_ever_lies_on_a_disk(
    address: str, ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger could fill it, with forms that are refused afterwards."""

    def written(*_: object, **__: object) -> None:
        raise AssertionError("a file was written")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", written)
    client = signed_in(ours.people[RoleKind.STEWARD])
    found = client.post(address, {"table": SimpleUploadedFile("facts.csv", b"x" * 4_000_000)})
    assert found.status_code in {400, 403, 404, 405}
    if address.endswith("import/"):
        assert str(MOST_ROWS) in found.text
