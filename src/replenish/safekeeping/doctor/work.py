"""Was the work of the nights done: rewriting, closing, backing up?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection

from replenish.basis import clock
from replenish.safekeeping.doctor.finding import Finding, advice, danger
from replenish.safekeeping.places import backups_in, same_device
from replenish.safekeeping.upkeep import Upkeep, read_upkeep

LATE = timedelta(days=1)


def look_at_work() -> Iterator[Finding]:
    """Everything that should have happened by today."""
    today, upkeep = clock.today(), read_upkeep()
    yield from _night(upkeep, today)
    yield from _closes(today)
    yield from _backups(upkeep, today)


def _night(upkeep: Upkeep, today: date) -> Iterator[Finding]:
    if upkeep.night is None or today - upkeep.night > LATE:
        yield danger(
            "work.night",
            f"The night's work was {_when(upkeep.night)}. Until it runs, the database shows which boxes "
            "and seats are new, and rounds that are due stay open.",
            "Run `replenish nightly` once a day; `replenish serve` does it by itself while it runs.",
        )


def _closes(today: date) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, closes_on, key_destroyed FROM conditions_round")
        rounds = [(str(state), closes_on, bool(gone)) for state, closes_on, gone in cursor.fetchall()]
    unfinished = sum(state == "closing" for state, _, _ in rounds)
    overdue = sum(state == "open" and today - closes_on >= LATE for state, closes_on, _ in rounds)
    undestroyed = sum(state in {"closed", "cancelled"} and not gone for state, _, gone in rounds)
    if unfinished:
        yield danger(
            "work.close_unfinished",
            f"{_rounds(unfinished)} began to close and did not finish; the contributions are still there.",
            "Run `replenish nightly`; a close goes on where it stopped and publishes once.",
        )
    if overdue:
        yield danger(
            "work.close_overdue",
            f"{_rounds(overdue)} should be closed by now; the contributions are still there.",
            "Run `replenish nightly`.",
        )
    if undestroyed:
        yield danger(
            "work.key_not_destroyed",
            f"{_rounds(undestroyed)} ended, and it is not noted that the key was destroyed.",
            "Run `replenish nightly`; it destroys the key and notes it.",
        )


def _backups(upkeep: Upkeep, today: date) -> Iterator[Finding]:
    places = upkeep.places
    if places is None or upkeep.backup is None:
        yield danger(
            "work.no_backup",
            "No backup was ever made. If this machine is lost, everybody's history is lost.",
            "Run `replenish backup --to FOLDER --keys-to ANOTHER`; the nights then go on with it.",
        )
        return
    if today - upkeep.backup > LATE:
        yield danger(
            "work.backup_old",
            f"The last backup was made on {upkeep.backup.isoformat()}.",
            "Run `replenish nightly`, and see why it does not run by itself.",
        )
    if not backups_in(places.data):
        yield danger(
            "work.backup_gone",
            f"There is no backup in {places.data}.",
            "See whether the volume is there; then run `replenish backup`.",
        )
    if same_device(places.data, places.keys):
        yield advice(
            "work.key_file_beside",
            "The key file lies on the same volume as the data backups. Whoever has both can compare two "
            "backups and see which boxes were used between them.",
            "Let the key file go to another volume, and keep only the latest one.",
        )


def _when(day: date | None) -> str:
    return "never finished" if day is None else f"last finished on {day.isoformat()}"


def _rounds(count: int) -> str:
    return "One round" if count == 1 else f"{count} rounds"
