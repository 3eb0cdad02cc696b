"""Reading how an organisation tells everybody, and which named people want letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from replenish.people.askers import Asker
from replenish.people.models import Account, Message, Notices, OwnWords, Rhythm, Telling

__all__ = ["NoticesChosen", "Rhythm", "ToldBefore", "WantsNotices", "Ways"]


@dataclass(frozen=True)
class Ways:
    """How everybody in an organisation is reached.

    Attributes:
        list_address: of one list that everybody is on; empty where nobody entered any.
        calendar_key: opens the calendar of public days; None until somebody made its address.
    """

    list_address: str = ""
    calendar_key: str | None = None


@dataclass(frozen=True)
class ToldBefore:
    """That everybody was told something by e-mail, or that it was begun and not finished."""

    day: date
    is_sent: bool


@dataclass(frozen=True)
class NoticesChosen:
    """How often somebody wants letters; None where they want none."""

    rhythm: Rhythm | None
    email: str | None


@dataclass(frozen=True)
class WantsNotices:
    """Somebody who chose letters and has shown that the address is theirs."""

    asker: Asker
    email: str
    rhythm: Rhythm
    language: str
    told_until: date


def ways_to_tell(organisation: str) -> Ways:
    """How everybody in an organisation is reached."""
    row = Telling.objects.filter(organisation=organisation).first()
    return Ways() if row is None else Ways(row.list_address, row.calendar_key)


def organisation_of_calendar(key: str) -> str | None:
    """Whose calendar a key opens; None for a key that opens none, or none any more."""
    found = Telling.objects.filter(calendar_key=key).values_list("organisation", flat=True).first()
    return found if key else None


def own_words(organisation: str) -> Mapping[str, str]:
    """By occasion, what an organisation says in its own words."""
    rows = OwnWords.objects.filter(organisation=organisation)
    return dict(rows.order_by("kind").values_list("kind", "words"))


def told_before(organisation: str) -> Mapping[tuple[str, str], ToldBefore]:
    """By occasion and what it was about, when everybody was told by e-mail."""
    rows = Message.objects.filter(organisation=organisation)
    return {
        (kind, about): ToldBefore(day, is_sent)
        for kind, about, day, is_sent in rows.values_list("kind", "about", "day", "is_sent")
    }


def notices_of(asker: Asker) -> NoticesChosen:
    """What the asker chose for themselves, and the address it would go to."""
    row = Account.objects.filter(pk=asker.account).select_related("login", "notices").get()
    chosen = Rhythm(row.notices.rhythm) if hasattr(row, "notices") else None
    return NoticesChosen(chosen, row.login.email if row.login else None)


def everybody_who_wants_notices() -> tuple[WantsNotices, ...]:
    """All who chose letters, have a proven address and have not left: for the night, never for a page."""
    rows = Notices.objects.filter(account__left_on__isnull=True, account__login__email__isnull=False)
    return tuple(
        WantsNotices(Asker(organisation, account), email, Rhythm(rhythm), language, until)
        for account, organisation, email, rhythm, language, until in rows.order_by("pk").values_list(
            "account", F("account__organisation"), F("account__login__email"), "rhythm", "language",
            "told_until",
        )
    )  # fmt: skip
