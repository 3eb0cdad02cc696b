"""Check-ins that waited on a device: what the device needs beforehand, and their arrival.

A device seals a check-in to the key of the installation while there is no connection, and sends it later
with the card in its cookie. Only then does the server learn whose it is; until then not even the device can
read it.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import VoiceFault
from replenish.basis.faults.sealing import SealingFault
from replenish.measures.library import load_pack
from replenish.sealing.names import queue_tag
from replenish.sealing.queue_key import QueueKeys
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.asked import require_answers
from replenish.voices.queries import my_box
from replenish.voices.turns import Taking, Turn, seen_by_device
from replenish.voices.weeks import require_begun, thursday_of
from replenish.web.carer.card_cookie import has_code, is_shared_device
from replenish.web.carer.door import card_page
from replenish.web.shared.questions import ROUND, WEEKLY

MOST_ITEMS = 20
LONGEST_WAIT = timedelta(weeks=26)
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{12}$")]

SENTENCES = {
    "kept": _("The check-in that waited on this device was sent. It is kept for you."),
    "said since": _(
        "A check-in that waited on this device was sent. You had answered the same questions since, so those "
        "later answers stay."
    ),
    "closed": _(
        "A check-in that waited on this device could not be opened: it waited for too long, or was damaged. "
        "What was kept before is safe. You can answer again for this week."
    ),
    "changed": _(
        "A check-in that waited on this device was not taken: the questions have changed since. What was "
        "kept before is safe. You can answer again for this week."
    ),
    "other card": _(
        "A check-in on this device was made with another key card. It waits until that card is used here."
    ),
    "later": _("A check-in still waits on this device. It could not be kept just now and is sent again."),
}
STAYING = frozenset({"other card", "later"})
"""Outcomes after which a check-in stays on the device."""


class Envelope(BaseModel):
    """A check-in as the device keeps and sends it: nothing of it can be read but the name of the key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Id
    key: Annotated[str, Field(max_length=20)]
    sealed: Annotated[str, Field(max_length=8_000)]


class Sent(BaseModel):
    """All that a device sends at once, in the order in which it was answered."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    items: Annotated[tuple[Envelope, ...], Field(max_length=MOST_ITEMS)]


class Queued(BaseModel):
    """What is inside: whose it is, what was asked and answered, and what the device had seen before."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True)

    id: Id
    tag: str
    week: str
    pack: str
    pack_hash: str
    answers: Annotated[dict[str, float], Field(min_length=1)]
    seen: frozenset[Id]


@dataclass(frozen=True)
class Arrival:
    """One envelope and what became of it."""

    id: str
    outcome: str

    def told(self) -> dict[str, str | bool]:
        """What the device is told: whether it keeps the check-in, and a sentence for the person."""
        return {
            "id": self.id,
            "stays": self.outcome in STAYING,
            "other": self.outcome == "other card",
            "sentence": str(SENTENCES[self.outcome]),
        }


@require_http_methods(["GET", "HEAD", "POST"])
@card_page
def queued(request: HttpRequest, secret: Secret) -> HttpResponse:
    """For a reader: what a device needs to seal and to send. For a sender: each check-in taken in once."""
    if request.method != "POST":
        return JsonResponse(_readiness(request, secret))
    try:
        sent = Sent.model_validate_json(request.body)
    except ValidationError:
        return JsonResponse({"items": []}, status=400)
    # In their order: one that must wait holds up those behind it, which may have been answered on top of it.
    arrivals: list[Arrival] = []
    for envelope in sent.items:
        held_up = any(arrival.outcome == "later" for arrival in arrivals)
        arrivals.append(Arrival(envelope.id, "later" if held_up else _arrived(secret, envelope)))
    return JsonResponse({"items": [arrival.told() for arrival in arrivals]})


def _readiness(request: HttpRequest, secret: Secret) -> dict[str, object]:
    shared = is_shared_device(request)
    if shared:
        return {"shared": True, "token": get_token(request)}
    box = my_box(secret)
    key = _keys().recipient(clock.today())
    return {
        "shared": False,
        "token": get_token(request),
        "key": key.name,
        "recipient": key.recipient,
        "tag": queue_tag(secret, key.name),
        "asks": has_code(request),
        "seen": seen_by_device(box.settings if box is not None else {}),
    }


def _arrived(secret: Secret, envelope: Envelope) -> str:
    opened = _opened(envelope)
    if opened is None:
        return "closed"
    if not hmac.compare_digest(opened.tag.encode(), queue_tag(secret, envelope.key).encode()):
        return "other card"
    if not _still_asked(opened):
        return "changed"
    try:
        done = actions.check_in(
            secret,
            {opened.pack: opened.answers},
            opened.week,
            turn=Turn(opened.id, waited=True, seen=opened.seen),
        )
    except Refused as refused:
        return "closed" if refused.fault is VoiceFault.CARD_ERASED else "later"
    return "said since" if done.taking is Taking.SAID_SINCE else "kept"


def _opened(envelope: Envelope) -> Queued | None:
    """What is in an envelope; None where it does not open or holds nothing that a device would write."""
    try:
        sealed = base64.b64decode(envelope.sealed, validate=True)
        found = Queued.model_validate_json(_keys().open(envelope.key, sealed, clock.today()))
    except Refused as refused:
        if refused.fault is not SealingFault.QUEUED_CLOSED:
            raise
        return None
    except ValueError:
        return None
    return found if found.id == envelope.id and _is_recent(found.week) else None


def _is_recent(week: str) -> bool:
    """Whether a week has begun and is no older than anything can wait; a wrong clock gives others."""
    today = clock.today()
    return _allowed(lambda: require_begun(week, today)) and thursday_of(week) > today - LONGEST_WAIT


def _still_asked(opened: Queued) -> bool:
    if opened.pack not in (WEEKLY, ROUND) or load_pack(opened.pack).content_hash != opened.pack_hash:
        return False
    return _allowed(lambda: require_answers(opened.pack, opened.answers))


def _allowed(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refused:
        return False
    return True


def _keys() -> QueueKeys:
    return QueueKeys(settings.REPLENISH_KEYS)
