"""The best estimate of everybody's answers from intervals and values of weighted sums of answers.

Answers are taken as jointly normal. What is published about them enters as observations of weighted sums:
values (with or without noise) and intervals. Given the sums, answers are independent of the intervals, so
the best estimate of an answer is linear in the best estimate of the sums; the sums behind intervals are
estimated by expectation propagation (Minka 2001; for truncated normals Cunningham, Hennig and
Lacoste-Julien 2011).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.linalg
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.special import log_ndtr, ndtr

from replenish.disclosure.attack.guess.components import Floats, Kernels
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance

ROUNDS_OF_PROPAGATION = 60
CHANGE_THAT_IS_NONE = 1e-6
DAMPING = 0.8
EXACT = 1e-5
"""The least noise as a share of prior variance, so that sums which follow from others can be solved."""

FAR = 12.0


@dataclass(frozen=True)
class Observed:
    """One weighted sum of answers of which something is known.

    Args:
        people: shape (terms,), who.
        occasions: shape (terms,), when.
        weights: shape (terms,); 1/n for a mean.
        low: the sum is at least this.
        high: and at most this; equal to `low` for a printed value.
        noise: variance of noise that was added to a printed value before it was published.
    """

    people: NDArray[np.int64]
    occasions: NDArray[np.int64]
    weights: Floats
    low: float
    high: float
    noise: float = 0.0


@dataclass(frozen=True)
class Estimates:
    """What the adversary ends up believing.

    Attributes:
        answers: shape (occasions, people), the best estimate of everybody's answer; NaN while absent.
        own: shape (occasions, people), the part of it that is the person's own (not their team's).
        spread: shape (occasions, people), standard deviation of the answer around the estimate.
        learnt: shape (people,), variance of the estimated personal level, from the model.
        unknown: shape (people,), variance of the personal level before anything was published.
    """

    answers: Floats
    own: Floats
    spread: Floats
    learnt: Floats
    unknown: Floats


def estimate(observed: Sequence[Observed], attendance: Attendance, kernels: Kernels) -> Estimates:
    """The best estimate of every answer.

    Args:
        observed: what is known; at least one observation.
        attendance: who was where; personal levels are over the occasions on which somebody answered.
        kernels: how answers vary, for the same number of occasions.
    """
    design = _Design.of(observed, attendance)
    covered = design.covariances(kernels)
    prior = np.asarray((design.weights @ covered.T), dtype=np.float64)
    prior = (prior + prior.T) / 2
    centre = np.asarray(kernels.mean * design.weights.sum(axis=1), dtype=np.float64)
    mean, shrunk = propagate(prior, centre, observed)
    factor = scipy.linalg.cho_factor(prior + EXACT * np.diag(np.diag(prior)), lower=True)
    pull = scipy.linalg.cho_solve(factor, mean - centre)
    learnt = scipy.linalg.cho_solve(factor, scipy.linalg.cho_solve(factor, shrunk).T)
    present = attendance.team != ABSENT
    answers = np.where(present, kernels.mean + design.by_occasion(covered.T @ pull), np.nan)
    own_covered = design.own_covariances(kernels.of_person)
    own = np.where(present, design.by_occasion(own_covered.T @ pull), np.nan)
    total = kernels.service + np.diag(kernels.team) + np.diag(kernels.of_person)
    known = np.einsum("oc,oc->c", covered, learnt @ covered)
    spread = np.sqrt(np.maximum(total[:, None] - design.by_occasion(known), 0.0))
    level = design.levels(attendance.answered)
    towards = np.asarray((level @ design.own_covariances(kernels.person).T), dtype=np.float64)
    return Estimates(
        answers=answers,
        own=own,
        spread=np.where(present, spread, np.nan),
        learnt=np.einsum("po,po->p", towards, towards @ learnt),
        unknown=_level_variance(attendance.answered, kernels.person),
    )


def _level_variance(answered: NDArray[np.bool_], kernel: Floats) -> Floats:
    share = answered / np.maximum(answered.sum(axis=0), 1)
    return np.asarray(np.einsum("tp,ts,sp->p", share, kernel, share), dtype=np.float64)


@dataclass(frozen=True)
class _Design:
    """Observations as rows over columns (person, occasion), person by person."""

    weights: sp.csr_array
    attendance: Attendance

    @classmethod
    def of(cls, observed: Sequence[Observed], attendance: Attendance) -> _Design:
        times = attendance.occasions
        rows = np.concatenate([np.full(each.people.size, at) for at, each in enumerate(observed)])
        columns = np.concatenate([each.people * times + each.occasions for each in observed])
        weights = np.concatenate([each.weights for each in observed])
        shape = (len(observed), attendance.people * times)
        return cls(sp.csr_array((weights, (rows, columns)), shape=shape), attendance)

    def by_occasion(self, column: Floats) -> Floats:
        """A vector over columns as (occasions, people)."""
        return np.asarray(
            column.reshape(self.attendance.people, self.attendance.occasions).T, dtype=np.float64
        )

    def covariances(self, kernels: Kernels) -> Floats:
        """Of every observation with every answer; shape (observations, people x occasions)."""
        own = self.own_covariances(kernels.of_person)
        return np.asarray(own + self._of_teams(kernels), dtype=np.float64)

    def own_covariances(self, kernel: Floats) -> Floats:
        """The part of a covariance that comes from people themselves; the same shape."""
        times = self.attendance.occasions
        dense = self.weights.toarray().reshape(-1, times)
        return np.asarray((dense @ kernel).reshape(self.weights.shape), dtype=np.float64)

    def _of_teams(self, kernels: Kernels) -> Floats:
        attendance = self.attendance
        times = attendance.occasions
        team = attendance.team.T.ravel()
        here = np.flatnonzero(team != ABSENT)
        occasion = np.tile(np.arange(times), attendance.people)[here]
        units = len(attendance.units)
        to_team = sp.csr_array(
            (np.ones(here.size), (here, team[here] * times + occasion)), shape=(team.size, units * times)
        )
        in_teams = np.asarray((self.weights @ to_team).toarray(), dtype=np.float64)
        spread = (in_teams.reshape(-1, times) @ kernels.team).reshape(in_teams.shape)
        to_parent = np.zeros((units * times, int(attendance.services.max()) + 1))
        to_parent[np.arange(units * times), np.repeat(attendance.services, times)] = 1.0
        spread = spread + kernels.service * (in_teams @ to_parent) @ to_parent.T
        return np.asarray((to_team @ spread.T).T, dtype=np.float64)

    def levels(self, answered: NDArray[np.bool_]) -> sp.csr_array:
        """Rows that average each person's columns over the occasions on which they answered."""
        share = (answered / np.maximum(answered.sum(axis=0), 1)).T
        people, times = share.shape
        rows = np.repeat(np.arange(people), times)
        return sp.csr_array(
            (share.ravel(), (rows, np.arange(people * times))), shape=(people, people * times)
        )


def propagate(prior: Floats, centre: Floats, observed: Sequence[Observed]) -> tuple[Floats, Floats]:
    """The mean of the observed sums given what is known, and by how much their covariance shrinks.

    Args:
        prior: shape (observations, observations), covariance before anything is known.
        centre: shape (observations,), their means before.
        observed: what is known about each.

    Returns:
        The means, shape (observations,), and prior minus posterior covariance.
    """
    least = EXACT * np.diag(prior)
    low, high = (np.array([getattr(each, end) for each in observed]) - centre for end in ("low", "high"))
    interval = high > low
    noise = np.maximum(np.array([each.noise for each in observed]), least)
    precision = np.where(interval, 0.0, 1.0 / noise)
    shift = np.where(interval, 0.0, low / noise)
    mean, covariance = np.full(len(centre), np.inf), prior
    for _ in range(ROUNDS_OF_PROPAGATION):
        before = mean
        root = np.sqrt(precision)
        inner = np.eye(len(centre)) + root[:, None] * prior * root[None, :]
        half = scipy.linalg.solve_triangular(
            scipy.linalg.cholesky(inner, lower=True), root[:, None] * prior, lower=True
        )
        covariance = prior - half.T @ half
        mean = covariance @ shift
        if not interval.any() or np.max(np.abs(mean - before)) < CHANGE_THAT_IS_NONE:
            break
        precision, shift = _sites(mean, np.diag(covariance), precision, shift, low, high, interval)
    return mean + centre, prior - covariance


def _sites(
    mean: Floats,
    variance: Floats,
    precision: Floats,
    shift: Floats,
    low: Floats,
    high: Floats,
    interval: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """One damped step of expectation propagation for all intervals at once."""
    variance = np.maximum(variance, 1e-12)
    cavity = np.maximum(1.0 / variance - precision, 1e-9)
    at = (mean / variance - shift) / cavity
    tilted, spread = truncated_moments(at, 1.0 / cavity, low, high)
    new_precision = np.maximum(1.0 / np.maximum(spread, 1e-12) - cavity, 0.0)
    new_shift = tilted * (new_precision + cavity) - at * cavity
    return (
        np.where(interval, (1 - DAMPING) * precision + DAMPING * new_precision, precision),
        np.where(interval, (1 - DAMPING) * shift + DAMPING * new_shift, shift),
    )


def truncated_moments(mean: Floats, variance: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of normal numbers known to lie between two ends.

    Far outside its ends a normal number sits at the nearer end; that is where this stops being exact.
    """
    scale = np.sqrt(variance)
    a, b = (low - mean) / scale, (high - mean) / scale
    # Mirrored, so that the ends lie in the lower tail, where differences keep their digits.
    flip = a + b > 0
    a, b = np.where(flip, -b, a), np.where(flip, -a, b)
    mass = np.exp(log_ndtr(b)) - np.exp(log_ndtr(a))
    safe = (mass > 1e-280) & (b > -FAR)
    mass = np.where(safe, mass, 1.0)
    density_a, density_b = (np.exp(-0.5 * np.square(x)) / np.sqrt(2 * np.pi) for x in (a, b))
    first = (density_a - density_b) / mass
    a_part, b_part = (
        np.where(np.isfinite(a), a, 0.0) * density_a,
        np.where(np.isfinite(b), b, 0.0) * density_b,
    )
    second = 1.0 + (a_part - b_part) / mass - first**2
    first = np.where(safe, first, b)
    width = np.where(np.isfinite(b - a), b - a, 1.0)
    second = np.where(
        safe, np.clip(second, 1e-12, 1.0), np.minimum(width**2 / 12, 1.0 / np.maximum(b**2, 1.0))
    )
    first = np.where(flip, -first, first)
    return mean + scale * first, variance * second


def normal_within(distance: float, spread: Floats) -> Floats:
    """The chance that a normal number lies within a distance of its mean."""
    ends = distance / np.maximum(spread, 1e-12)
    return np.asarray(ndtr(ends) - ndtr(-ends), dtype=np.float64)
