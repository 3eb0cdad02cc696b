"""Are the keys apart from what they open, and closed to others?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from replenish.basis import clock
from replenish.safekeeping.doctor.finding import Finding, advice, danger
from replenish.safekeeping.places import same_device
from replenish.sealing.device_keys import DeviceKeys

OTHERS = 0o077
SNAPSHOTS = {"btrfs", "zfs", "bcachefs"}
MOUNTS = Path("/proc/self/mounts")


def look_at_keys() -> Iterator[Finding]:
    """Everything about the folder of keys."""
    keys = Path(settings.REPLENISH_KEYS)
    if not keys.exists():
        yield advice(
            "keys.absent",
            f"There is no folder of keys yet ({keys}).",
            "It is made when the server starts; nothing needs to be done.",
        )
        return
    yield from _volume(keys)
    yield from _permissions(keys)
    yield from _keys_of_ended_rounds(keys)
    yield from _keys_of_past_days(keys)


def _volume(keys: Path) -> Iterator[Finding]:
    database = database_folder()
    if database and same_device(keys, database):
        yield danger(
            "keys.same_volume",
            "The keys lie on the same volume as the database. Whoever copies it can read the answers "
            "of open rounds, by groups and without names.",
            "Set REPLENISH_KEYS to a folder on another volume, and keep it out of every snapshot and backup.",
        )
    elif database is None:
        yield advice(
            "keys.volume_unknown",
            "From here it cannot be seen on which volume PostgreSQL keeps its files.",
            f"Check that no snapshot or backup takes them together with {keys}.",
        )
    kind = file_system(keys)
    if kind in SNAPSHOTS:
        yield danger(
            "keys.snapshots",
            f"The keys lie on a {kind} volume, which can keep snapshots: from one, a destroyed key could "
            "come back.",
            "Give the keys a volume without snapshots, or leave their folder out of them.",
        )


def _permissions(keys: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    instance = Path(settings.REPLENISH_INSTANCE)
    open_to_others = [path for path in (keys, *keys.rglob("*")) if path.stat().st_mode & OTHERS]
    if open_to_others:
        yield danger(
            "keys.open",
            f"Other users of this machine can reach {_some(open_to_others)}.",
            f"Run: chmod -R go= {keys}",
        )
    if instance.exists() and instance.stat().st_mode & OTHERS:
        yield danger(
            "instance.open",
            f"Other users of this machine can reach the installation's folder {instance}.",
            f"Run: chmod go= {instance}",
        )


def _keys_of_ended_rounds(keys: Path) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, state FROM conditions_round")
        rounds = cursor.fetchall()
    states = {hashlib.sha256(str(key).encode()).hexdigest(): str(state) for key, state in rounds}
    ended, strange = [], []
    for path in (keys / "rounds").glob("*.key"):
        state = states.get(path.stem)
        if state in {"closed", "cancelled"}:
            ended.append(path)
        elif state is None:
            strange.append(path)
    if ended:
        yield danger(
            "keys.ended_rounds",
            f"There are still keys of rounds that are over: {_some(ended)}. With one, contributions in an "
            "old copy of the database could be read.",
            "Run `replenish nightly`; it destroys them.",
        )
    if strange:
        yield advice(
            "keys.unknown_rounds",
            f"There are keys of rounds that this database does not know: {_some(strange)}.",
            "If this folder serves no other installation, remove them.",
        )


def _keys_of_past_days(keys: Path) -> Iterator[Finding]:
    # Until a night begins, the key of one day more may be there.
    before_the_night = (clock.today() - timedelta(days=2)).isoformat()
    past = [path for path in DeviceKeys(keys).old(clock.today()) if path.stem != before_the_night]
    if past:
        yield danger(
            "keys.past_days",
            f"There are still keys of past days: {_some(past)}. With one, a card that was left on a shared "
            "device on its day could be taken from it.",
            "Run `replenish nightly`; it destroys them.",
        )


def database_folder() -> Path | None:
    """The folder of the database's files, as far as this machine can see it."""
    if connection.vendor == "sqlite":
        return Path(str(connection.settings_dict["NAME"])).parent
    return None


def file_system(path: Path) -> str:
    """The kind of file system a path lies on; empty where the system does not say."""
    if not MOUNTS.exists():
        return ""
    best, kind = 0, ""
    for line in MOUNTS.read_text(encoding="utf-8").splitlines():
        _, place, found, *_ = line.split(" ")
        if path.resolve().is_relative_to(place) and len(place) >= best:
            best, kind = len(place), found
    return kind


def _some(paths: list[Path]) -> str:
    more = len(paths) - 3
    return ", ".join(map(str, paths[:3])) + (f" and {more} more" if more > 0 else "")
