"""The letters of the night: for those alone who chose them, at their own proven address, if something waits.

There is no queue. Beside each choice stands the day until which the person was told; it moves when the mail
server has taken the letter, and while it has not, the next night tries again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from replenish.basis import clock
from replenish.conditions.telling.waiting import SOON, Waiting, days_between, waits_for
from replenish.conditions.telling.words import fill, lines
from replenish.people.actions.notices import told
from replenish.people.telling import Rhythm, WantsNotices, everybody_who_wants_notices

DAY = timedelta(days=1)
LONGEST_SILENCE = timedelta(days=14)
"""Who had no address for a while is not told of everything since."""

# What a mail server that does not answer, or does not take a letter, raises; an address that cannot be
# written into a head too.
NOT_TAKEN = (OSError, ValueError)
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True)
class Letters:
    """What became of a night's letters.

    Attributes:
        sent: how many the mail server took.
        are_waiting: whether some could not be handed over, and wait for the next night.
    """

    sent: int = 0
    are_waiting: bool = False


def send_letters() -> Letters:
    """Send what is due; again on the same day is harmless."""
    if not settings.REPLENISH_MAIL:
        return Letters()
    today = clock.today()
    due = [one for one in everybody_who_wants_notices() if _is_due(one, today)]
    written = [(one, letter_to(one, today)) for one in due]
    for one, letter in written:
        if letter is None:
            told(asker=one.asker, until=today)
    return _posted([(one, letter) for one, letter in written if letter is not None], today)


def letter_to(one: WantsNotices, today: date) -> EmailMessage | None:
    """The letter to somebody; None where nothing waits for them."""
    news = _news(one, today)
    if not news:
        return None
    said = lines("notices", one.language)
    address = {"address": settings.REPLENISH_ADDRESS}
    points = "\n".join(f"- {fill(said[line.line], dict(line.places))}" for line in news)
    body = "\n\n".join((said["begins"], points, *(fill(said[name], address) for name in ("onwards", "ends"))))
    return EmailMessage(said["subject"], f"{body}\n", to=[one.email], headers=AUTOMATIC)


def _is_due(one: WantsNotices, today: date) -> bool:
    if one.rhythm is Rhythm.DAY:
        return one.told_until < today
    return one.told_until.isocalendar()[:2] < today.isocalendar()[:2]


def _news(one: WantsNotices, today: date) -> tuple[Waiting, ...]:
    """In the week all that waits and what comes; on the day what is new since the last letter."""
    since = max(one.told_until, today - LONGEST_SILENCE) + DAY
    waiting = waits_for(one.asker)
    if one.rhythm is Rhythm.WEEK:
        return (*waiting, *days_between(one.asker, today, today + SOON - DAY, one.language))
    new = tuple(line for line in waiting if line.since >= since)
    return (*new, *days_between(one.asker, since, today, one.language))


def _posted(written: list[tuple[WantsNotices, EmailMessage]], today: date) -> Letters:
    if not written:
        return Letters()
    sent = 0
    try:
        connection: BaseEmailBackend = get_connection()
        connection.open()
    except NOT_TAKEN:
        return Letters(0, are_waiting=True)
    for one, letter in written:
        letter.connection = connection
        try:
            letter.send()
        except NOT_TAKEN:
            continue
        told(asker=one.asker, until=today)
        sent += 1
    with suppress(*NOT_TAKEN):
        connection.close()
    return Letters(sent, are_waiting=sent < len(written))
