"""How often an offer is made that nobody asked for.

Somebody who suspects a person of having asked sees only whether the offer is made. With an unasked offer in
a share `u` of the windows, an offer that stands multiplies the odds that this person asked by 1 / u: the
worst case is an observer who is sure that nobody else would have asked. One half is therefore the least
share that keeps this to two.
"""

from __future__ import annotations

import secrets

UNASKED_IN = 2


def made_unasked() -> bool:
    """Whether an offer is made although nobody asked: in one window out of two."""
    return secrets.randbelow(UNASKED_IN) == 0
