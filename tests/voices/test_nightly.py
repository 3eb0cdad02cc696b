"""The night: interrupted it goes on, nothing is lost, no row looks as before, nothing deleted is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.conditions.instances import Instance
from tests.voices.cards import FIRST_DAY, House, week, weekly
from tests.voices.conftest import SetDay

from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.sealing.secret import Secret
from replenish.sealing.wrap import wrapped_under
from replenish.sealing.wrap_keys import WrapKeys
from replenish.voices import nightly
from replenish.voices.actions import check_in, erase
from replenish.voices.erasures import apply_erasures
from replenish.voices.microdata import read_contributions
from replenish.voices.models import ArrivingBox, ArrivingSeat, Box, Contribution, NightState, Seat
from replenish.voices.nightly import rewrite
from replenish.voices.queries import my_box, my_seat
from replenish.voices.rounds import stop_accepting

pytestmark = pytest.mark.patient

PEOPLE = 7
BATCH = 2
postgresql_only = pytest.mark.skipif("not settings.DATABASES['default']['ENGINE'].endswith('postgresql')")
sqlite_only = pytest.mark.skipif("settings.DATABASES['default']['ENGINE'].endswith('postgresql')")


class Stopped(Exception):
    """The machine went off."""


@pytest.fixture
def cards(house: House) -> list[Secret]:
    """Seven people who have checked in, four of them before last night."""
    found = [house.join() for _ in range(PEOPLE)]
    house.open_round(1)
    for answer, card in enumerate(found):
        if answer == 4:
            rewrite()
        check_in(card, weekly(answer % 5), week())
    return found


def stop_at(step: int) -> Callable[[str], None]:
    counter = iter(range(10_000))

    def progress(_: str) -> None:
        if next(counter) == step:
            raise Stopped

    return progress


def steps_of_a_night() -> int:
    seen: list[str] = []
    rewrite(batch=BATCH, progress=seen.append)
    return len(seen)


def rows() -> dict[str, bytes]:
    boxes = {name: bytes(wrapped) for name, wrapped in Box.objects.values_list("name", "wrapped")}
    return boxes | {v: bytes(s) for v, s in Contribution.objects.values_list("voice", "sealed")}


def test_interrupted_after_any_step_it_goes_on_and_nothing_is_lost(house: House, cards: list[Secret]) -> None:
    for step in range(16):
        try:
            rewrite(batch=BATCH, progress=stop_at(step))
        except Stopped:
            for card in cards:
                assert my_box(card) is not None, step
                assert my_seat(card) is not None, step
            check_in(cards[step % PEOPLE], weekly(step % 5), week())
        rewrite(batch=BATCH)
        assert (Box.objects.count(), Seat.objects.count(), Contribution.objects.count()) == (7, 7, 7)
        assert not ArrivingBox.objects.exists()
        assert not ArrivingSeat.objects.exists()
        assert {wrapped_under(row) for row in rows().values()} == {NightState.objects.get().key_id}
        assert WrapKeys(settings.REPLENISH_KEYS).ids() == (NightState.objects.get().key_id,)
        check_in(cards[0], weekly(1), week())
    assert steps_of_a_night() <= 16, "the loop above stops at every step there is"
    stop_accepting("season-1-round-1")
    name = "season-1-round-1"
    assert len(read_contributions(name, house.keys.opener(name)).groups) == PEOPLE


def test_an_interrupted_night_goes_on_under_the_same_key(cards: list[Secret]) -> None:
    with pytest.raises(Stopped):
        rewrite(batch=BATCH, progress=stop_at(3))
    state = NightState.objects.get()
    assert state.rewriting
    assert len(WrapKeys(settings.REPLENISH_KEYS).ids()) == 2, "the older key is kept while rows need it"
    rewrite()
    assert NightState.objects.get().key_id == state.key_id
    rewrite()
    assert NightState.objects.get().key_id != state.key_id, "each night has a key of its own"


def test_after_the_night_nobody_sees_which_rows_were_used(cards: list[Secret]) -> None:
    rewrite()
    before = rows()
    check_in(cards[0], weekly(4), week())
    rewrite()
    after = rows()
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before), "every row changed, used or not"
    assert {len(row) for row in before.values()} == {len(row) for row in after.values()}


def test_a_row_under_an_older_key_keeps_that_key(
    cards: list[Secret], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault seeded: the rewrite forgets a table, and the night refuses to forget the key it needs."""
    rewrite()
    monkeypatch.setattr(nightly, "_rewrap", lambda *_, **__: "")
    with pytest.raises(Refused) as refused:
        rewrite()
    assert refused.value.fault is VoiceFault.NIGHT_UNFINISHED
    monkeypatch.undo()
    assert all(my_box(card) is not None for card in cards)


def files(instance: Instance) -> bytes:
    found = [path for path in instance.folder.iterdir() if path.name.startswith("replenish.sqlite3")]
    assert any(path.name.endswith("-wal") for path in found)
    return b"".join(path.read_bytes() for path in found)


@sqlite_only
def test_nothing_deleted_is_left_in_the_files(instance: Instance, house: House, cards: list[Secret]) -> None:
    rewrite()
    old = rows()
    name = next(iter(Box.objects.values_list("name", flat=True)))
    erase(cards[0])
    check_in(cards[1], weekly(3), week())
    assert any(row[-64:] in files(instance) for row in old.values()), "the test can see a row in the files"
    rewrite()
    kept = files(instance)
    assert [n for n, row in old.items() if row[20:84] in kept or row[-64:] in kept] == []
    gone = {name} - set(Box.objects.values_list("name", flat=True))
    assert not any(n.encode() in kept for n in gone)
    for path in instance.folder.glob("*-wal"):
        assert path.stat().st_size == 0


@sqlite_only
def test_the_files_are_in_the_order_of_the_names(instance: Instance, house: House) -> None:
    """Not in the order in which people came: that order would be read off the places in the file."""
    for _ in range(30):
        check_in(house.join(), weekly(), week())

    def places() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        held = (instance.folder / "replenish.sqlite3").read_bytes()
        stored = [*ArrivingBox.objects.order_by("name"), *Box.objects.order_by("name")]
        return [held.index(bytes(row.wrapped)[-400:]) for row in stored]

    before = places()
    assert before != sorted(before), "the test can see an order that tells"
    rewrite()
    after = places()
    assert after == sorted(after)


@postgresql_only
@pytest.mark.parametrize("table", ["voices_box", "voices_contribution", "voices_seat"])
def test_neither_places_nor_transactions_tell_who_came_when(house: House, table: str) -> None:
    """PostgreSQL keeps the place of a row and the number of the transaction that wrote it."""
    cards = [house.join() for _ in range(20)]
    house.open_round(1)
    for card in cards:
        check_in(card, weekly(), week())
    rewrite(batch=4)
    for card in cards[::3]:
        check_in(card, weekly(), week())
    rewrite(batch=4)
    key = "voice" if table == "voices_contribution" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, xmin::text::bigint FROM {table} ORDER BY ctid")  # noqa: S608
        stored = cursor.fetchall()
    assert len(stored) == 20
    assert stored == sorted(stored), "places follow the names"
    assert [number for _, number in stored] == sorted(number for _, number in stored)
    assert len({number for _, number in stored}) in (1, 5), "each batch of four was written at once"


@sqlite_only
def test_no_table_has_a_hidden_number(house: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE 'voices_%'")
        tables = dict(cursor.fetchall())
    assert len(tables) == 13
    assert [name for name, sql in tables.items() if not sql.endswith("WITHOUT ROWID")] == []


@sqlite_only
def test_a_reader_without_end_is_told(cards: list[Secret], instance: Instance) -> None:
    reader = instance.open_elsewhere()
    reader.settings_dict["OPTIONS"] = {**reader.settings_dict["OPTIONS"], "transaction_mode": "DEFERRED"}
    connection.settings_dict["OPTIONS"]["timeout"] = 0.05
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT COUNT(*) FROM voices_box")
        with pytest.raises(Refused) as refused:
            rewrite()
        cursor.execute("COMMIT")
    reader.close()
    assert refused.value.fault is VoiceFault.NIGHT_NOT_CLEAN
    rewrite()


def test_an_erased_person_stays_erased_after_a_restore(cards: list[Secret]) -> None:
    rewrite()
    backup = list(Box.objects.values_list("name", "wrapped"))
    erase(cards[0])
    Box.objects.all().delete()
    Box.objects.bulk_create(Box(name=name, wrapped=wrapped) for name, wrapped in backup)
    assert my_box(cards[0]) is not None
    apply_erasures()
    assert my_box(cards[0]) is None
    assert all(my_box(card) is not None for card in cards[1:])


def test_a_box_that_arrives_while_it_is_erased_goes_with_the_night(house: House, on_day: SetDay) -> None:
    card = Secret.new()
    check_in(card, weekly(), week())
    row = ArrivingBox.objects.get()
    erase(card)
    row.save(force_insert=True)
    rewrite()
    assert not Box.objects.exists()
    assert not ArrivingBox.objects.exists()


def test_a_year_of_nights_keeps_one_key(house: House, on_day: SetDay) -> None:
    card = house.join()
    for day in range(5):
        on_day(FIRST_DAY + timedelta(days=day))
        rewrite()
    assert len(list(Path(settings.REPLENISH_KEYS).glob("wraps/*.key"))) == 1
    assert my_seat(card) is not None
