"""A card on a device others use, one under a code, and time that passes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from replenish.basis import clock
from replenish.sealing import device_lock
from replenish.sealing.secret import Secret
from replenish.web.carer import come_back, device, open_again
from replenish.web.carer.card_cookie import CARD_COOKIE

CODE = "271828"


def try_quickly(patch: pytest.MonkeyPatch) -> None:
    """Let codes be tried quickly, and as often as a test likes."""
    patch.setattr(device_lock, "MEMORY_KIBIBYTES", 64)
    patch.setattr(open_again, "code_attempt_allowed", lambda *_: True)
    for page in (come_back, device):
        patch.setattr(page, "card_attempt_allowed", lambda _: True)


def shared_client(secret: Secret) -> Client:
    """A browser that others use, to which somebody came back with their card."""
    client = Client()
    client.post("/my/return/", {"words": " ".join(secret.words()), "shared": "on"})
    return client


def lock_with_code(client: Client) -> Client:
    """The same browser, its card locked with the code."""
    sent = {"step": "lock", "new-code": CODE, "code-again": CODE}
    assert "locked with your code" in client.post("/my/device/", sent).text
    return client


def later(patch: pytest.MonkeyPatch, **passed: int) -> None:
    """Let time pass on the server."""
    now = clock.now() + timedelta(**passed)
    patch.setattr(clock, "now", lambda: now)


def value(client: Client) -> str:
    """What lies on the device."""
    return client.cookies[CARD_COOKIE].value
