"""How often slips, cards and codes may be tried, counted without an address book."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from replenish.basis.rate_limit import RateLimit, address_told

__all__ = ["RateLimit", "card_attempt_allowed", "code_attempt_allowed", "slip_attempt_allowed"]

# A slip has more than 100 random bits and a card 128: nobody guesses one. The limits keep the guessing from
# slowing the pages of others. Many people may sit behind one address, so it is not small.
_SLIPS = RateLimit(each=30, together=600)
_CARDS = RateLimit(each=30, together=600)
# A code of six digits is guessed by trying, and each try costs the server a sixth of a second.
_CODES_OF_A_CARD = RateLimit(each=5, together=120)
_CODES = RateLimit(each=20, together=120)


def slip_attempt_allowed(request: HttpRequest) -> bool:
    """Whether a code of a slip may be tried now from where this request comes."""
    return _allows(_SLIPS, request)


def card_attempt_allowed(request: HttpRequest) -> bool:
    """Whether the words or the code of a card may be tried now from where this request comes."""
    return _allows(_CARDS, request)


def code_attempt_allowed(request: HttpRequest, locked: str) -> bool:
    """Whether a code may be tried now on this locked card; of the card only a count stays, for a minute."""
    return _allows(_CODES, request) and _CODES_OF_A_CARD.allows(locked)


def _allows(limit: RateLimit, request: HttpRequest) -> bool:
    return limit.allows(address_told(request.META, behind_proxy=settings.REPLENISH_SECURE))
