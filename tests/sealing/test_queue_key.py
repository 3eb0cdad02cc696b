"""What waited on a device opens with this quarter's key and the one before, and with nothing else."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sealing import judge_p256

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.names import queue_tag
from replenish.sealing.queue_key import QueueKeys, quarter_of, seal_queued
from replenish.sealing.secret import Secret

SPRING, SUMMER, AUTUMN = date(2026, 5, 31), date(2026, 8, 1), date(2026, 10, 1)
VECTORS = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "reference" / "sealed-boxes.json").read_text("utf-8")
)
INFO = b"replenish queued check-in\x01"


@pytest.fixture
def keys(tmp_path: Path) -> QueueKeys:
    return QueueKeys(tmp_path)


def test_what_is_sealed_opens_in_the_same_quarter_and_in_the_next(keys: QueueKeys) -> None:
    key = keys.recipient(SPRING)
    assert key.name == "2026-Q2"
    sealed = seal_queued(key.recipient, b"answers")
    assert keys.open(key.name, sealed, SPRING) == b"answers"
    assert keys.recipient(SUMMER).recipient != key.recipient
    assert keys.open(key.name, sealed, SUMMER) == b"answers"


def test_a_key_of_two_quarters_ago_opens_nothing_and_is_gone_with_the_next(
    keys: QueueKeys, tmp_path: Path
) -> None:
    key = keys.recipient(SPRING)
    sealed = seal_queued(key.recipient, b"answers")
    with pytest.raises(Refused) as refused:
        keys.open(key.name, sealed, AUTUMN)
    assert refused.value.fault is SealingFault.QUEUED_CLOSED
    keys.recipient(SUMMER)
    keys.recipient(AUTUMN)
    assert {path.name for path in (tmp_path / "queue").iterdir()} == {"2026-Q3.key", "2026-Q4.key"}


def test_asking_twice_gives_one_key(keys: QueueKeys, tmp_path: Path) -> None:
    assert keys.recipient(SPRING) == keys.recipient(SPRING) == QueueKeys(tmp_path).recipient(SPRING)
    (path,) = (tmp_path / "queue").iterdir()
    assert path.stat().st_mode & 0o077 == 0


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_quarter_has_three_months(day: date) -> None:
    assert (
        quarter_of(day)
        == f"{day.year}-Q{ {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3}.get(day.month, 4) }"
    )


def test_a_change_anywhere_is_refused(keys: QueueKeys) -> None:
    key = keys.recipient(SPRING)
    sealed = seal_queued(key.recipient, b"x")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Refused) as refused:
            keys.open(key.name, bytes(changed), SPRING)
        assert refused.value.fault is SealingFault.QUEUED_CLOSED
    for length in range(len(sealed)):
        with pytest.raises(Refused):
            keys.open(key.name, sealed[:length], SPRING)


@pytest.mark.parametrize("name", ["", "2026-Q1", "../forms", "2026-Q2\n", "2026-Q3"])
def test_a_key_of_another_name_is_not_sought(keys: QueueKeys, name: str) -> None:
    sealed = seal_queued(keys.recipient(SPRING).recipient, b"x")
    with pytest.raises(Refused) as refused:
        keys.open(name, sealed, SPRING)
    assert refused.value.fault is SealingFault.QUEUED_CLOSED


@pytest.mark.parametrize("content", ["{}", "[]", '{"private": "00"}', '{"recipient": 3}'])
def test_a_damaged_key_file_is_refused_by_name(keys: QueueKeys, tmp_path: Path, content: str) -> None:
    sealed = seal_queued(keys.recipient(SPRING).recipient, b"x")
    (tmp_path / "queue" / "2026-Q2.key").write_text(content)
    for ask in (lambda: keys.recipient(SPRING), lambda: keys.open("2026-Q2", sealed, SPRING)):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED


@pytest.mark.parametrize("recipient", ["", "queue1", "queue1" + "A" * 87, "round1" + "A" * 43, "queue1ä"])
def test_what_is_no_public_key_is_refused(recipient: str) -> None:
    with pytest.raises(Refused) as refused:
        seal_queued(recipient, b"")
    assert refused.value.fault is SealingFault.RECIPIENT


def test_the_tag_is_of_one_card_and_one_key() -> None:
    one, two = Secret.new(), Secret.new()
    tags = {queue_tag(secret, key) for secret in (one, two) for key in ("2026-Q2", "2026-Q3")}
    assert len(tags) == 4
    assert all(len(tag) == 32 for tag in tags)


def test_the_vector_opens_from_the_specification_alone(tmp_path: Path) -> None:
    vector = VECTORS["queued"]
    sealed, private = bytes.fromhex(vector["sealed"]), bytes.fromhex(vector["private"])
    public = judge_p256.encoded(judge_p256.times(int.from_bytes(private), judge_p256.BASE))
    assert vector["recipient"] == "queue1" + base64.urlsafe_b64encode(public).decode().rstrip("=")
    assert sealed[:1] == b"\x01"
    assert judge_p256.hpke_open(private, sealed[1:], INFO).decode() == vector["payload"]
    assert queue_tag(Secret(bytes.fromhex(VECTORS["card"]["secret"])), vector["key"]) == vector["tag"]
    folder = tmp_path / "queue"
    folder.mkdir(mode=0o700)
    file = folder / f"{vector['key']}.key"
    file.touch(mode=0o600)
    file.write_text(json.dumps({"private": vector["private"], "recipient": vector["recipient"]}))
    opened = QueueKeys(tmp_path).open(vector["key"], sealed, SUMMER)
    assert opened.decode() == vector["payload"]


def test_the_judge_agrees_with_known_multiples_of_the_base_point() -> None:
    """NIST's published multiples; and the order of the group brings back the point itself."""
    double = "7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"
    assert f"{judge_p256.times(2, judge_p256.BASE)[0]:064x}" == double
    assert judge_p256.times(judge_p256.N + 1, judge_p256.BASE) == judge_p256.BASE
