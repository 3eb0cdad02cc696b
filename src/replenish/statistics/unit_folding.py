"""The fold of rows into units: two passes over blocks, one for sums and one for products about unit means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.complete_cases import BLOCK, LeftOut, column_blocks
from replenish.statistics.unit_codes import UnitCodes

Floats = NDArray[np.float64]
Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Folded:
    """What `UnitMoments` keeps, for every unit number, those without rows included."""

    n: NDArray[np.int64]
    shift: Floats
    sums: Floats
    within: Floats
    unit_within: Floats | None
    left_out: LeftOut


def fold_units(arrays: Arrays, codes: UnitCodes, *, per_unit_products: bool) -> Folded:
    """Add up rows by unit.

    Args:
        arrays: p checked columns, each (rows,), NaN where an answer is missing.
        codes: the unit number of each row.
        per_unit_products: keep products (units, p, p) as well as their total.

    Raises:
        Refused: infinite values, or values too large to square.
    """
    # A block is at least as long as the list of units: adding up a block costs one pass over the units.
    size = max(BLOCK, codes.size)
    n, shift, sums, left_out = _sums(arrays, codes, size)
    means = shift[:, None] + sums / np.maximum(n, 1)
    within, unit_within = _products(arrays, codes, means, size, per_unit_products=per_unit_products)
    return Folded(n, shift, np.ascontiguousarray(sums.T), within, unit_within, left_out)


def _sums(arrays: Arrays, codes: UnitCodes, size: int) -> tuple[NDArray[np.int64], Floats, Floats, LeftOut]:
    p, units = len(arrays), codes.size
    n = np.zeros(units, dtype=np.int64)
    sums = np.zeros((p, units))
    missing = np.zeros(p, dtype=np.int64)
    rows_out = 0
    shift: Floats | None = None
    for place, values in column_blocks(arrays, size):
        block, code, lacking = _complete(values, codes.at(place))
        if lacking is not None:
            missing += lacking.sum(axis=1)
            rows_out += values.shape[1] - block.shape[1]
        if not block.shape[1]:
            continue
        if shift is None:
            shift = block.mean(axis=1)
        block = block - shift[:, None]
        n += np.bincount(code, minlength=units)
        for j in range(p):
            sums[j] += np.bincount(code, weights=block[j], minlength=units)
    if shift is None:
        return n, np.zeros(p), sums, LeftOut(rows_out, _named(arrays, missing))
    to_mean = sums.sum(axis=1) / n.sum()
    sums -= n * to_mean[:, None]
    return n, shift + to_mean, sums, LeftOut(rows_out, _named(arrays, missing))


def _products(
    arrays: Arrays, codes: UnitCodes, means: Floats, size: int, *, per_unit_products: bool
) -> tuple[Floats, Floats | None]:
    p, units = means.shape
    within = np.zeros((p, p))
    unit_within = np.zeros((units, p, p)) if per_unit_products else None
    for place, values in column_blocks(arrays, size):
        block, code, _ = _complete(values, codes.at(place))
        apart = block - means[:, code]
        within += apart @ apart.T
        if unit_within is not None:
            for j in range(p):
                for k in range(j + 1):
                    unit_within[:, j, k] += np.bincount(code, weights=apart[j] * apart[k], minlength=units)
    if unit_within is not None:
        for j in range(p):
            unit_within[:, :j, j] = unit_within[:, j, :j]
    return within, unit_within


def _complete(
    block: Floats, code: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64], NDArray[np.bool_] | None]:
    lacking = np.isnan(block)
    if not lacking.any():
        return block, code, None
    complete = ~lacking.any(axis=0)
    return block[:, complete], code[complete], lacking


def _named(arrays: Arrays, missing: NDArray[np.int64]) -> dict[str, int]:
    return {name: int(count) for name, count in zip(arrays, missing, strict=True) if count}


def nest_in_parents(codes: UnitCodes, parents: UnitCodes) -> tuple[UnitCodes, NDArray[np.int64]]:
    """Read unit labels inside their parent: the same label under two parents becomes two units.

    Returns:
        The unit numbers, and the parent number of each unit (units,).
    """
    everything = slice(None)
    unit, parent = codes.at(everything), parents.at(everything)
    pairs, row = np.unique(parent * np.int64(max(codes.size, 1)) + unit, return_inverse=True)
    above, below = np.divmod(pairs, np.int64(max(codes.size, 1)))
    return UnitCodes(row, 0, [codes.labels[i] for i in below.tolist()]), above
