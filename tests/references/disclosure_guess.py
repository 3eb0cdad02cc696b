"""Exact Bayes by counting and by drawing, for worlds small enough: what the guess attack is compared with.

Two worlds that share no code with the attack. In the first, answers are whole points from 1 to 5, every
combination of everybody's answers is listed with its probability, and the best guess is the mean over the
combinations that agree with the bands. In the second, answers are normal; many are drawn, and those that
agree are averaged. Covariances are written down answer by answer, from the definition.

Writes tests/references/disclosure_guess.json, in about a minute:

    python -m tests.references.disclosure_guess
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from replenish.basis.clock import today

OUT = Path(__file__).with_suffix(".json")
DRAWS = 24_000_000

# mean, service, team, team by occasion, its autocorrelation, person, person by occasion, its, rest
COMPONENTS = (3.0, 0.02, 0.12, 0.04, 0.9, 0.42, 0.20, 0.5, 0.15)

# One team of four; one person is away on the second occasion, another on the third.
TEAM_OF_FOUR = [[0, 1, 2, 3], [0, 1, 2]]
CUTS = (2.5, 3.0, 3.5)

# Two teams of one service on three occasions; the third person moves from the first to the second team.
TEAMS = [[0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1]]
ANSWERED = [[1, 1, 1, 1, 1, 1], [1, 0, 1, 1, 1, 0], [1, 1, 1, 0, 1, 1]]
BANDS = {
    (0, 0): (3.5, 5.0),
    (0, 1): (2.5, 3.0),
    (1, 0): (3.5, 5.0),
    (1, 1): (2.5, 3.0),
    (2, 0): (3.0, 3.5),
    (2, 1): (2.5, 3.0),
}
TOLD = {(0, 0): 4.0, (1, 0): 4.0, (2, 0): 3.0}


def covariance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Of two answers, each given by (person, occasion, team)."""
    _, service, team, team_occasion, team_rho, person, person_occasion, person_rho, rest = COMPONENTS
    apart = abs(one[1] - other[1])
    value = service
    if one[2] == other[2]:
        value += team + team_occasion * team_rho**apart
    if one[0] == other[0]:
        value += person + person_occasion * person_rho**apart
        if apart == 0:
            value += rest
    return value


def matrix(answers: list[tuple[int, int, int]]) -> NDArray[np.float64]:
    """Of all answers."""
    return np.array([[covariance(one, other) for other in answers] for one in answers])


def by_counting() -> dict[str, object]:
    """Whole points: every combination of answers with its probability, for every pair of bands."""
    answers = [(person, occasion, 0) for occasion, people in enumerate(TEAM_OF_FOUR) for person in people]
    inverse = np.linalg.inv(matrix(answers))
    states = np.array(list(itertools.product(range(1, 6), repeat=len(answers))), dtype=np.float64)
    apart = states - COMPONENTS[0]
    weight = np.exp(-0.5 * np.einsum("si,ij,sj->s", apart, inverse, apart))
    weight /= weight.sum()
    first, second = states[:, :4].mean(axis=1), states[:, 4:].mean(axis=1)
    bands = np.searchsorted(CUTS, first, side="right") * 4 + np.searchsorted(CUTS, second, side="right")
    found = []
    for band in range(16):
        here = bands == band
        chance = float(weight[here].sum())
        mean = (weight[here] @ states[here]) / chance
        found.append({"bands": [band // 4, band % 4], "chance": chance, "answers": mean.tolist()})
    return {"cuts": list(CUTS), "people": TEAM_OF_FOUR, "found": found}


def by_drawing(*, told: bool) -> dict[str, object]:
    """Normal answers: the mean over drawn worlds that agree with bands and with what a colluder tells."""
    answers = [
        (person, occasion, TEAMS[occasion][person])
        for occasion in range(3)
        for person in range(6)
        if ANSWERED[occasion][person]
    ]
    centre, spread = np.full(len(answers), COMPONENTS[0]), matrix(answers)
    known = [at for at, (person, occasion, _) in enumerate(answers) if told and (occasion, person) in TOLD]
    if known:
        others = [at for at in range(len(answers)) if at not in known]
        values = np.array([TOLD[answers[at][1], answers[at][0]] for at in known])
        pull = np.linalg.solve(spread[np.ix_(known, known)], spread[np.ix_(known, others)]).T
        shifted = centre[others] + pull @ (values - centre[known])
        left = spread[np.ix_(others, others)] - pull @ spread[np.ix_(known, others)]
    else:
        others, shifted, left, values = list(range(len(answers))), centre, spread, np.zeros(0)
    root = np.linalg.cholesky(left)
    rng = np.random.default_rng(11)
    summed, squared, count = np.zeros(len(answers)), np.zeros(len(answers)), 0
    for _ in range(120):
        drawn = np.empty((DRAWS // 120, len(answers)))
        drawn[:, others] = shifted + rng.standard_normal((DRAWS // 120, len(others))) @ root.T
        drawn[:, known] = values
        agrees = np.ones(len(drawn), dtype=np.bool_)
        for (occasion, team), (low, high) in BANDS.items():
            inside = [at for at, (_, o, t) in enumerate(answers) if (o, t) == (occasion, team)]
            mean = drawn[:, inside].mean(axis=1)
            agrees &= (mean >= low) & (mean < high)
        summed += drawn[agrees].sum(axis=0)
        squared += np.square(drawn[agrees]).sum(axis=0)
        count += int(agrees.sum())
    mean = summed / count
    return {
        "draws_that_agree": count,
        "answers": [[person, occasion] for person, occasion, _ in answers],
        "mean": mean.tolist(),
        "sd": np.sqrt(squared / count - mean**2).tolist(),
    }


def main() -> None:
    """Write the file."""
    found = {
        "made_on": today().isoformat(),
        "command": "python -m tests.references.disclosure_guess",
        "components": list(COMPONENTS),
        "counted": by_counting(),
        "drawn": by_drawing(told=False),
        "drawn_with_a_colluder": by_drawing(told=True),
    }
    OUT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
