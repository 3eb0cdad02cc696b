"""Restoring: erased people stay erased, closed rounds stay closed, and the rest is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from tests.conditions.instances import Instance, Prepared, copied
from tests.conditions.worlds import published_bytes
from tests.safekeeping.household import PEOPLE, Household, night

from replenish.basis.errors import Refused
from replenish.basis.faults import SafekeepingFault
from replenish.basis.faults.sealing import SealingFault
from replenish.conditions.models import Round, State
from replenish.ledger import queries as ledger
from replenish.ledger.events import Event
from replenish.ledger.heads import keep_head, kept_heads
from replenish.safekeeping import policy, rows
from replenish.safekeeping import restore as restoring
from replenish.safekeeping.places import Places, backups_in
from replenish.safekeeping.restore import restore
from replenish.sealing.names import box_name
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.wrap import unwrap
from replenish.voices.actions import contribute_again, erase
from replenish.voices.contributing import Contributed
from replenish.voices.models import Box, Contribution, OpenRound, Seat
from replenish.voices.night_key import unwrap_row, wrap_keys
from replenish.voices.queries import my_box


def say_nothing(_: str) -> None:
    """Hears of progress."""


@contextmanager
def another_machine(prepared: Prepared, folder: Path) -> Iterator[Instance]:
    """An empty installation with keys of its own; afterwards the settings lead back."""
    before = settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS
    folder.mkdir()
    with copied(prepared, folder) as made:
        settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = made.folder, made.keys
        yield made
    settings.REPLENISH_INSTANCE, settings.REPLENISH_KEYS = before


@pytest.fixture
def elsewhere(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where another machine can be."""
    return tmp_path_factory.mktemp("machines") / "other"


def test_everything_comes_back(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    cards, seats = household.cards, Seat.objects.count()
    before = {box_name(card): my_box(card) for card in cards}
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert {box_name(card): my_box(card) for card in cards} == before
        assert Seat.objects.count() == seats == PEOPLE
        assert Contribution.objects.count() == 0


def test_the_signed_heads_of_the_ledger_come_back(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    keep_head()
    night(places)
    kept = kept_heads()
    assert kept
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert kept_heads() == kept
        assert ledger.verify().unbroken
        assert ledger.verify().signed_until == kept[-1].number


def erased_then_restored(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> set[str]:
    """Names of the boxes after a backup, an erasure, a night, and restoring the older backup."""
    night(places)
    erase(household.cards[0])
    household.day(1)
    night(places)
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        return set(Box.objects.values_list("name", flat=True))


def test_an_erased_box_does_not_come_back_with_an_older_backup(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    there = erased_then_restored(household, places, prepared, elsewhere)
    assert there == {box_name(card) for card in household.cards[1:]}


def test_seeded_fault_erasures_not_applied_are_noticed(
    household: Household,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(restoring, "apply_erasures", lambda: None)
    assert box_name(household.cards[0]) in erased_then_restored(household, places, prepared, elsewhere)


def closed_then_restored(household: Household, places: Places) -> list[bytes]:
    """A backup while the round is open, its close, a night; the contributions as a thief kept them."""
    night(places)
    kept = [
        unwrap_row(str(voice), bytes(sealed))
        for voice, sealed in Contribution.objects.values_list("voice", "sealed")
    ]
    household.close_round()
    night(places)
    return kept


def test_no_contribution_of_a_closed_round_can_be_read_after_restoring(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    kept = closed_then_restored(household, places)
    published = published_bytes()
    assert len(kept) == PEOPLE
    with another_machine(prepared, elsewhere):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert Contribution.objects.count() == 0
        with pytest.raises(Refused) as refused:
            RoundKeys(settings.REPLENISH_KEYS).opener(household.round.id)
        assert refused.value.fault is SealingFault.ROUND_KEY_MISSING
        assert Round.objects.get(id=household.round.id).state == State.CLOSED
        assert not OpenRound.objects.exists()
        assert published_bytes() == published, "what was published since the backup stays published"
    with pytest.raises(Refused):
        RoundKeys(settings.REPLENISH_KEYS).opener(household.round.id)


def test_seeded_fault_a_record_as_old_as_the_backup_opens_the_round_again(
    household: Household,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed_then_restored(household, places)
    monkeypatch.setattr(restoring, "RECORD", ())
    with another_machine(prepared, elsewhere), pytest.raises(Refused, match="the head that was kept"):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
    monkeypatch.setattr(restoring, "put_back", lambda _: None)
    with another_machine(prepared, elsewhere.with_name("third")):
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert Round.objects.get(id=household.round.id).state == State.OPEN
        assert OpenRound.objects.exists()


def test_an_open_round_goes_on_under_a_new_key_and_everybody_can_contribute_again(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    recipient = OpenRound.objects.get().recipient
    with another_machine(prepared, elsewhere):
        restored = restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
        assert restored.rounds_with_new_keys == (household.round.id,)
        assert OpenRound.objects.get().recipient != recipient
        assert contribute_again(household.cards[0]) is Contributed.YES
        assert ledger.entries("", event=Event.BACKUP_RESTORED)
        assert ledger.entries(household.season.organisation, event=Event.ROUND_KEY_REPLACED)
        assert ledger.verify().unbroken


def test_an_installation_that_is_in_use_is_not_touched(household: Household, places: Places) -> None:
    night(places)
    household.use(household.join())
    with pytest.raises(Refused) as refused:
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
    assert refused.value.fault is SafekeepingFault.NOT_EMPTY
    assert my_box(household.cards[-1]) is not None


def test_an_installation_is_replaced_when_asked_and_its_own_erasures_are_kept(
    household: Household, places: Places
) -> None:
    night(places)
    late = household.join()
    household.use(late)
    erase(household.cards[0])
    restore(backups_in(places.data)[0], places.keys, replace=True, tell=say_nothing)
    assert my_box(late) is None
    assert my_box(household.cards[0]) is None
    assert my_box(household.cards[1]) is not None


@pytest.mark.parametrize("step", [0, 7, 17, 21])
def test_a_restore_that_stops_leaves_what_was_there(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    night(places)
    late = household.join()
    household.use(late)
    monkeypatch.setattr(restoring, "insert_rows", stop_after(step, rows.insert_rows))
    if step > len(policy.KEPT):
        monkeypatch.setattr(restoring, "_require_whole", stop_after(0, restoring._require_whole))
    with pytest.raises(Stopped):
        restore(backups_in(places.data)[0], places.keys, replace=True, tell=say_nothing)
    assert my_box(late) is not None
    assert my_box(household.cards[0]) is not None
    monkeypatch.undo()


def test_a_key_file_older_than_a_backup_beside_it_is_refused(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path
) -> None:
    night(places)
    old = places.keys.parent / "old-keys.zip"
    old.write_bytes((places.keys / "replenish-keys.zip").read_bytes())
    household.day(1)
    night(places)
    with another_machine(prepared, elsewhere), pytest.raises(Refused) as refused:
        restore(backups_in(places.data)[0], old, replace=False, tell=say_nothing)
    assert refused.value.fault is SafekeepingFault.KEY_FILE_OLD


def test_the_key_file_of_another_installation_opens_nothing(
    household: Household, places: Places, prepared: Prepared, elsewhere: Path, tmp_path: Path
) -> None:
    night(places)
    theirs = Places(elsewhere.parent / "their-backups", elsewhere.parent / "their-keys")
    with another_machine(prepared, elsewhere):
        night(theirs)
        with pytest.raises(Refused) as refused:
            restore(backups_in(places.data)[0], theirs.keys, replace=False, tell=say_nothing)
    assert refused.value.fault in {SafekeepingFault.BACKUP_WITHOUT_KEYS, SafekeepingFault.BACKUP_CHANGED}


def test_the_outer_key_is_forgotten_by_the_server_and_known_to_the_key_file(
    household: Household, places: Places
) -> None:
    """The server cannot open the outer layer of its own older backups; only both artefacts together can."""
    night(places)
    name, wrapped = Box.objects.values_list("name", "wrapped")[0]
    night(places)
    with pytest.raises(Refused):
        unwrap(wrap_keys().held(), name, bytes(wrapped))


def test_a_backup_of_another_version_is_refused(
    household: Household,
    places: Places,
    prepared: Prepared,
    elsewhere: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = MigrationRecorder(connection).applied_migrations()
    with monkeypatch.context() as patch:
        later = {**made, ("voices", "0009_later"): next(iter(made.values()))}
        patch.setattr(MigrationRecorder, "applied_migrations", lambda _: later)
        night(places)
    with another_machine(prepared, elsewhere), pytest.raises(Refused) as refused:
        restore(backups_in(places.data)[0], places.keys, replace=False, tell=say_nothing)
    assert refused.value.fault is SafekeepingFault.OTHER_VERSION


class Stopped(Exception):
    """The process died here."""


def stop_after(calls: int, function: object) -> object:
    """The function, until it has been called so many times; then the process dies."""
    left = [calls]

    def stopping(*arguments: object, **named: object) -> object:
        if left[0] == 0:
            raise Stopped
        left[0] -= 1
        return function(*arguments, **named)  # type: ignore[operator]

    return stopping


def test_a_database_refuses_to_lose_its_ledger_row_by_row(household: Household, places: Places) -> None:
    """Why restoring makes a new database: rows of the ledger cannot be deleted from the old one."""
    night(places)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_entry")
