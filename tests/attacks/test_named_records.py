"""A thief of the whole server, keys and all, after debriefs and sessions of supervision."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import connection
from tests.attacks import named_records
from tests.attacks.named_records import (
    ASKED,
    Story,
    entries_in_ledger,
    found_in,
    keys_lying_open,
    live,
    stolen,
    without_chance,
)
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.people.cast import later

from replenish.conditions.facts.indicators import indicators
from replenish.conditions.facts.reading import facts_of
from replenish.conditions.facts.room_figures import RoomFigure
from replenish.conditions.facts.trees import WHOLE
from replenish.debrief.incidents import asking
from replenish.debrief.incidents.night import destroy_what_is_over
from replenish.disclosure.attack.at_rest.sqlite_file import read_tables
from replenish.people.models import RecordKey as PublicHalves
from replenish.sealing.shared_record import seal_record
from replenish.supervision import notes

__all__ = ["instance", "prepared"]

SHORT = Story(debriefs=2, pairs=2, sessions=2)
WHOLE_STORY = Story(debriefs=20, pairs=10, sessions=20)

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="reads the file of SQLite")


def contents_found(instance: Instance, told: named_records.LivedThrough) -> list[str]:
    return found_in(stolen(instance), (*told.content, *told.people, "wear me out"))


def test_nothing_that_was_sealed_lies_open(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    told = live(SHORT, monkeypatch)
    assert len(told.content) == 2 * len(ASKED) + 3 * 4
    assert contents_found(instance, told) == []


def test_no_key_of_a_person_lies_on_the_server(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    live(Story(1, 1, 1), monkeypatch)
    assert keys_lying_open(instance) == 0


def test_fault_a_private_half_without_its_phrase_is_found(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(Story(1, 0, 0), monkeypatch)
    private = X25519PrivateKey.generate()
    half = private.public_key().public_bytes_raw()
    PublicHalves.objects.filter(pk=PublicHalves.objects.values_list("pk")[0][0]).update(
        public=half, wrapped=b"kept: " + private.private_bytes_raw()
    )
    assert keys_lying_open(instance) == 1


@pytest.mark.patient
def test_after_twenty_debriefs_and_two_hundred_sessions_a_thief_has_facts_alone(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = live(WHOLE_STORY, monkeypatch)
    assert len(told.content) == 20 * len(ASKED) + 3 * 200
    assert contents_found(instance, told) == []
    # And yet the facts give every indicator.
    facts = {one.kind.code for one in facts_of(told.organisation, [WHOLE], later(700))}
    assert facts >= {
        "supervision_held",
        "supervision_reflective",
        "debrief_offered",
        "debrief_held",
        "time_after",
    }
    given = set(RoomFigure.objects.values_list("kind", flat=True))
    # No meeting fell through here, and no supervisor is supervised.
    assert set(indicators()) - given == {"supervision_booked_again", "supervision_of_supervisors"}


def two_worlds(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[tuple[object, ...]], Counter[tuple[object, ...]]]:
    """What a thief reads where some said yes, and where everybody did otherwise."""
    live(Story(2, 1, 1, accepts=lambda line: ("yes", "no")[line % 2]), monkeypatch)
    one, entries = without_chance(instance), entries_in_ledger(instance)
    empty_named_records()
    live(Story(2, 1, 1, accepts=lambda _line: "none"), monkeypatch)
    return one, without_chance(instance, after=entries)


def test_who_accepted_changes_nothing_that_a_thief_reads(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two_worlds(instance, monkeypatch)
    assert one == other
    assert sum(one.values()) > 30


def empty_named_records() -> None:
    """The rows of the first world leave; the organisation stays, and is no part of the comparison."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("debrief_", "supervision_", "conditions_room")):
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names from the database itself


def test_on_day_31_the_lists_are_gone_from_the_database(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(SHORT, monkeypatch)
    worlds.set_day(monkeypatch, later(31 + SHORT.debriefs))
    destroy_what_is_over()
    tables = {table.name: table.rows for table in read_tables(Path(instance.database))}
    assert tables["debrief_askinglist"] == ()


# Seeded faults: each of these the attack must find.


def test_fault_lists_in_plain_are_found(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "sealed_to", lambda _asker, _account, _row, _kind, content: content)
    told = live(SHORT, monkeypatch)
    assert set(ASKED) <= set(contents_found(instance, told))


def test_fault_notes_in_plain_are_found(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    def betrayed(name: object, content: bytes, parties: object) -> object:
        return type(made := seal_record(name, content, parties))(content, made.keys)  # type: ignore[arg-type]

    monkeypatch.setattr(notes, "seal_record", betrayed)
    told = live(SHORT, monkeypatch)
    assert "wear me out" in contents_found(instance, told)


def test_fault_a_row_for_each_who_accepted_is_found(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list as long as there are people who said yes: told by its length."""
    monkeypatch.setattr(
        asking,
        "sealed_to",
        lambda _asker, _account, _row, _kind, content: bytes(content.count(b"yes")),
    )
    one, other = two_worlds(instance, monkeypatch)
    assert one != other
