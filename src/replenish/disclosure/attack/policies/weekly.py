"""Guessing from weekly figures: the same estimator as for releases, service by service."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from replenish.disclosure.attack.guess.components import Floats
from replenish.disclosure.attack.guess.crowd import ABSENT, Attendance
from replenish.disclosure.attack.guess.posterior import Observed, estimate
from replenish.disclosure.attack.policies.year import Year


def guess_by_service(year: Year, observed: Sequence[tuple[int, Observed]]) -> tuple[Floats, Floats]:
    """The best estimate of weekly answers from figures that each lie in one service.

    People who move to another service are taken for two people: a little less than an adversary could use.

    Args:
        year: the year; its answers are not looked at.
        observed: pairs of a service's number and an observation over weeks.

    Returns:
        The estimates and their own parts, each of shape (weeks, people); NaN where nobody is.
    """
    kernels = year.components.kernels(year.weeks)
    services = year.attendance.services
    present = year.team != ABSENT
    guess = np.where(present, year.components.mean, np.nan)
    own = np.where(present, 0.0, np.nan)
    for service in np.unique(services).tolist():
        here = present & (services[year.team] == service)
        people = np.flatnonzero(here.any(axis=0))
        inside = [each for at, each in observed if at == service]
        if not inside or not people.size:
            continue
        place = np.full(year.people, -1)
        place[people] = np.arange(people.size)
        moved = [
            Observed(place[each.people], each.occasions, each.weights, each.low, each.high, each.noise)
            for each in inside
        ]
        teams = np.flatnonzero(services == service)
        number = np.full(services.size + 1, ABSENT)
        number[teams] = np.arange(teams.size)
        team = np.where(here, number[year.team], ABSENT)[:, people]
        attendance = Attendance(
            tuple(year.units[at] for at in teams.tolist()), team, year.answered[:, people] & here[:, people]
        )
        found = estimate(moved, attendance, kernels)
        guess[:, people] = np.where(here[:, people], found.answers, guess[:, people])
        own[:, people] = np.where(here[:, people], found.own, own[:, people])
    return guess, np.where(year.answered, own, np.nan)
