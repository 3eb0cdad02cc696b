"""Writers to one SQLite file take turns, and nobody waits for a turn longer than for a while."""

from __future__ import annotations

import gc
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import load_backend

from replenish.site.databases import sqlite
from replenish.site.sqlite import lining_up
from replenish.site.sqlite.lining_up import PATIENCE_SECONDS, WriterInTurn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there SQLite's own waiting is all there is")

Open = Callable[[], WriterInTurn]


@pytest.fixture
def writer(tmp_path: Path) -> Open:
    """Opens connections to one file, which line up in its folder."""
    path = tmp_path / "a.sqlite3"
    with closing(sqlite3.connect(path)) as first:
        first.execute("CREATE TABLE line (name TEXT)")

    def opened() -> WriterInTurn:
        connection = sqlite3.connect(
            path, factory=WriterInTurn, isolation_level=None, check_same_thread=False, timeout=0
        )
        connection.line_up_in(tmp_path)
        return connection

    return opened


def begin(connection: WriterInTurn) -> None:
    connection.take_turn()
    connection.execute("BEGIN IMMEDIATE")


def test_many_writers_get_their_turn_although_sqlite_waits_for_nobody(
    writer: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lining_up, "PATIENCE_SECONDS", 60.0)
    threads, times = 4, 25
    together, written = Barrier(threads), []

    def write(name: int) -> None:
        connection = writer()
        together.wait()
        for number in range(times):
            begin(connection)
            connection.execute("INSERT INTO line VALUES (?)", [f"{name} {number}"])
            connection.commit()
            written.append(name)
        connection.close()

    running = [Thread(target=write, args=[name]) for name in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert len(written) == threads * times


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_turn_ends_with_the_transaction(writer: Open, end: str) -> None:
    first, second = writer(), writer()
    begin(first)
    getattr(first, end)()
    begun = time.monotonic()
    second.take_turn()
    assert time.monotonic() - begun < PATIENCE_SECONDS
    second.close()
    first.close()


def test_a_turn_stays_while_the_transaction_does(writer: Open) -> None:
    first, second = writer(), writer()
    begin(first)
    first.give_back()
    begun = time.monotonic()
    second.take_turn()
    assert time.monotonic() - begun >= PATIENCE_SECONDS
    first.close()
    second.close()


def test_a_second_connection_of_the_same_thread_goes_on_without_a_turn(writer: Open) -> None:
    first, second = writer(), writer()
    begin(first)
    second.take_turn()
    assert second.execute("SELECT count(*) FROM line").fetchall() == [(0,)]
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        second.execute("BEGIN IMMEDIATE")
    first.commit()
    begin(second)
    second.close()
    first.close()


def test_a_connection_that_nobody_closed_keeps_no_turn(writer: Open) -> None:
    lost, other = writer(), writer()
    begin(lost)
    del lost
    gc.collect()
    begun = time.monotonic()
    begin(other)
    assert time.monotonic() - begun < PATIENCE_SECONDS
    other.close()


@pytest.mark.django_db
def test_the_engine_takes_and_gives_back_turns_by_itself(tmp_path: Path) -> None:
    described = {**sqlite(tmp_path / "b.sqlite3"), "TIME_ZONE": None, "AUTOCOMMIT": True}
    described |= {"CONN_HEALTH_CHECKS": False, "ATOMIC_REQUESTS": False, "TEST": {}}
    wrapper = load_backend("replenish.site.sqlite").DatabaseWrapper(described, "default")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE line (name TEXT)")
        cursor.execute("INSERT INTO line VALUES (%s)", ["a"])
        assert not wrapper.connection._has_turn
        cursor.execute("BEGIN IMMEDIATE")
        assert wrapper.connection._has_turn
        cursor.execute("INSERT INTO line VALUES (%s)", ["b"])
        cursor.execute("COMMIT")
        assert not wrapper.connection._has_turn
        with pytest.raises(DatabaseError):
            cursor.execute("INSERT INTO nowhere VALUES (1)")
        assert not wrapper.connection._has_turn
    wrapper.close()


@pytest.mark.django_db
def test_an_inner_block_waits_for_no_turn_of_the_outer_one() -> None:
    begun = time.monotonic()
    with transaction.atomic(), transaction.atomic():
        pass
    assert time.monotonic() - begun < PATIENCE_SECONDS
