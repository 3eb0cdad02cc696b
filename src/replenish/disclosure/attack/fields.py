"""Every field the rule allows a file of releases to have: whatever else stands there is a finding.

Written out once more beside the reader's own list on purpose: an attack that took its list from the code it
attacks would find nothing on the day a field too many slips into both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

ALLOWED: dict[str, frozenset[str]] = {
    "file": frozenset({"format", "releases"}),
    "release": frozenset(
        {
            "round",
            "season",
            "rule",
            "floor",
            "partition",
            "scales",
            "groups",
            "parents",
            "response_quarter",
            "model_results",
            "previous",
            "hash",
        }
    ),
    "partition": frozenset({"groups", "reason", "id"}),
    "reporting group": frozenset({"label", "units", "parent", "alone"}),
    "scale": frozenset({"name", "low", "high", "step"}),
    "leaf": frozenset({"label", "units", "parent", "rest", "cells"}),
    "cell": frozenset({"size", "band", "change"}),
    "band": frozenset({"low", "high"}),
    "parent": frozenset({"label", "path", "members", "cells"}),
    "parent cell": frozenset({"low", "middle", "high"}),
    "model result": frozenset(
        {
            "outcome",
            "condition",
            "kind",
            "estimate",
            "low",
            "high",
            "step",
            "words",
            "people_class",
            "groups_class",
            "conditions",
        }
    ),
}

COUNTS = frozenset({"n", "count", "counts_n", "people", "voices", "answers", "responses", "respondents"})
MEANS = frozenset({"mean", "average"})
LOWEST = frozenset({"min", "minimum", "lowest"})
HIGHEST = frozenset({"max", "maximum", "highest"})
HISTOGRAMS = frozenset({"histogram", "distribution", "counts", "frequencies"})


def surplus(thing: Mapping[str, object], kind: str) -> Iterator[str]:
    """The names of fields that a thing of this kind must not have."""
    return (name for name in thing if name not in ALLOWED[kind])
