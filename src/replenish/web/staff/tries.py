"""How often signing in may be tried: counts for a minute, no list of who tried."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from replenish.basis.rate_limit import RateLimit, address_told

# Printed codes, recovery codes and passkeys cannot be guessed: these limits keep the server quick for others.
# A password is held by the second pair: few tries for one name, from wherever they come.
_FROM_ONE_PLACE = RateLimit(each=30, together=600)
_FOR_ONE_NAME = RateLimit(each=5, together=120)
# A message that nobody asked for is a nuisance; three in a minute to one address are enough.
_MESSAGES = RateLimit(each=3, together=30)


def may_try(request: HttpRequest) -> bool:
    """Whether somebody may try to sign in now from where this request comes."""
    return _FROM_ONE_PLACE.allows(address_told(request.META, behind_proxy=settings.REPLENISH_SECURE))


def may_try_for(request: HttpRequest, name: str) -> bool:
    """The same for something that could be guessed; of the name only a count stays."""
    return may_try(request) and _FOR_ONE_NAME.allows(name.strip().casefold())


def may_send_to(request: HttpRequest, address: str) -> bool:
    """Whether one more message may go to this address now."""
    return may_try(request) and _MESSAGES.allows(address.strip().casefold())
