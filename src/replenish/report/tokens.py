"""Design tokens: one set of colours for pages, charts and print, in a light and a dark version.

Every pair of text and ground reaches a contrast of 4.5 to 1. There is no red and no green-for-good, and
no colour carries a meaning that a label does not also carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#F7F5EF",
        "card": "#FFFFFF",
        "mist": "#DDE8E3",
        "sand": "#E9E3D5",
        "ink": "#1E2A2B",
        "soft": "#4A5B5C",
        "line": "#7A8785",
        "moss": "#2F6B57",
        "clay": "#9A5A32",
        "sky": "#2C5F86",
        "plum": "#6B4A78",
        "focus": "#FFB81C",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "paper": "#15201F",
        "card": "#1D2A29",
        "mist": "#22332F",
        "sand": "#2A3836",
        "ink": "#EEF2EF",
        "soft": "#B4C3BF",
        "line": "#70827E",
        "moss": "#8CCBB2",
        "clay": "#E3A57E",
        "sky": "#8FC1E6",
        "plum": "#CBA9DA",
        "focus": "#FFB81C",
    }
)


def custom_properties(tokens: Mapping[str, str]) -> str:
    """The tokens as CSS custom properties."""
    return " ".join(f"--{name}: {colour};" for name, colour in tokens.items())


def chart_rules() -> str:
    """CSS that lets a drawn chart follow the page's colours.

    A chart carries its light colours as attributes, so that it can stand alone in print; these rules
    put the page's own property in their place, and so give the dark page a dark chart.
    """
    rules = []
    for name, colour in LIGHT.items():
        rules.append(f'.drawing [fill="{colour}"] {{ fill: var(--{name}); }}')
        rules.append(f'.drawing [stroke="{colour}"] {{ stroke: var(--{name}); }}')
    return "\n".join(rules)
