"""Small tables of answers in units, as hypothesis draws them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class UnitTable:
    """Rows of named columns with the unit of each row."""

    columns: dict[str, Floats]
    unit: NDArray[np.int64]

    def rows(self, at: NDArray[np.int64] | slice) -> UnitTable:
        """The rows at some positions, in that order."""
        return UnitTable({name: column[at] for name, column in self.columns.items()}, self.unit[at])


@st.composite
def unit_tables(draw: st.DrawFn, *, missing: bool = False) -> UnitTable:
    """Tables of 4 to 9 units with 1 to 7 rows each, columns x, z and y, far from zero or near it."""
    sizes = draw(st.lists(st.integers(1, 7), min_size=4, max_size=9).filter(lambda n: sum(n) > len(n) + 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    unit = np.repeat(np.arange(len(sizes)), sizes)
    rng.shuffle(unit)
    offset = draw(st.sampled_from([0.0, 3.5, 1e4]))
    between = draw(st.sampled_from([0.0, 0.5, 3.0]))
    x = offset + rng.normal(size=len(unit)) + rng.normal(size=len(sizes))[unit]
    z = rng.normal(size=len(unit)) - 0.5 * x
    y = 0.4 * x - z + between * rng.normal(size=len(sizes))[unit] + rng.normal(size=len(unit))
    columns = {"x": x, "z": z, "y": y}
    if missing:
        for column in columns.values():
            column[rng.random(len(unit)) < 0.15] = np.nan
    return UnitTable(columns, unit)
