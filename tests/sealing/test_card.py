"""The QR of a card leads back to one's own page, with the secret behind the "#" alone."""

from __future__ import annotations

from replenish.sealing.card import card_link
from replenish.sealing.secret import Secret

SECRET = Secret(bytes(range(16)))
BASE = "https://replenish.example"


def test_the_link_carries_the_secret_behind_the_fragment_only() -> None:
    before, after = card_link(SECRET, base_url=f"{BASE}/").split("#")
    assert before == f"{BASE}/my/return/"
    assert Secret.of_code(after) == SECRET
