"""A second implementation of docs/reference/sealed-boxes.md, from the RFCs and the standard library alone.

It shares no line with the room: HKDF (RFC 5869) from hmac; ChaCha20-Poly1305 (RFC 8439), X25519 (RFC 7748),
AES-GCM (FIPS 197, SP 800-38D) and HPKE (RFC 9180) in whole numbers. It is slow, and safe against nobody who
measures time.
"""

from __future__ import annotations

import hashlib
import hmac
import struct


class NotOpened(Exception):
    """The tag does not fit."""


def hkdf_extract(salt: bytes, secret: bytes) -> bytes:
    """RFC 5869, 2.2."""
    return hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()


def hkdf_expand(key: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, 2.3."""
    block, out = b"", b""
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([len(out) // 32 + 1]), hashlib.sha256).digest()
        out += block
    return out[:length]


def hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869."""
    return hkdf_expand(hkdf_extract(salt, secret), info, length)


def _turn(word: int, by: int) -> int:
    return (word << by | word >> 32 - by) & 0xFFFFFFFF


def _quarter(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for first, second, third, by in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[first] = (state[first] + state[second]) & 0xFFFFFFFF
        state[third] = _turn(state[third] ^ state[first], by)


_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def chacha_block(key: bytes, counter: int, nonce: bytes) -> bytes:
    """RFC 8439, 2.3."""
    start = [*struct.unpack("<4L", b"expand 32-byte k"), *struct.unpack("<8L", key), counter]
    start += struct.unpack("<3L", nonce)
    state = list(start)
    for _ in range(10):
        for quarter in (*_COLUMNS, *_DIAGONALS):
            _quarter(state, *quarter)
    return struct.pack("<16L", *((x + y) & 0xFFFFFFFF for x, y in zip(state, start, strict=True)))


def poly1305(key: bytes, message: bytes) -> bytes:
    """RFC 8439, 2.5."""
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(message), 16):
        total = (total + int.from_bytes(message[start : start + 16] + b"\x01", "little")) * r % (2**130 - 5)
    return ((total + int.from_bytes(key[16:], "little")) % 2**128).to_bytes(16, "little")


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(left, right, strict=False))


def _padded(text: bytes) -> bytes:
    return text + bytes(-len(text) % 16)


def chacha20_poly1305_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """RFC 8439, 2.8."""
    closed, tag = sealed[:-16], sealed[-16:]
    lengths = struct.pack("<2Q", len(bound), len(closed))
    once = chacha_block(key, 0, nonce)[:32]
    if poly1305(once, _padded(bound) + _padded(closed) + lengths) != tag:
        raise NotOpened
    stream = b"".join(chacha_block(key, 1 + block, nonce) for block in range(-(-len(closed) // 64)))
    return _xor(closed, stream)


def x25519(scalar: bytes, u: bytes) -> bytes:
    """RFC 7748, 5."""
    p = 2**255 - 19
    k = int.from_bytes(scalar, "little") & ~7 & (2**254 - 1) | 2**254
    x1 = int.from_bytes(u, "little") & 2**255 - 1
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % p, b * b % p, d * a % p, c * b % p
        e = aa - bb
        x3, z3 = (da + cb) ** 2 % p, x1 * (da - cb) ** 2 % p
        x2, z2 = aa * bb % p, e * (aa + 121665 * e) % p
    if swap:
        x2, z2 = x3, z3
    return (x2 * pow(z2, p - 2, p) % p).to_bytes(32, "little")


def _times(a: int, b: int) -> int:
    out = 0
    while b:
        out ^= a if b & 1 else 0
        a, b = a << 1 ^ (0x11B if a & 0x80 else 0), b >> 1
    return out


def _s_box() -> list[int]:
    box = []
    for value in range(256):
        inverse = next((x for x in range(256) if _times(value, x) == 1), 0)
        box.append(0x63)
        for turn in range(5):
            box[-1] ^= (inverse << turn | inverse >> 8 - turn) & 0xFF
    return box


_SBOX = _s_box()


def _round_keys(key: bytes) -> list[bytes]:
    words = [key[start : start + 4] for start in range(0, len(key), 4)]
    n, constant = len(words), 1
    while len(words) < 4 * (n + 7):
        word = words[-1]
        if len(words) % n == 0:
            word = bytes(_SBOX[x] for x in word[1:] + word[:1])
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _times(constant, 2)
        elif n > 6 and len(words) % n == 4:
            word = bytes(_SBOX[x] for x in word)
        words.append(_xor(words[-n], word))
    return [b"".join(words[start : start + 4]) for start in range(0, len(words), 4)]


def aes_block(key: bytes, block: bytes) -> bytes:
    """FIPS 197."""
    first, *middle, last = _round_keys(key)
    state = _xor(block, first)
    for part in [*middle, last]:
        state = bytes(_SBOX[state[(place + 4 * (place % 4)) % 16]] for place in range(16))
        if part is not last:
            state = b"".join(_mix(state[start : start + 4]) for start in range(0, 16, 4))
        state = _xor(state, part)
    return state


def _mix(column: bytes) -> bytes:
    a = [*column, *column]
    return bytes(_times(a[i], 2) ^ _times(a[i + 1], 3) ^ a[i + 2] ^ a[i + 3] for i in range(4))


def _ghash(key: int, text: bytes) -> int:
    total = 0
    for start in range(0, len(text), 16):
        x, v, total = total ^ int.from_bytes(text[start : start + 16]), key, 0
        for bit in reversed(range(128)):
            total ^= v if x >> bit & 1 else 0
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
    return total


def aes_gcm_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    """SP 800-38D, 7.2, with a nonce of 96 bits."""
    closed, tag = sealed[:-16], sealed[-16:]
    lengths = struct.pack(">2Q", 8 * len(bound), 8 * len(closed))
    total = _ghash(int.from_bytes(aes_block(key, bytes(16))), _padded(bound) + _padded(closed) + lengths)
    blocks = [
        aes_block(key, nonce + struct.pack(">L", count)) for count in range(1, 2 - -len(closed) // 16 + 1)
    ]
    if _xor(total.to_bytes(16), blocks[0]) != tag:
        raise NotOpened
    return _xor(closed, b"".join(blocks[1:]))


def hpke_open(private: bytes, sealed: bytes, info: bytes, bound: bytes = b"", *, aead: int = 2) -> bytes:
    """RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-GCM: 128 (1) or 256 bits (2)."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01" + struct.pack(">H", aead)
    enc, closed = sealed[:32], sealed[32:]
    public = x25519(private, (9).to_bytes(32, "little"))
    eae = hkdf_extract(b"", b"HPKE-v1" + kem + b"eae_prk" + x25519(private, enc))
    shared = hkdf_expand(eae, b"\x00\x20HPKE-v1" + kem + b"shared_secret" + enc + public, 32)
    context = (
        b"\x00"
        + hkdf_extract(b"", b"HPKE-v1" + suite + b"psk_id_hash")
        + hkdf_extract(b"", b"HPKE-v1" + suite + b"info_hash" + info)
    )
    secret = hkdf_extract(shared, b"HPKE-v1" + suite + b"secret")
    size = 16 * aead
    key = hkdf_expand(secret, struct.pack(">H", size) + b"HPKE-v1" + suite + b"key" + context, size)
    nonce = hkdf_expand(secret, b"\x00\x0cHPKE-v1" + suite + b"base_nonce" + context, 12)
    return aes_gcm_open(key, nonce, closed, bound)
