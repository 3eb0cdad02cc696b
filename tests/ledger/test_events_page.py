"""The page of events says what the code keeps, key by key."""

from __future__ import annotations

import re
from pathlib import Path

from replenish.ledger.events import KEYS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ledger-events.md"
ROW = re.compile(r"^\| `(?P<event>[a-z_]+)` \| [^|]+ \| (?P<keys>[^|]+) \|$", re.MULTILINE)


def test_the_page_lists_every_event_with_its_keys_in_order() -> None:
    listed = {row["event"]: row["keys"] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}
    kept = {event.value: list(keys) for event, keys in KEYS.items()}
    assert set(listed) == set(kept)
    for event, keys in kept.items():
        # A sentence after a colon or in brackets explains a key and may name values.
        plain = re.sub(r"\([^)]*\)|:.*", "", listed[event])
        assert re.findall(r"`([a-z_]+)`", plain) == keys, event
