"""Write the test vectors of the sealed formats: python -m tests.references.sealing_vectors.

Secrets and keys are fixed, nonces are random, so every run writes other boxes that open to the same content.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from replenish.sealing import contribution, names, queue_key, round_key, slips, wrap
from replenish.sealing.box import seal_box
from replenish.sealing.round_split import key_of_halves
from replenish.sealing.secret import Secret

OUT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "sealed-boxes.json"

TOKEN = bytes(range(16))
SEASON, ROUND = "season-3f9a", "round-71c0"
CONTENTS = ("", "a quiet week, and a good talk on Thursday", "ä" * 2500)
SCALES = ("satisfaction", "exhaustion", "voice")
SCORES = {"satisfaction": 62.5, "exhaustion": 40.0}
PRIVATE = bytes(range(32, 64))
WRAP_KEY = bytes(range(64, 96))
KEY_ID = "0123456789abcdef"
QUARTER, QUEUE_PRIVATE = "2026-Q3", bytes(range(96, 128))
QUEUED = '{"answers":{"sign.warmth":3}}'
HALVES = {"representative": "half1-" + "11" * 32, "steward": "half1-" + "22" * 32}
SLIP = "ABCDE-FGHJK-LMNPQ-RSTUW-XYZA"


def vectors() -> dict[str, object]:
    """Everything another implementation needs to check itself."""
    secret = Secret(TOKEN)
    private = X25519PrivateKey.from_private_bytes(PRIVATE)
    recipient = round_key.recipient_of(private.public_key())
    payload = contribution.encode_scores(SCALES, SCORES)
    slip = next(SLIP + letter for letter in slips.ALPHABET if _is_slip(SLIP + letter))
    return {
        "card": {"secret": TOKEN.hex(), "words": list(secret.words()), "code": secret.code()},
        "names": {
            "seat": {"season": SEASON, "name": names.seat_name(secret, SEASON)},
            "voice": {"round": ROUND, "name": names.voice_name(secret, ROUND)},
            "box": {"name": names.box_name(secret), "key": names.box_key(secret).hex()},
        },
        "boxes": [
            {"content": content, "sealed": _base64(seal_box(secret, content.encode()))}
            for content in CONTENTS
        ],
        "wrap": {
            "key": WRAP_KEY.hex(),
            "key_id": KEY_ID,
            "name": "a name",
            "sealed": b"what is sealed".hex(),
            "wrapped": wrap.wrap(WRAP_KEY, KEY_ID, "a name", b"what is sealed").hex(),
        },
        "contribution": {
            "scales": list(SCALES),
            "scores": SCORES,
            "payload": payload.hex(),
            "private": PRIVATE.hex(),
            "recipient": recipient,
            "sealed": round_key.seal_contribution(recipient, payload).hex(),
        },
        "queued": _queued(secret),
        "split": {"halves": HALVES, "private": key_of_halves(HALVES).private_bytes_raw().hex()},
        "slip": {"code": slip, "hash": slips.slip_hash(slip)},
    }


def _queued(secret: Secret) -> dict[str, str]:
    private = ec.derive_private_key(int.from_bytes(QUEUE_PRIVATE), ec.SECP256R1())
    recipient = queue_key.recipient_of(private.public_key())
    return {
        "key": QUARTER,
        "tag": names.queue_tag(secret, QUARTER),
        "private": QUEUE_PRIVATE.hex(),
        "recipient": recipient,
        "payload": QUEUED,
        "sealed": queue_key.seal_queued(recipient, QUEUED.encode()).hex(),
    }


def _is_slip(code: str) -> bool:
    letters = code.replace("-", "")
    total = sum(pow(5, place, 23) * slips.ALPHABET.index(letter) for place, letter in enumerate(letters))
    return total % 23 == 0


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


if __name__ == "__main__":
    OUT.write_text(json.dumps(vectors(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
