"""Names for things: content hashes, so that what was asked or published can be recognised for ever."""

from __future__ import annotations

import hashlib
import json


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no white space: equal values give equal text.

    Raises:
        ValueError: the value holds a number that JSON cannot write (NaN or infinity).
        TypeError: the value holds something that is not plain data.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_hash(value: object) -> str:
    """SHA-256 of the canonical JSON of plain data, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
