"""The judge's part for check-ins that wait: HPKE over P-256 (RFC 9180, FIPS 186-5), in whole numbers."""

from __future__ import annotations

import struct

from tests.sealing import judge

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BASE = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
Point = tuple[int, int] | None


def add(one: Point, two: Point) -> Point:
    """The sum of two points of the curve; None is the point at infinity."""
    if one is None or two is None:
        return one or two
    (x1, y1), (x2, y2) = one, two
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, P) if one == two else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(scalar: int, point: Point) -> tuple[int, int]:
    """A multiple of a point."""
    total: Point = None
    while scalar:
        total = add(total, point) if scalar & 1 else total
        point, scalar = add(point, point), scalar >> 1
    assert total is not None
    return total


def encoded(point: tuple[int, int]) -> bytes:
    """SEC 1, 2.3.3, uncompressed."""
    return b"\x04" + point[0].to_bytes(32) + point[1].to_bytes(32)


def hpke_open(private: bytes, sealed: bytes, info: bytes) -> bytes:
    """RFC 9180, base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""
    kem, suite = b"KEM\x00\x10", b"HPKE\x00\x10\x00\x01\x00\x02"
    enc, closed = sealed[:65], sealed[65:]
    scalar = int.from_bytes(private)
    point = (int.from_bytes(enc[1:33]), int.from_bytes(enc[33:]))
    shared_x = times(scalar, point)[0].to_bytes(32)
    eae = judge.hkdf_extract(b"", b"HPKE-v1" + kem + b"eae_prk" + shared_x)
    both = enc + encoded(times(scalar, BASE))
    shared = judge.hkdf_expand(eae, b"\x00\x20HPKE-v1" + kem + b"shared_secret" + both, 32)
    context = (
        b"\x00"
        + judge.hkdf_extract(b"", b"HPKE-v1" + suite + b"psk_id_hash")
        + judge.hkdf_extract(b"", b"HPKE-v1" + suite + b"info_hash" + info)
    )
    secret = judge.hkdf_extract(shared, b"HPKE-v1" + suite + b"secret")
    key = judge.hkdf_expand(secret, struct.pack(">H", 32) + b"HPKE-v1" + suite + b"key" + context, 32)
    nonce = judge.hkdf_expand(secret, b"\x00\x0cHPKE-v1" + suite + b"base_nonce" + context, 12)
    return judge.aes_gcm_open(key, nonce, closed, b"")
