"""P4 and P5: what is said about a group is a band of its mean and a class of its size."""

from replenish.disclosure.bands.cuts import Band, band_of, bands, cut_is_safe, cuts
from replenish.disclosure.bands.known_rules import RULE, RULES, Rule, goes_back, is_known, rule_named
from replenish.disclosure.bands.sizes import (
    FLOOR,
    SIZE_CLASSES,
    SizeClass,
    colluders,
    effective_floor,
    size_class,
)

__all__ = [
    "FLOOR",
    "RULE",
    "RULES",
    "SIZE_CLASSES",
    "Band",
    "Rule",
    "SizeClass",
    "band_of",
    "bands",
    "colluders",
    "cut_is_safe",
    "cuts",
    "effective_floor",
    "goes_back",
    "is_known",
    "rule_named",
    "size_class",
]
