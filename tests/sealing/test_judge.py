"""The judge is judged first, by the vectors of the RFCs it is written from."""

import pytest
from tests.sealing import judge

h = bytes.fromhex
LONG_RESULT = (
    "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
    "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
)


@pytest.mark.parametrize(
    ("secret", "salt", "info", "result"),
    [
        (
            "0b" * 22,
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            bytes(range(0x50)).hex(),
            bytes(range(0x60, 0xB0)).hex(),
            bytes(range(0xB0, 0x100)).hex(),
            LONG_RESULT,
        ),
        (
            "0b" * 22,
            "",
            "",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_hkdf_of_rfc_5869(secret: str, salt: str, info: str, result: str) -> None:
    assert judge.hkdf(h(salt), h(secret), h(info), len(h(result))).hex() == result


def test_chacha20_poly1305_of_rfc_8439() -> None:
    sealed = h(
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a"
        "9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9d"
        "e576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
    )
    opened = judge.chacha20_poly1305_open(
        bytes(range(0x80, 0xA0)), h("070000004041424344454647"), sealed, h("50515253c0c1c2c3c4c5c6c7")
    )
    assert opened.startswith(b"Ladies and Gentlemen of the class of '99")


def test_x25519_of_rfc_7748() -> None:
    scalar = h("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4")
    point = h("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
    shared = "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"
    assert judge.x25519(scalar, point).hex() == shared


@pytest.mark.parametrize(
    ("length", "closed"),
    [(16, "69c4e0d86a7b0430d8cdb78070b4c55a"), (32, "8ea2b7ca516745bfeafc49904b496089")],
)
def test_aes_of_fips_197(length: int, closed: str) -> None:
    assert judge.aes_block(bytes(range(length)), h("00112233445566778899aabbccddeeff")).hex() == closed


def test_hpke_of_rfc_9180() -> None:
    """Appendix A.1.1, the first message: the suite with AES of 128 bits, the only one printed there."""
    enc = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    closed = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"
    opened = judge.hpke_open(
        h("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
        h(enc + closed),
        h("4f6465206f6e2061204772656369616e2055726e"),
        h("436f756e742d30"),
        aead=1,
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_what_is_changed_does_not_open() -> None:
    with pytest.raises(judge.NotOpened):
        judge.chacha20_poly1305_open(bytes(32), bytes(12), bytes(20), b"")
    with pytest.raises(judge.NotOpened):
        judge.aes_gcm_open(bytes(32), bytes(12), bytes(20), b"")
