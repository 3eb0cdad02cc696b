"""What was published at this installation, attacked: can a value be ruled out, and was anything changed?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import cast

from replenish.disclosure.attack import ProofReport, proof_attack
from replenish.disclosure.attack.at_rest.schema import Found
from replenish.disclosure.attack.at_rest.snapshot import Snapshot, Table
from replenish.sealing.signing import InstanceSigner

CHAINS: Mapping[str, str] = {
    "conditions_publishedrelease": "release",
    "conditions_publishedrating": "release about supervision",
}
"""The tables of what was published, each a chain for every organisation, and what one row is called."""


def proofs_of(snapshot: Snapshot) -> dict[str, ProofReport]:
    """The proof attack on everything published, by name of the organisation and of the chain."""
    names = _organisation_names(snapshot)
    found: dict[str, ProofReport] = {}
    for table, called in _chains(snapshot):
        chains: dict[str, list[tuple[int, object]]] = {}
        columns = (table.column(name) for name in ("organisation", "number", "body"))
        for organisation, number, body in zip(*columns, strict=True):
            row = (cast("int", number), json.loads(str(body)))
            chains.setdefault(str(organisation), []).append(row)
        more = "" if called == "release" else f", each {called}"
        for organisation, rows in chains.items():
            plain = [one for _number, one in sorted(rows, key=lambda row: row[0])]
            found[names.get(organisation, organisation) + more] = proof_attack(plain, colluders="promised")
    return found


def doubts_about_published(snapshot: Snapshot) -> Iterator[Found]:
    """Signatures that do not fit, rows that do not follow the one before, and keys that changed."""
    for table, called in _chains(snapshot):
        yield from _doubts_about(table, called)


def _doubts_about(table: Table, called: str) -> Iterator[Found]:
    wanted = ("organisation", "number", "body", "hash", "previous", "signature", "public_key")
    rows = sorted(
        (dict(zip(wanted, row, strict=True)) for row in zip(*map(table.column, wanted), strict=True)),
        key=lambda row: (str(row["organisation"]), cast("int", row["number"])),
    )
    last: dict[str, tuple[int, str]] = {}
    for row in rows:
        place = f"{called} {row['number']}"
        if not InstanceSigner.verify(
            str(row["public_key"]), str(row["body"]).encode(), str(row["signature"])
        ):
            yield Found(place, "its signature does not fit: it was changed after it was published")
        number, previous = last.get(str(row["organisation"]), (0, ""))
        if (row["number"], row["previous"]) != (number + 1, previous):
            yield Found(place, "it does not follow the release before it: one is missing or was replaced")
        if json.loads(str(row["body"])).get("hash") != row["hash"]:
            yield Found(place, "its name is not that of its content")
        last[str(row["organisation"])] = (cast("int", row["number"]), str(row["hash"]))
    if len(set(table.column("public_key"))) > 1:
        yield Found(f"{called}s", "they were signed with more than one key: ask why the key was changed")


def _chains(snapshot: Snapshot) -> Iterator[tuple[Table, str]]:
    for name, called in CHAINS.items():
        table = snapshot.table(name)
        if table is not None:
            yield table, called


def _organisation_names(snapshot: Snapshot) -> dict[str, str]:
    table = snapshot.table("people_organisation")
    if table is None:
        return {}
    return {str(key): str(name) for key, name in zip(table.column("id"), table.column("name"), strict=True)}
