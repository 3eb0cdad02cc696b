"""Whoever writes the whole chain anew, with hashes that fit, is found by the heads that were signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.writing import OTHER, chain_of, dissolve, sql, without_triggers

from replenish.basis.errors import Refused
from replenish.basis.faults import LedgerFault
from replenish.ledger import heads
from replenish.ledger.chain import Break, LedgerEntry
from replenish.ledger.heads import MOST, SignedHead, keep_head, kept_heads, put_back
from replenish.ledger.models import Entry
from replenish.ledger.queries import verify
from replenish.sealing.signing import InstanceSigner


@pytest.fixture(autouse=True)
def keys(db: None, tmp_path: Path, settings: Any) -> Path:  # noqa: ANN401 - untyped in pytest-django
    settings.REPLENISH_KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def written_anew(chain: list[LedgerEntry]) -> None:
    """What an administrator with SQL can do: another ledger in place of this one, with fitting hashes."""
    with without_triggers():
        sql("DELETE FROM ledger_entry")
        Entry.objects.bulk_create(
            Entry(
                number=entry.number,
                organisation=entry.organisation,
                at=entry.at,
                event=entry.event,
                actor=entry.actor,
                content=entry.content,
                previous=entry.previous,
                hash=entry.hash,
            )
            for entry in chain
        )


def found() -> list[tuple[int, Break]]:
    return [(finding.number, finding.why) for finding in verify().findings]


def three_entries_and_a_head() -> None:
    for unit in "abc":
        dissolve(unit, organisation=OTHER)
    keep_head()


def test_a_head_is_signed_once_and_holds_while_the_ledger_grows() -> None:
    keep_head()
    assert kept_heads() == (), "an empty ledger has no head"
    three_entries_and_a_head()
    keep_head()
    dissolve("d")
    assert verify().unbroken
    assert verify().signed_until == 3
    keep_head()
    assert [head.number for head in kept_heads()] == [3, 4]
    assert verify().unbroken
    assert verify().signed_until == 4


@pytest.mark.parametrize(
    ("anew", "why"),
    [
        (["a", "forged", "c"], Break.WRITTEN_ANEW),
        (["a", "b", "c", "d"], Break.WRITTEN_ANEW),
        (["a", "b"], Break.HEAD_GONE),
        ([], Break.HEAD_GONE),
    ],
)
def test_a_chain_written_wholly_anew_is_found(anew: list[str], why: Break, keys: Path) -> None:
    three_entries_and_a_head()
    written_anew(chain_of(anew))
    assert found() == [(3, why)]
    (keys / "ledger" / "heads.json").unlink()
    assert found() == [], "without the signed head nothing shows"


def test_no_signature_stands_under_a_chain_that_was_written_anew() -> None:
    """The next night keeps the evidence and says so."""
    three_entries_and_a_head()
    before = kept_heads()
    written_anew(chain_of(["x", "y", "z", "more"]))
    with pytest.raises(Refused) as refused:
        keep_head()
    assert refused.value.fault is LedgerFault.HEADS
    assert kept_heads() == before


def _another_hash(head: SignedHead) -> SignedHead:
    return SignedHead(head.number, chain_of(["x", "y", "z"])[-1].hash, head.signature)


def _another_key(head: SignedHead) -> SignedHead:
    other = SignedHead(head.number, chain_of(["x", "y", "z"])[-1].hash, "")
    return SignedHead(other.number, other.hash, InstanceSigner(Path("other").resolve()).sign(other.signed))


@pytest.mark.parametrize("change", [_another_hash, _another_key])
def test_a_head_that_was_forged_with_the_chain_is_found(
    change: Callable[[SignedHead], SignedHead], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    three_entries_and_a_head()
    put_back([change(kept_heads()[0])])
    written_anew(chain_of(["x", "y", "z"]))
    assert found() == [(3, Break.HEAD_FORGED)]


@pytest.mark.parametrize("content", ["{}", '{"heads": [[1]]}', '{"heads": []}', '{"heads": 7}'])
def test_a_damaged_file_of_heads_is_refused(keys: Path, content: str) -> None:
    three_entries_and_a_head()
    (keys / "ledger" / "heads.json").write_text(content)
    for ask in (verify, keep_head):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.fault is LedgerFault.HEADS_DAMAGED


def test_only_the_newest_heads_are_kept_and_for_their_owner_alone(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "MOST", 3)
    assert MOST > 365
    for number in range(5):
        dissolve(f"u{number}")
        keep_head()
    assert [head.number for head in kept_heads()] == [3, 4, 5]
    path = keys / "ledger" / "heads.json"
    assert (path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (0, 0)
    assert set(json.loads(path.read_text())) == {"format", "heads"}
    assert verify().unbroken
