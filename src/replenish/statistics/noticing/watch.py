"""A person's recent weeks against their own usual: one mean, one limit, at every check-in.

The usual is the mean of the first check-ins, and of all that lie further back than the longest look. Recent
weeks are an exponentially weighted mean of everything since the first picture of the usual: older weeks count
less. What comes out is the distance of the two in standard errors. The standard error allows for weeks that
are alike from one to the next, for gaps in real time, and for a usual that is known from few weeks only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.statistics.noticing.design import PersonDesign

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

MOST_ALIKE = 0.9


@dataclass(frozen=True, eq=False)
class Watched:
    """What is known at each check-in; all shapes are (people, check-ins), nan before there is a baseline.

    Attributes:
        usual: mean of the weeks that make up the usual.
        sd: standard deviation of single weeks, drawn towards the pooled one.
        alike: correlation of a week with the week before, drawn towards the pooled one.
        recent: weighted mean of the weeks since the first picture of the usual.
        error: standard error of `recent` less `usual`.
    """

    usual: FloatArray
    sd: FloatArray
    alike: FloatArray
    recent: FloatArray
    error: FloatArray

    @property
    def distance(self) -> FloatArray:
        """How far recent weeks lie above the usual, in standard errors."""
        return np.asarray((self.recent - self.usual) / self.error, dtype=np.float64)


def watch(weeks: IntArray, values: FloatArray, design: PersonDesign) -> Watched:
    """Compare recent weeks with the usual at every check-in.

    Args:
        weeks: running numbers, rising; shape (people, check-ins). A row of fewer check-ins may be filled up
            with any later weeks: they change nothing of what was before them.
        values: scores; the same shape.
        design: what holds for people in general.

    Source: exponentially weighted moving average (Roberts 1959) with the variance of a weighted sum of a
    first-order autoregression; the variance is shrunk as a scaled inverse chi-square (Gelman et al. 2013).
    """
    usual_of = usual_weights(weeks, design)
    count = usual_of.sum(axis=2)
    shares = usual_of / np.maximum(count, 1.0)[:, :, None]
    usual, sd, alike = spread_of_usual(weeks, values, shares, count, design)
    recent_of = recent_weights(weeks, design)
    recent_of = recent_of / np.maximum(recent_of.sum(axis=2, keepdims=True), 1e-300)
    recent = np.einsum("pij,pj->pi", recent_of, values)
    error = sd * np.sqrt(variance_of_sum(weeks, recent_of - shares, alike))
    known = np.arange(weeks.shape[1]) >= design.baseline
    found = (np.where(known[None, :], one, np.nan) for one in (usual, sd, alike, recent, error))
    return Watched(*found)


def usual_weights(weeks: IntArray, design: PersonDesign) -> FloatArray:
    """Which check-ins make up the usual at each check-in: 1 or 0; shape (people, check-ins, check-ins)."""
    place = np.arange(weeks.shape[1])
    first = (place < design.baseline)[None, None, :]
    long_ago = weeks[:, :, None] - weeks[:, None, :] >= design.longest_look
    earlier = (place[None, :] < place[:, None])[None, :, :]
    return np.asarray((first | long_ago) & earlier, dtype=np.float64)


def recent_weights(weeks: IntArray, design: PersonDesign) -> FloatArray:
    """How much each check-in counts among the recent ones; the same shape."""
    place = np.arange(weeks.shape[1])
    ago = weeks[:, :, None] - weeks[:, None, :]
    there = (place[None, :] <= place[:, None]) & (place >= design.baseline)[None, :]
    return np.where(there[None, :, :], (1.0 - design.weight) ** np.maximum(ago, 0), 0.0)


def variance_of_sum(weeks: IntArray, parts: FloatArray, alike: FloatArray) -> FloatArray:
    """Variance of weighted sums of weeks of variance 1; shape (people, sums).

    Args:
        weeks: running numbers; shape (people, check-ins).
        parts: the weights; shape (people, sums, check-ins).
        alike: correlation of a week with the week before; shape (people, sums).
    """
    total = np.zeros(parts.shape[:2])
    carried = np.zeros(parts.shape[:2])
    for k in range(weeks.shape[1] - 1, -1, -1):
        shared = alike ** (weeks[:, k] - weeks[:, k - 1])[:, None] if k else np.zeros_like(alike)
        # What is new in a week goes into the sum with its own weight and with what later weeks keep of it.
        carried = parts[:, :, k] + carried
        total += carried * carried * (1.0 - shared * shared)
        carried = carried * shared
    return total


def spread_of_usual(
    weeks: IntArray, values: FloatArray, shares: FloatArray, count: FloatArray, design: PersonDesign
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean, standard deviation and correlation from week to week of the weeks that make up the usual."""
    # Squares are taken about one value of each person, so that no digits are lost.
    middle = values[:, : design.baseline].mean(axis=1, keepdims=True)
    centred = values - middle
    mean = np.einsum("pij,pj->pi", shares, centred)
    squares = np.maximum(count * (np.einsum("pij,pj->pi", shares, centred * centred) - mean * mean), 0.0)
    df = np.maximum(count - 1.0, 0.0)
    variance = (design.prior_df * design.within_sd**2 + squares) / (design.prior_df + df)
    neighbours = (np.diff(weeks, axis=1) == 1)[:, None, :] * (shares[:, :, 1:] > 0) * (shares[:, :, :-1] > 0)
    pairs = neighbours.sum(axis=2)
    products = np.einsum("pij,pj->pi", neighbours, centred[:, 1:] * centred[:, :-1])
    products -= mean * np.einsum("pij,pj->pi", neighbours, centred[:, 1:] + centred[:, :-1])
    products += pairs * mean * mean
    about = squares / np.maximum(count, 1.0)
    seen = np.where(about > 1e-9, (products / np.maximum(pairs, 1)) / np.maximum(about, 1e-9), 0.0)
    # Few weeks make the correlation look smaller than it is (Kendall 1954).
    seen = seen + (1.0 + 3.0 * seen) / np.maximum(count, 1.0)
    trust = design.prior_pairs
    alike = (trust * design.autocorrelation + pairs * seen) / (trust + pairs)
    return mean + middle, np.sqrt(variance), np.clip(alike, 0.0, MOST_ALIKE)
