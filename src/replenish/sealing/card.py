"""The address in the QR of a key card, which carries the secret behind the "#".

What stands behind "#" stays in the browser: it is sent to no server and stands in no log.
"""

from __future__ import annotations

from replenish.sealing.secret import Secret

RETURN_PATH = "/my/return/#"


def card_link(secret: Secret, *, base_url: str) -> str:
    """The address in the QR of a card: it holds the secret, so it is shown to its owner alone."""
    return f"{base_url.rstrip('/')}{RETURN_PATH}{secret.code()}"
