"""P4 and P5: what is said about a group is a band of its mean and a class of its size."""

from replenish.disclosure.bands.cuts import EARLIER_RULE, RULE, Band, band_of, bands, cut_is_safe, cuts
from replenish.disclosure.bands.sizes import (
    FLOOR,
    SIZE_CLASSES,
    SizeClass,
    colluders,
    effective_floor,
    size_class,
)

__all__ = [
    "EARLIER_RULE",
    "FLOOR",
    "RULE",
    "SIZE_CLASSES",
    "Band",
    "SizeClass",
    "band_of",
    "bands",
    "colluders",
    "cut_is_safe",
    "cuts",
    "effective_floor",
    "size_class",
]
