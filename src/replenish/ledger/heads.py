"""Signed heads of the ledger, kept outside of the database: who writes the whole chain anew is found by them.

A head is the number and the hash of the last entry at one moment. It is signed with the key of the
installation and kept beside it, in the folder of the keys and in the key file of backups. A chain that was
written anew with hashes that fit does not hold these hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults import LedgerFault
from replenish.basis.identifiers import canonical_json
from replenish.ledger.chain import Break, Finding
from replenish.ledger.models import Entry
from replenish.sealing import key_files
from replenish.sealing.signing import InstanceSigner

FORMAT = "replenish-ledger-head-1"
MOST = 400
"""More than a year of nights and closes; of older heads nothing is lost, because each new one holds them."""


@dataclass(frozen=True)
class SignedHead:
    """The last entry at one moment, and the signature under it.

    Attributes:
        number: of the entry.
        hash: of the entry, and so of all before it.
        signature: by the key of the installation.
    """

    number: int
    hash: str
    signature: str

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return canonical_json({"format": FORMAT, "number": self.number, "hash": self.hash}).encode()


def keep_head() -> None:
    """Sign the head there is now and keep it; once for each head.

    What does not hold the heads that were kept before is not signed: the evidence stays, and no signature
    of this installation stands under a chain that was written anew.

    Raises:
        Refused: the ledger does not hold a head that was kept, or the file of heads is damaged.
    """
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    kept = kept_heads()
    if last is None or (kept and (kept[-1].number, kept[-1].hash) == last):
        return
    for finding in findings_against(kept):
        refuse(LedgerFault.HEADS, number=finding.number)
    unsigned = SignedHead(*last, signature="")
    head = SignedHead(*last, signature=InstanceSigner(_folder()).sign(unsigned.signed))
    put_back([*kept, head])


def kept_heads() -> tuple[SignedHead, ...]:
    """The heads that were kept, oldest first; none where nothing was signed yet.

    Raises:
        Refused: the file of heads is damaged, or open to others.
    """
    if not _path().exists():
        return ()
    try:
        rows = cast("list[tuple[int, str, str]]", key_files.read(_path())["heads"])
        heads = tuple(
            SignedHead(int(number), str(found), str(signature)) for number, found, signature in rows
        )
    except (KeyError, TypeError, ValueError):
        heads = ()
    if not heads:
        refuse(LedgerFault.HEADS_DAMAGED, file=_path().name)
    return heads


def put_back(heads: Sequence[SignedHead]) -> None:
    """Keep these heads and no others, as after a restore; no more than `MOST`, the newest."""
    plain = [[head.number, head.hash, head.signature] for head in heads]
    if plain:
        key_files.write_over(_path(), {"format": 1, "heads": plain[-MOST:]})
    else:
        key_files.destroy(_path())


def findings_against(heads: Sequence[SignedHead]) -> tuple[Finding, ...]:
    """Where the ledger does not hold a head that was signed, or a signature is not of this installation."""
    if not heads:
        return ()
    public = InstanceSigner(_folder()).public_key()
    numbers = [head.number for head in heads]
    there = dict(Entry.objects.filter(number__in=numbers).values_list("number", "hash"))
    found = []
    for head in heads:
        if not InstanceSigner.verify(public, head.signed, head.signature):
            found.append(Finding(head.number, Break.HEAD_FORGED))
        elif head.number not in there:
            found.append(Finding(head.number, Break.HEAD_GONE))
        elif there[head.number] != head.hash:
            found.append(Finding(head.number, Break.WRITTEN_ANEW))
    return tuple(found)


def _folder() -> Path:
    return Path(settings.REPLENISH_KEYS)


def _path() -> Path:
    return _folder() / "ledger" / "heads.json"
