"""After a restore nothing can be had twice: no seat for one slip, no slips for one agreement, no key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.conditions.instances import Instance, Prepared
from tests.conditions.organisations import Staffed, staffed
from tests.conditions.worlds import BEGINS, set_day
from tests.safekeeping.household import Household, night
from tests.safekeeping.test_restore import another_machine, say_nothing

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault, VoiceFault
from replenish.conditions import rounds
from replenish.people.actions import end_account, raise_floor
from replenish.people.queries import accounts, headcount, organisation_summary
from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.restore import restore
from replenish.sealing.secret import Secret
from replenish.voices import nightly
from replenish.voices.actions import Joined, spend_slip
from replenish.voices.models import ArrivingSeat, Seat, SeatSeason
from replenish.voices.slips import make_slips


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where another machine can be."""
    return tmp_path_factory.mktemp("machines") / "other"


def _restore_oldest(places: Places) -> None:
    restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)


@pytest.mark.parametrize("waiting", [False, True])
def test_a_slip_spent_since_the_backup_gives_no_second_seat(
    household: Household,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    waiting: bool,
) -> None:
    if waiting:
        monkeypatch.setattr(nightly, "MIXED_EVERY", timedelta(weeks=4))
    unit = min(household.season.unit_paths)
    spent, kept = make_slips(season=household.season.id, counts={unit: 2})
    night(places)
    assert spend_slip(Secret.new(), spent.code) is Joined.SEATED
    household.day(1)
    night(places)
    with another_machine(prepared, elsewhere):
        _restore_oldest(places)
        with pytest.raises(Refused) as refused:
            spend_slip(Secret.new(), spent.code)
        assert refused.value.fault is VoiceFault.SLIP_NOT_OPEN
        assert spend_slip(Secret.new(), kept.code) is Joined.SEATED


def _ours(monkeypatch: pytest.MonkeyPatch) -> Staffed:
    set_day(monkeypatch, BEGINS)
    return staffed({"Care": {"Ash": 12, "Elm": 12}})


def test_an_agreement_used_since_the_backup_draws_no_second_slips(
    instance: Instance,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = _ours(monkeypatch)
    season = rounds.plan_season(asker=made.operator)
    proposal = made.agree_on_slips(season.id, {"Ash": 6})
    night(places)
    rounds.draw_slips(asker=made.operator, proposal=proposal)
    set_day(monkeypatch, BEGINS + timedelta(days=1))
    night(places)
    with another_machine(prepared, elsewhere):
        _restore_oldest(places)
        with pytest.raises(Refused) as refused:
            rounds.draw_slips(asker=made.operator, proposal=proposal)
        assert refused.value.fault is PeopleFault.PROPOSAL_UNKNOWN


def test_who_left_and_what_was_declared_since_the_backup_stays_so(
    instance: Instance,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A steward who was dismissed would hold their key again, and a raised floor would be low again."""
    made = _ours(monkeypatch)
    night(places)
    made.declare({"Ash": 9})
    raise_floor(asker=made.operator, floor=10)
    end_account(asker=made.operator, account=str(made.steward.account))
    set_day(monkeypatch, BEGINS + timedelta(days=1))
    night(places)
    with another_machine(prepared, elsewhere):
        _restore_oldest(places)
        assert made.steward.account not in {one.account for one in accounts(made.id)}
        assert organisation_summary(made.id).floor == 10
        assert headcount(made.id)[made.units["Ash"]] == 9


def test_a_restored_database_is_for_its_owner_alone(household: Household, places: Places) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files itself")
    night(places)
    restore(backups_in(places.data)[0], places.keys, replace=True, tell=say_nothing)
    assert Path(str(connection.settings_dict["NAME"])).stat().st_mode & 0o777 == 0o600


def test_seats_of_a_season_that_is_over_do_not_come_back(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    season = household.season.id
    for table in (Seat, ArrivingSeat, SeatSeason):
        table.objects.filter(**{"id" if table is SeatSeason else "season": season}).delete()
    household.day(1)
    night(places)
    with another_machine(prepared, elsewhere):
        _restore_oldest(places)
        assert not Seat.objects.exists()
