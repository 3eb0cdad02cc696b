"""What should be gone and is not: contributions and keys of closed rounds, deleted names in free pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from replenish.disclosure.attack.at_rest.schema import Found
from replenish.disclosure.attack.at_rest.snapshot import Snapshot
from replenish.disclosure.attack.at_rest.vouched import KINDS

HEX_NAME = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
NO_NAME = b"0" * 64
"""Stands before the first link of a chain, and in the trigger that guards it; chance gives no such name."""
KEY_IN_TEXT = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]+|\"private\"\s*:\s*\"[0-9a-f]{64}\"")


def contributions_of_closed_rounds(snapshot: Snapshot) -> Iterator[Found]:
    """Sealed answers of a round that is closed: they should have been deleted by the close."""
    rows, rounds = snapshot.table("voices_contribution"), snapshot.table("conditions_round")
    if rows is None or rounds is None:
        return
    state = dict(zip(rounds.column("id"), rounds.column("state"), strict=True))
    for number in sorted({str(cell) for cell in rows.column("round_id")}):
        if state.get(number) not in ("open", "closing"):
            yield Found("voices_contribution", "answers of a closed round are still there, sealed")


def keys_of_closed_rounds(snapshot: Snapshot, key_files: Collection[str]) -> Iterator[Found]:
    """Files of keys that belong to no open round.

    Args:
        snapshot: the database.
        key_files: names of the files in the folder of the keys of rounds.
    """
    rounds = snapshot.table("conditions_round")
    state = {} if rounds is None else dict(zip(rounds.column("id"), rounds.column("state"), strict=True))
    wanted = {
        hashlib.sha256(str(number).encode()).hexdigest()
        for number, said in state.items()
        if said in ("open", "closing")
    }
    for name in sorted(key_files):
        if name.partition(".")[0] not in wanted:
            yield Found(name, "the key of a round that is not open is still there: it should be destroyed")


def deleted_names(snapshot: Snapshot) -> Iterator[Found]:
    """Names of rows that are gone but can still be read in the bytes of the file or its journal."""
    if not snapshot.raw:
        return
    live = {
        cell.encode()
        for table in snapshot.tables
        for row in table.rows
        for cell in row
        if isinstance(cell, str) and cell
    }
    whole = b"\n".join(live)
    gone = {
        name
        for name in set(HEX_NAME.findall(snapshot.raw))
        if name != NO_NAME and name not in whole and not _two_neighbours(name, live)
    }
    if gone:
        yield Found("the bytes of the database", f"{len(gone)} names of deleted rows can still be read there")


def _two_neighbours(name: bytes, live: Collection[bytes]) -> bool:
    """Whether these digits are the end of one cell and the beginning of the next: nothing parts them."""
    return any(
        any(cell.endswith(name[:at]) for cell in live) and any(cell.startswith(name[at:]) for cell in live)
        for at in range(8, len(name) - 7)
    )


def keys_in_backups(
    backups: Mapping[str, Mapping[str, bytes]], round_keys: Collection[str]
) -> Iterator[Found]:
    """Keys of rounds in a data backup, as a file or within one.

    Args:
        backups: for each data backup, its entries and their bytes.
        round_keys: the private keys of rounds as hexadecimal digits, where the attacker of a test knows them.
    """
    for backup, entries in backups.items():
        for name, content in entries.items():
            inside = any(key.encode() in content or bytes.fromhex(key) in content for key in round_keys)
            if inside or "rounds/" in name or name.endswith(".key") or KEY_IN_TEXT.search(content):
                yield Found(f"{backup}, {name}", "the key of a round lies in a backup")


def unchanged_between(snapshots: Sequence[Snapshot]) -> Iterator[Found]:
    """Sealed rows that are the same in two copies while others changed, and keys of the night used twice.

    Only copies taken after different nights may be given.
    """
    sealed = {"voices_box": "wrapped"}
    for table_name, column in sealed.items():
        for number, (before, after) in enumerate(pairwise(snapshots)):
            old, new = before.table(table_name), after.table(table_name)
            if old is None or new is None:
                continue
            key = next(kind.key for kind in KINDS if table_name in kind.tables)
            was = dict(zip(old.column(key), old.column(column), strict=True))
            now = dict(zip(new.column(key), new.column(column), strict=True))
            same = [name for name in was.keys() & now.keys() if was[name] == now[name]]
            if same:
                yield Found(
                    f"{table_name}, copies {number + 1} and {number + 2}",
                    f"{len(same)} sealed rows are the same in both: the nightly rewrite did not happen",
                )
            shared = _headers(was.values()) & _headers(now.values())
            if shared and not same:
                yield Found(
                    f"{table_name}, copies {number + 1} and {number + 2}",
                    "both nights used the same key: whoever holds it sees which boxes changed",
                )


def _headers(cells: Collection[object]) -> set[bytes]:
    """The id of the key in front of a wrapped row: a version, a length and the id."""
    return {cell[2 : 2 + cell[1]] for cell in cells if isinstance(cell, bytes) and len(cell) > 2}
