"""The table of policies: every policy over the same simulated years, attacked alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

import numpy as np

from replenish.disclosure.attack.guess.report import MOST_ABOVE_TEAM_MEANS, MOST_R2
from replenish.disclosure.attack.policies.by_the_rule import attack_by_the_rule
from replenish.disclosure.attack.policies.dashboards import DashboardRule, attack_dashboard
from replenish.disclosure.attack.policies.others import (
    attack_exact_means,
    attack_noisy_means,
    attack_recomputed_history,
    attack_yearly_means,
)
from replenish.disclosure.attack.policies.outcome import Figures, Outcome, figures_of
from replenish.disclosure.attack.policies.year import Year

Attack = Callable[[Year, np.random.Generator], Outcome]
Progress = Callable[[str, float], None]

TEAMS_SHOWN = 0.99
"""The least share of teams and rounds with a figure, alone or merged."""

THE_RULE = "the rule of this software"
WHO_UNKNOWN = "the same, when nobody knows who answered"
TEAM_MEANS = "only true yearly team means"
COMMON = "weekly, n >= 5, histograms, role filter (common practice)"
COMPLEMENT = "the same, small complements hidden as well"
TEN = "weekly, n >= 10, histograms, no filter, complements hidden"
RECOMPUTED = "history recomputed for current staff, n >= 5: answers of leavers"
EXACT = "weekly exact means, n >= 7, groups of the rule"
NOISE = "weekly noise (central differential privacy), epsilon 1 a week"

POLICIES: Mapping[str, Attack] = {
    COMMON: lambda year, _: attack_dashboard(
        year, DashboardRule(5, role_filter=True, hides_complements=False)
    ),
    COMPLEMENT: lambda year, _: attack_dashboard(
        year, DashboardRule(5, role_filter=True, hides_complements=True)
    ),
    TEN: lambda year, _: attack_dashboard(year, DashboardRule(10, role_filter=False, hides_complements=True)),
    RECOMPUTED: lambda year, _: attack_recomputed_history(year),
    NOISE: attack_noisy_means,
    EXACT: lambda year, _: attack_exact_means(year),
    THE_RULE: lambda year, _: attack_by_the_rule(year),
    WHO_UNKNOWN: lambda year, _: attack_by_the_rule(year, known=False),
    TEAM_MEANS: lambda year, _: attack_yearly_means(year),
}


def compare_policies(
    years: Iterable[Year],
    *,
    seed: int = 0,
    policies: Iterable[str] = POLICIES,
    progress: Progress | None = None,
) -> tuple[Figures, ...]:
    """The figures of every policy over the same years.

    Args:
        years: simulated years; any number, one after the other.
        seed: of the noise of the one policy that adds noise.
        policies: names of policies, a choice of `POLICIES`.
        progress: called with what is being done and the number of years finished.
    """
    asked = list(policies)
    outcomes: dict[str, list[Outcome]] = {name: [] for name in asked}
    for at, year in enumerate(years):
        for name in asked:
            if progress is not None:
                progress(name, at)
            outcomes[name].append(POLICIES[name](year, np.random.default_rng([seed, at])))
    return tuple(figures_of(name, found) for name, found in outcomes.items())


def keeps_the_promise(figures: Sequence[Figures]) -> bool:
    """Whether the rule of this software proves nothing, guesses within its limits, and shows the teams.

    Args:
        figures: with those of the rule and of true yearly team means.
    """
    by_name = {row.policy: row for row in figures}
    ours, means = by_name[THE_RULE], by_name[TEAM_MEANS]
    proved = (ours.proved_exactly, ours.proved_within_one, ours.some_value_ruled_out)
    guessed = (
        (ours.guessed_within_one, means.guessed_within_one),
        (ours.nearest_within_one, means.nearest_within_one),
    )
    return (
        proved == (0.0, 0.0, 0.0)
        and (ours.within_team_r2 or 0.0) <= MOST_R2
        and all((one or 0.0) <= (other or 0.0) + MOST_ABOVE_TEAM_MEANS for one, other in guessed)
        and (ours.teams_shown or 0.0) >= TEAMS_SHOWN
    )


def to_plain(figures: Iterable[Figures]) -> list[dict[str, object]]:
    """Plain data for JSON."""
    return [asdict(row) for row in figures]
