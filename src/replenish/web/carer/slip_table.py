"""The slips made for a group, as the rows of a table that everybody in it reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from replenish.voices.queries import SlipCount
from replenish.web.shared.days import day_in_words

# Seats that were renewed, and slips for lost cards, stand in rows of their own: together they say how many
# people a group could have.
KINDS_OF_SLIP: Mapping[str, Promise] = {
    "drawn": gettext_lazy("Slips"),
    "replacement": gettext_lazy("Slips for lost cards"),
    "renewed": gettext_lazy("Seats from the season before"),
    "carried": gettext_lazy("Seats from slips for lost cards, from the season before"),
}


@lru_cache(maxsize=512)
def slip_rows(slips: tuple[SlipCount, ...], language: str) -> SafeString:
    """The slips made for each unit of a group, as rows; none where there are none. All of it see the same."""
    return format_html_join(
        "",
        "\n<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        (
            (
                KINDS_OF_SLIP.get(slip.kind, slip.kind),
                slip.made,
                slip.used,
                day_in_words(slip.expires_on, "j M", language),
            )
            for slip in slips
        ),
    )
