"""The published vectors open from the specification alone, and the room opens what the specification says."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import struct
from pathlib import Path
from typing import Any

import pytest
from tests.sealing import judge

from replenish.sealing import names, wrap
from replenish.sealing.box import open_box
from replenish.sealing.contribution import decode_scores, encode_scores
from replenish.sealing.round_key import RoundKeys
from replenish.sealing.round_split import key_of_halves
from replenish.sealing.secret import Secret
from replenish.sealing.slips import slip_hash
from replenish.sealing.words import word_list

ROOT = Path(__file__).resolve().parents[2]
VECTORS: dict[str, Any] = json.loads(
    (ROOT / "docs" / "reference" / "sealed-boxes.json").read_text(encoding="utf-8")
)
WORDS = (ROOT / "src" / "replenish" / "sealing" / "words.txt").read_text(encoding="ascii").split()
CARD, BOX = VECTORS["card"], VECTORS["names"]["box"]
TOKEN = bytes.fromhex(CARD["secret"])


def derived(info: str, length: int = 32) -> bytes:
    return judge.hkdf(b"replenish key card 1", TOKEN, info.encode(), length)


def test_the_words_and_the_code_are_the_secret_and_its_check() -> None:
    bits = "".join(f"{WORDS.index(word):011b}" for word in CARD["words"])
    check = derived("check", 2)
    assert bits == f"{int.from_bytes(TOKEN):0128b}" + f"{int.from_bytes(check):016b}"[:15]
    assert base64.urlsafe_b64decode(CARD["code"]) == TOKEN + check
    assert Secret.of_words(" ".join(CARD["words"])) == Secret.of_code(CARD["code"]) == Secret(TOKEN)
    assert word_list() == tuple(WORDS)


def test_the_names_are_hkdf_of_the_secret() -> None:
    seat, voice = VECTORS["names"]["seat"], VECTORS["names"]["voice"]
    assert derived(f"seat\n{seat['season']}").hex() == seat["name"]
    assert derived(f"voice\n{voice['round']}").hex() == voice["name"]
    assert derived("box").hex() == BOX["name"]
    assert derived("box key").hex() == BOX["key"]
    secret = Secret(TOKEN)
    assert names.seat_name(secret, seat["season"]) == seat["name"]
    assert names.voice_name(secret, voice["round"]) == voice["name"]
    assert (names.box_name(secret), names.box_key(secret).hex()) == (BOX["name"], BOX["key"])


@pytest.mark.parametrize("box", VECTORS["boxes"], ids=lambda box: f"{len(box['content'])}")
def test_the_boxes_open_from_the_specification_alone(box: dict[str, str]) -> None:
    sealed = base64.b64decode(box["sealed"])
    bound = b"replenish box\x01" + BOX["name"].encode()
    padded = judge.chacha20_poly1305_open(bytes.fromhex(BOX["key"]), sealed[1:13], sealed[13:], bound)
    length = int.from_bytes(padded[:4])
    assert sealed[:1] == b"\x01"
    assert len(sealed) == next(size for size in (4096, 16384, 65536, 262144) if length + 33 <= size)
    assert padded[4 : 4 + length].decode() == box["content"]
    assert not any(padded[4 + length :])
    assert open_box(Secret(TOKEN), sealed).decode() == box["content"]


def test_the_wrap_opens_from_the_specification_alone() -> None:
    vector = VECTORS["wrap"]
    wrapped, key_id = bytes.fromhex(vector["wrapped"]), vector["key_id"].encode()
    header = b"\x01" + bytes([len(key_id)]) + key_id
    assert wrapped.startswith(header)
    nonce, closed = wrapped[len(header) :][:12], wrapped[len(header) :][12:]
    bound = b"replenish wrap" + header + vector["name"].encode()
    key = bytes.fromhex(vector["key"])
    assert judge.chacha20_poly1305_open(key, nonce, closed, bound).hex() == vector["sealed"]
    assert wrap.unwrap({vector["key_id"]: key}, vector["name"], wrapped).hex() == vector["sealed"]


def test_the_contribution_opens_from_the_specification_alone(tmp_path: Path) -> None:
    vector = VECTORS["contribution"]
    sealed, private = bytes.fromhex(vector["sealed"]), bytes.fromhex(vector["private"])
    payload = judge.hpke_open(private, sealed[1:], b"replenish contribution\x01")
    named = json.dumps(vector["scales"], separators=(",", ":"), ensure_ascii=False)
    assert sealed[:1] == b"\x01"
    assert payload.hex() == vector["payload"]
    assert payload[:32] == hashlib.sha256(b"replenish scores 1\n" + named.encode()).digest()
    scores = struct.unpack(f"<{len(vector['scales'])}d", payload[32:])
    for scale, score in zip(vector["scales"], scores, strict=True):
        assert score == vector["scores"][scale] if scale in vector["scores"] else math.isnan(score)
    public = judge.x25519(private, (9).to_bytes(32, "little"))
    assert vector["recipient"] == "round1" + base64.urlsafe_b64encode(public).decode().rstrip("=")
    assert encode_scores(vector["scales"], vector["scores"]) == payload
    assert decode_scores(vector["scales"], [payload])["satisfaction"].tolist() == [62.5]
    folder = tmp_path / "rounds"
    folder.mkdir(mode=0o700)
    file = folder / f"{hashlib.sha256(b'r').hexdigest()}.key"
    file.touch(mode=0o600)
    file.write_text(json.dumps({"private": vector["private"], "recipient": vector["recipient"]}))
    assert RoundKeys(tmp_path).opener("r").open(sealed) == payload


def test_the_halves_make_the_key_as_specified() -> None:
    vector = VECTORS["split"]
    joined = b"".join(bytes.fromhex(half[6:]) for _, half in sorted(vector["halves"].items()))
    assert judge.hkdf(b"", joined, b"replenish round key", 32).hex() == vector["private"]
    assert key_of_halves(vector["halves"]).private_bytes_raw().hex() == vector["private"]


def test_the_slip_is_hashed_and_checked_as_specified() -> None:
    vector = VECTORS["slip"]
    letters = vector["code"].replace("-", "")
    assert sum(5**place * "ABCDEFGHJKLMNPQRSTUWXYZ".index(x) for place, x in enumerate(letters)) % 23 == 0
    assert hashlib.sha256(b"replenish slip 1\n" + letters.encode()).hexdigest() == vector["hash"]
    assert slip_hash(vector["code"].lower()) == vector["hash"]
