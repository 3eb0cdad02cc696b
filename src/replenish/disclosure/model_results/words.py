"""The only words a model result may say instead of numbers."""

from __future__ import annotations

GOES_WITH_MORE = "goes with more"
GOES_WITH_LESS = "goes with less"
CANNOT_TELL = "cannot tell"
TOO_FEW = "one person's answers would move it too much"

EFFECT_WORDS = (GOES_WITH_MORE, GOES_WITH_LESS, CANNOT_TELL, TOO_FEW)

ICC_FROM = (0.0, 0.05, 0.15)
ICC_WORDS = ("units hardly differ", "units differ somewhat", "units differ clearly")

SHARE_FROM = (0.0, 0.25, 0.75)
SHARE_WORDS = (
    "little of the differences between units",
    "a good part of the differences between units",
    "most of the differences between units",
)


def word_for(value: float, starts: tuple[float, ...], words: tuple[str, ...]) -> str:
    """The word of the class in which a value lies; each class includes its start."""
    return words[max(place for place, start in enumerate(starts) if start <= value)]
