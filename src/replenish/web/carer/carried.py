"""What somebody wrote while their page closed: sealed on the page in its place, until the card opens it.

Whoever stands at the device then may be somebody else. So the text is sealed to the key of the installation,
as what waits for a connection is, with marks of the card that lay on the device when it was sent.
"""

from __future__ import annotations

import base64

from django.conf import settings
from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, ValidationError

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.queue_key import QueueKeys, seal_queued
from replenish.web.carer.card_cookie import PATH, marks_of_card
from replenish.web.shared.written import Unsent, unsent

FIELD = "carried"


class _Carried(BaseModel):
    """What is inside: whose it is, and the form it came in."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    owners: frozenset[str]
    action: str
    texts: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]


def carried_on(request: HttpRequest) -> str:
    """What a closed page carries: the text that came, sealed now or before; empty where none came."""
    if request.method != "POST":
        return ""
    wrote = unsent(request)
    if wrote is None:
        return request.POST.get(FIELD, "")
    key = _keys().recipient(clock.today())
    inside = _Carried(
        owners=marks_of_card(request, key.name), action=wrote.action, texts=wrote.texts, others=wrote.others
    )
    sealed = seal_queued(key.recipient, inside.model_dump_json().encode())
    return f"{key.name}.{base64.urlsafe_b64encode(sealed).decode('ascii')}"


def opened(request: HttpRequest) -> Unsent | None:
    """The text that a closed page carried; None under another card than the one it was written beside.

    Where no card lay on the device when it was sent, the next one opens it.
    """
    name, _dot, sealed = request.POST.get(FIELD, "").partition(".")
    try:
        plain = _keys().open(name, base64.urlsafe_b64decode(sealed), clock.today())
        found = _Carried.model_validate_json(plain)
    except Refused as refused:
        if refused.fault is not SealingFault.QUEUED_CLOSED:
            raise
        return None
    except (ValueError, ValidationError):
        return None
    theirs = not found.owners or found.owners & marks_of_card(request, name)
    if not theirs or not found.action.startswith(PATH):
        return None
    return Unsent(found.action, found.texts, found.others)


def _keys() -> QueueKeys:
    return QueueKeys(settings.REPLENISH_KEYS)
