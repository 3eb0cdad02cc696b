"""Signatures: RFC 8032 itself, one key for an instance, and nothing changed passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.signing import InstanceSigner


def test_a_signature_belongs_to_its_content_and_key(tmp_path: Path) -> None:
    signer, other = InstanceSigner(tmp_path / "a"), InstanceSigner(tmp_path / "b")
    signature, public = signer.sign(b"release"), signer.public_key()
    assert InstanceSigner.verify(public, b"release", signature)
    assert not InstanceSigner.verify(public, b"Release", signature)
    assert not InstanceSigner.verify(other.public_key(), b"release", signature)
    for wrong in ("", "zz", signature[:-2], signature[:-1] + ("0" if signature[-1] != "0" else "1")):
        assert not InstanceSigner.verify(public, b"release", wrong)
    assert not InstanceSigner.verify("zz", b"release", signature)


def test_the_key_stays_the_same(tmp_path: Path) -> None:
    assert InstanceSigner(tmp_path).public_key() == InstanceSigner(tmp_path).public_key()
    assert InstanceSigner(tmp_path).sign(b"x") == InstanceSigner(tmp_path).sign(b"x")


def test_it_signs_as_rfc_8032_says(tmp_path: Path) -> None:
    """Section 7.1, test 2."""
    file = tmp_path / "signing" / "instance.key"
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    private = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    file.write_text(json.dumps({"format": 1, "private": private}))
    signer = InstanceSigner(tmp_path)
    assert signer.public_key() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert signer.sign(b"\x72") == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


def test_a_damaged_key_is_never_replaced_in_silence(tmp_path: Path) -> None:
    signer = InstanceSigner(tmp_path)
    signer.public_key()
    (tmp_path / "signing" / "instance.key").write_text("{}")
    with pytest.raises(Refused) as refused:
        signer.sign(b"x")
    assert refused.value.fault is SealingFault.KEY_FILE_DAMAGED
