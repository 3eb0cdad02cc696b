"""How a card lies on a device, and the one text that says it: the value of its cookie.

A private device keeps the card itself, or the card locked with a code. A shared device keeps no card at all,
but only what holds it open for a few minutes after each page; found later, it opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from replenish.basis.errors import Refused
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.device_lock import held_open, hold_open
from replenish.sealing.names import queue_tag
from replenish.sealing.secret import Secret

SHARED_MINUTES = 10
USUAL_MINUTES = 15
NEVER = 0
MINUTES = (2, 5, USUAL_MINUTES, 60, NEVER)
"""After how many minutes without a sign of life the screen may hide itself; 0 is never."""
_FORM = "2"
_HIDDEN = "h"
_WHENEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Device(StrEnum):
    """How the card is kept."""

    PRIVATE = "p"
    SHARED = "s"
    LOCKED = "l"


@dataclass(frozen=True, slots=True)
class KeptCard:
    """The card on a device.

    Attributes:
        device: how it is kept.
        secret: the card; None where it is locked or its time is over.
        minutes: after which the screen hides itself, and where it is shared or locked, closes as well.
        hidden: whether the person hid the screen and has not come back yet.
        locked: the card locked with a code, on a device with such a lock.
    """

    device: Device
    secret: Secret | None
    minutes: int = USUAL_MINUTES
    hidden: bool = False
    locked: str = ""

    def closed(self) -> KeptCard:
        """The same after the screen was hidden; with a code, it is needed to come back."""
        closed = None if self.device is Device.LOCKED else self.secret
        return replace(self, hidden=True, secret=closed)


def read_kept(text: str, keys: DeviceKeys, now: datetime) -> KeptCard | None:
    """What a cookie says; None where it says nothing that can be read.

    Args:
        text: the value of the cookie.
        keys: of the server; a private device needs none.
        now: the present moment.
    """
    if not text.startswith(f"{_FORM}."):
        secret = _secret_in(text)
        return None if secret is None else KeptCard(Device.PRIVATE, secret)
    try:
        _form, kind, minutes, locked, body = text.split(".")
        kept = KeptCard(Device(kind[0]), None, int(minutes), kind[1:] == _HIDDEN, locked)
    except (ValueError, IndexError):
        return None
    # Whoever finds a device could write a time of their own into what lies there.
    if kept.minutes not in (*MINUTES, SHARED_MINUTES):
        return None
    if kept.device is Device.PRIVATE:
        secret = _secret_in(body)
        return None if secret is None else replace(kept, secret=secret)
    return replace(kept, secret=held_open(body, keys.opening(now.date()), now, bound_to=_bound(kept)))


def marks_in(text: str, keys: DeviceKeys, now: datetime, name: str) -> frozenset[str]:
    """By what a card on a device can be known again, also after its time; nothing of it opens anything.

    Args:
        text: the value of the cookie.
        keys: of the server.
        now: the present moment.
        name: of the key for which the marks are made.
    """
    kept = read_kept(text, keys, now)
    if kept is None:
        return frozenset()
    marks = {sha256(kept.locked.encode()).hexdigest()} if kept.locked else set()
    secret = kept.secret
    if secret is None and not kept.hidden:
        body = text.rpartition(".")[2]
        secret = held_open(body, keys.opening(now.date()), _WHENEVER, bound_to=_bound(kept))
    if secret is not None:
        marks.add(queue_tag(secret, name))
    return frozenset(marks)


def write_kept(kept: KeptCard, keys: DeviceKeys, now: datetime) -> str:
    """The value of the cookie; where the card is only held open, the time begins anew."""
    if kept == KeptCard(Device.PRIVATE, kept.secret) and kept.secret is not None:
        return kept.secret.cookie()
    body = ""
    if kept.secret is not None and kept.device is Device.PRIVATE:
        body = kept.secret.cookie()
    elif kept.secret is not None:
        until = now + timedelta(minutes=kept.minutes)
        body = hold_open(kept.secret, keys.holding(now.date()), until, bound_to=_bound(kept))
    kind = f"{kept.device}{_HIDDEN if kept.hidden else ''}"
    return ".".join((_FORM, kind, str(kept.minutes), kept.locked, body))


def _bound(kept: KeptCard) -> str:
    """What holds a card open is of use beside its own lock alone, and on no other kind of device."""
    return f"{kept.device}.{kept.minutes}.{kept.locked}"


def _secret_in(text: str) -> Secret | None:
    try:
        return Secret.of_cookie(text)
    except Refused:
        return None
