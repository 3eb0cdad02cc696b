"""Weekly dashboards with histograms, as products of common practice show them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replenish.disclosure.attack.guess.knowledge import mean_of
from replenish.disclosure.attack.guess.posterior import Observed
from replenish.disclosure.attack.policies.outcome import Guessed, Outcome, Proved, Told
from replenish.disclosure.attack.policies.ranges import clipped, from_histograms
from replenish.disclosure.attack.policies.weekly import guess_by_service
from replenish.disclosure.attack.policies.year import HIGHEST, LOWEST, Year

VALUES = HIGHEST - LOWEST + 1
EVERY_ROLE = -1


@dataclass(frozen=True)
class DashboardRule:
    """Who is shown.

    Args:
        least: a set of people is shown when at least so many of them answered.
        role_filter: whether every figure can also be had for one role.
        hides_complements: whether a figure is hidden when it would leave fewer than `least` others.
    """

    least: int
    role_filter: bool
    hides_complements: bool


@dataclass(frozen=True)
class _Sets:
    """Sets of people a dashboard may show, over atoms (team and role), and how they lie inside one another.

    Attributes:
        atoms: shape (sets, atoms).
        team: shape (sets,), the team of sets of a whole team, else -1.
        within_team: shape (sets,), whether a set lies in one team.
        families: a set and the sets that it falls into.
    """

    atoms: NDArray[np.bool_]
    team: NDArray[np.int64]
    within_team: NDArray[np.bool_]
    families: tuple[tuple[int, tuple[int, ...]], ...]


def _sets_of(services: NDArray[np.int64], roles: int, *, role_filter: bool) -> _Sets:
    """Organisation, services and teams, each for everybody and for each role."""
    teams = services.size
    atom_team, atom_role = np.repeat(np.arange(teams), roles), np.tile(np.arange(roles), teams)
    places: list[tuple[str, int]] = [("all", 0)]
    places += [("service", int(service)) for service in np.unique(services)]
    places += [("team", team) for team in range(teams)]
    asked = [EVERY_ROLE, *(range(roles) if role_filter else ())]
    position: dict[tuple[str, int, int], int] = {}
    rows: list[NDArray[np.bool_]] = []
    for kind, at in places:
        here = {"all": atom_team >= 0, "service": services[atom_team] == at, "team": atom_team == at}[kind]
        for role in asked:
            position[kind, at, role] = len(rows)
            rows.append(here & ((role == EVERY_ROLE) | (atom_role == role)))
    families = []
    for (kind, at, role), row in position.items():
        inside = {
            "all": [("service", int(service)) for service in np.unique(services)],
            "service": [("team", int(team)) for team in np.flatnonzero(services == at)],
            "team": [],
        }[kind]
        if inside:
            families.append((row, tuple(position[(*place, role)] for place in inside)))
        if role == EVERY_ROLE and role_filter:
            families.append((row, tuple(position[kind, at, each] for each in range(roles))))
    keys = list(position)
    return _Sets(
        np.array(rows),
        np.array([at if (kind, role) == ("team", EVERY_ROLE) else -1 for kind, at, role in keys]),
        np.array([kind == "team" for kind, _, _ in keys]),
        tuple(families),
    )


def _shown(sets: _Sets, sizes: NDArray[np.int64], rule: DashboardRule) -> NDArray[np.bool_]:
    """Which sets are shown in a week, by their sizes alone; shape (sets,)."""
    shown = sizes >= rule.least
    while rule.hides_complements:
        hidden = [
            min((child for child in children if shown[child]), key=lambda child: int(sizes[child]))
            for parent, children in sets.families
            if shown[parent] and any(shown[child] for child in children)
            if 0 < sizes[parent] - sum(int(sizes[c]) for c in children if shown[c]) < rule.least
        ]
        if not hidden:
            break
        shown[hidden] = False
    return shown


@dataclass(frozen=True)
class _Week:
    """One week: who answered, in which atom, and the histogram of each set."""

    people: NDArray[np.int64]
    atom: NDArray[np.int64]
    sizes: NDArray[np.int64]
    by_atom: NDArray[np.int64]

    @classmethod
    def of(cls, year: Year, week: int, roles: int) -> _Week:
        people = np.flatnonzero(year.answered[week])
        atom = year.team[week, people] * roles + year.role[people]
        value = year.answers[week, people].astype(np.int64) - LOWEST
        counted = np.bincount(atom * VALUES + value, minlength=len(year.units) * roles * VALUES)
        by_atom = counted.reshape(-1, VALUES)
        return cls(people, atom, by_atom.sum(axis=1), by_atom)


def attack_dashboard(year: Year, rule: DashboardRule) -> Outcome:
    """Publish every week by this rule, prove what can be proved, and guess the rest."""
    roles = int(year.role.max()) + 1
    services = year.attendance.services
    sets = _sets_of(services, roles, role_filter=rule.role_filter)
    observed: list[tuple[int, Observed]] = []
    low, high = np.full(year.answers.shape, float(LOWEST)), np.full(year.answers.shape, float(HIGHEST))
    told = np.full((year.weeks, len(year.units)), np.nan)
    proved = Proved()
    for at in range(year.weeks):
        week = _Week.of(year, at, roles)
        shown = _shown(sets, sets.atoms @ week.sizes, rule)
        present = week.sizes > 0
        rows, histograms = _with_remainders(sets, shown, week)
        left = from_histograms(week.sizes[present], rows[:, present], histograms)
        proved += left.proved(week.sizes[present], VALUES)
        place = np.cumsum(present)[week.atom] - 1
        low[at, week.people], high[at, week.people] = LOWEST + left.low[place], LOWEST + left.high[place]
        for row in np.flatnonzero(shown & sets.within_team).tolist():
            inside = week.people[sets.atoms[row][week.atom]]
            mean = float(year.answers[at, inside].mean())
            observed.append((int(services[year.team[at, inside[0]]]), mean_of(inside, at, mean, mean)))
            if sets.team[row] >= 0:
                told[at, sets.team[row]] = mean
    guess, own = guess_by_service(year, observed)
    guessed = Guessed.of(year, clipped(guess, low, high), own, year.team)
    return Outcome(proved, guessed, Told.of(told, year.team_means(), ~np.isnan(told)))


def _with_remainders(
    sets: _Sets, shown: NDArray[np.bool_], week: _Week
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """The sets shown, and what is left of each when the shown sets inside it are subtracted."""
    rows = list(sets.atoms[shown])
    for parent, children in sets.families:
        if shown[parent]:
            inside = [sets.atoms[child] for child in children if shown[child]]
            rest = sets.atoms[parent] & ~np.any(inside, axis=0) if inside else sets.atoms[parent]
            if inside and (rest & (week.sizes > 0)).any():
                rows.append(rest)
    atoms = np.array(rows, dtype=np.bool_).reshape(-1, week.sizes.size)
    return atoms, atoms @ week.by_atom
