"""Open the contributions of 100,000 people, against age (pyrage) and against X25519 put together by hand.

    python -m bench.sealing [--people N] [--runs N] [--evidence]

All three hold the same payloads of twenty scales. One core; all payloads are compared before a ratio is
printed. The seconds for decoding the payloads into columns and for the boxes of one night stand beside it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pyrage
from bench.timing import keep_evidence, machine_line, median_seconds
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from replenish.sealing.contribution import decode_scores, encode_scores
from replenish.sealing.round_key import RoundKeys, seal_contribution
from replenish.sealing.wrap import new_wrap_key, unwrap, wrap

SCALES = tuple(f"scale-{number}" for number in range(20))
SECONDS_LIMIT = 12.0
"""For opening 100,000 contributions on one core."""


@dataclass(frozen=True)
class Figures:
    """Median seconds of each way to open, of decoding, and of wrapping the boxes of one night anew."""

    people: int
    runs: int
    ours: float
    age: float
    by_hand: float
    decoding: float
    rewrapping: float
    bytes_ours: int
    bytes_age: int

    @property
    def met(self) -> bool:
        """Whether opening stays below the limit, in proportion to the number of people."""
        return self.ours < SECONDS_LIMIT * self.people / 100_000


def measure(people: int, runs: int) -> Figures:
    """Seal once, then open many times."""
    payloads = [
        encode_scores(SCALES, {name: (row * 7 + place) % 101 for place, name in enumerate(SCALES)})
        for row in range(people)
    ]
    with tempfile.TemporaryDirectory() as folder:
        keys = RoundKeys(Path(folder))
        recipient = keys.create("round")
        ours = [seal_contribution(recipient, payload) for payload in payloads]
        opener = keys.opener("round")
    identity = pyrage.x25519.Identity.generate()
    age = [pyrage.encrypt(payload, [identity.to_public()]) for payload in payloads]
    seal, open_one = _by_hand()
    hand = [seal(payload) for payload in payloads]

    ways: dict[str, Callable[[], list[bytes]]] = {
        "ours": lambda: opener.open_all(ours),
        "age": lambda: [pyrage.decrypt(sealed, [identity]) for sealed in age],
        "by_hand": lambda: [open_one(sealed) for sealed in hand],
    }
    for way, opened in ways.items():
        if opened() != payloads:
            sys.exit(f"{way} does not open what was sealed")
    seconds = {way: median_seconds(opened, runs, warmup=0) for way, opened in ways.items()}
    return Figures(
        people=people,
        runs=runs,
        ours=seconds["ours"],
        age=seconds["age"],
        by_hand=seconds["by_hand"],
        decoding=median_seconds(lambda: decode_scores(SCALES, payloads), runs),
        rewrapping=median_seconds(lambda: _night(people // 10), runs) * 10,
        bytes_ours=len(ours[0]),
        bytes_age=len(age[0]),
    )


def _night(boxes: int) -> None:
    """Unwrap and wrap boxes of 16 kB, the size of about half a year."""
    old, new, box = new_wrap_key(), new_wrap_key(), bytes(16_384)
    wrapped = wrap(old, "old", "name", box)
    for _ in range(boxes):
        wrap(new, "new", "name", unwrap({"old": old}, "name", wrapped))


def _by_hand() -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]:
    """What HPKE does, without its checks and labels: the least that the library's parts can take."""
    private = X25519PrivateKey.generate()
    public = private.public_key()
    named = public.public_bytes_raw()

    def key(shared: bytes, once: bytes) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=44, salt=None, info=once + named).derive(shared)

    def seal(payload: bytes) -> bytes:
        own = X25519PrivateKey.generate()
        once = own.public_key().public_bytes_raw()
        both = key(own.exchange(public), once)
        return once + ChaCha20Poly1305(both[:32]).encrypt(both[32:], payload, None)

    def open_one(sealed: bytes) -> bytes:
        both = key(private.exchange(X25519PublicKey.from_public_bytes(sealed[:32])), sealed[:32])
        return ChaCha20Poly1305(both[:32]).decrypt(both[32:], sealed[32:], None)

    return seal, open_one


def main() -> int:
    """Measure, print, and keep the figures if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--evidence", action="store_true")
    asked = parser.parse_args()
    figures = measure(asked.people, asked.runs)
    print(machine_line())
    print(f"{figures.people:,} contributions of {len(SCALES)} scales, median of {figures.runs}")
    print(f"  HPKE (used here): {figures.ours:.2f} s, {figures.bytes_ours} bytes each")
    print(
        f"  age (pyrage): {figures.age:.2f} s ({figures.age / figures.ours:.2f} x), {figures.bytes_age} bytes"
    )
    print(f"  put together by hand: {figures.by_hand:.2f} s ({figures.by_hand / figures.ours:.2f} x)")
    print(f"  decoding all payloads: {figures.decoding:.3f} s")
    print(f"  a night of as many boxes of 16 kB: {figures.rewrapping:.2f} s")
    if asked.evidence:
        print(keep_evidence("sealing", asdict(figures)))
    return 0 if figures.met else 1


if __name__ == "__main__":
    sys.exit(main())
