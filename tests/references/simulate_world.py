"""Print the figures of the simulated world beside what it should be, as evidence.

    python -m tests.references.simulate_world [--organisations N]

Each line: what, the value asked of the world, the value found over the organisations.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

from replenish.simulate import Organisation, simulate_organisation
from replenish.simulate.questions import SAID, VOICE
from replenish.simulate.world import CONDITIONS, OUTCOMES, Floats

ROUNDS = 13  # 52 weeks
Line = tuple[str, str, float]


def alpha(items: Floats) -> float:
    """Cronbach's alpha of complete rows."""
    complete = items[~np.isnan(items).any(axis=1)]
    covariance = np.cov(complete.T)
    k = len(covariance)
    return float(k / (k - 1) * (1 - np.trace(covariance) / covariance.sum()))


def worth(voice: Floats) -> Floats:
    """Coded answers to a question about voicing distress on 0-100; NaN where it does not apply."""
    values = np.array([0.0, 25.0, 75.0, 100.0, np.nan, np.nan])
    return np.asarray(values[np.nan_to_num(voice, nan=5.0).astype(np.int64)], dtype=np.float64)


def intraclass(scores: Floats, team: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> float:
    """ICC(1) by the analysis of variance."""
    known = ~np.isnan(scores)
    scores, (_, team) = scores[known], np.unique(team[known], return_inverse=True)
    n = np.bincount(team)
    means = np.bincount(team, weights=scores) / n
    within = ((scores - means[team]) ** 2).sum() / (len(scores) - len(n))
    between = (n * (means - scores.mean()) ** 2).sum() / (len(n) - 1)
    size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
    return float((between - within) / (between + (size - 1) * within))


def tree_lines(held: list[Organisation]) -> Iterator[Line]:
    """Sizes and turnover."""
    sizes = np.array([unit.establishment for one in held for unit in one.units])
    yield "teams", "40", len(held[0].units)
    yield "services", "7", len({unit.service for unit in held[0].units})
    yield "median team size", "9", float(np.median(sizes))
    yield "smallest team", "4", float(sizes.min())
    yield "largest team", "up to 30", float(sizes.max())
    yield "share of teams below 8", "a third", float((sizes < 8).mean())
    years = sum((one.truth.team >= 0).sum() / 52 for one in held)
    weeks = 4 * ROUNDS
    yield "leavers a year", "0.28", float(sum((one.truth.left < weeks).sum() for one in held) / years)
    moves = 0
    for one in held:
        before, after = one.truth.team[:-1], one.truth.team[1:]
        moves += int(((before != after) & (before >= 0) & (after >= 0)).sum())
    yield "movers a year", "0.05", float(moves / years)


def response_lines(held: list[Organisation]) -> Iterator[Line]:
    """Who answers."""
    weeks = sum(one.check_ins.week.size for one in held) / sum((one.truth.team >= 0).sum() for one in held)
    yield "response in a week", "0.64", float(weeks)
    shares = [part.person.size / sum(part.headcount.values()) for one in held for part in one.rounds]
    yield "people heard in a round, mean", "0.80-0.90", float(np.mean(shares))
    repeats = []
    for one in held:
        answer = np.full((4 * ROUNDS, one.truth.joined.size), np.nan)
        answer[one.check_ins.week, one.check_ins.person] = one.check_ins.answers["sign.patience"]
        both = ~np.isnan(answer[:-1]) & ~np.isnan(answer[1:])
        repeats.append((answer[:-1] == answer[1:])[both].mean())
    yield "answers that repeat last week's", "two thirds", float(np.mean(repeats))
    gaps = []
    for one in held:
        for part in one.rounds:
            truth = np.average(
                one.truth.team_means["relational"][part.number - 1], weights=list(part.headcount.values())
            )
            gaps.append(np.nanmean(one.contributions(part.number).scores["relational"]) - truth)
    yield "relational as heard less as true, points", "below 0", float(np.mean(gaps))


def scale_lines(held: list[Organisation]) -> Iterator[Line]:
    """Scales of the first round: mean, spread, reliability, correlations."""
    parts = [one.contributions(1) for one in held]
    scores = {s: np.concatenate([part.scores[s] for part in parts]) for s in (*OUTCOMES, *CONDITIONS)}
    team = np.concatenate([part.team + 1_000 * place for place, part in enumerate(parts)])
    for scale, column in scores.items():
        yield f"{scale}: mean", "", float(np.nanmean(column))
        yield f"{scale}: standard deviation", "", float(np.nanstd(column))
        yield f"{scale}: ICC(1)", "", intraclass(column, team)
    answers = {c: np.concatenate([one.round(1).answers[c] for one in held]) for c in held[0].round(1).answers}
    signs = [code for code in answers if code.startswith("sign.") and code != "sign.warmth"]
    for name, codes in (
        ("relational", signs),
        ("witness", [f"witness.{i}" for i in (1, 2, 3)]),
        ("overload", [f"overload.{i}" for i in (1, 2, 3, 4)]),
    ):
        yield f"{name}: alpha", "0.75-0.90", alpha(np.column_stack([answers[code] for code in codes]))
    yield "culture: alpha", "", alpha(np.column_stack([worth(answers[code]) for code in (VOICE, SAID)]))
    for code in (VOICE, SAID):
        yield (
            f"{code}: does not apply",
            "0.25",
            float((answers[code] == 4).sum() / (~np.isnan(answers[code])).sum()),
        )
    for one, other, asked in (
        ("relational", "overload", "0.69, Cieslak 2014"),
        ("witness", "overload", "0.69, Cieslak 2014"),
        ("relational", "supervision", "-0.30 to -0.40, Mor Barak 2009"),
        ("overload", "workload", "-0.50 to -0.65, Lee and Ashforth 1996"),
        ("overload", "leaders", "-0.25 to -0.35, meta-analyses"),
        ("witness", "reciprocity", "-0.17 to -0.26, Hensel 2015"),
    ):
        both = ~np.isnan(scores[one]) & ~np.isnan(scores[other])
        yield (
            f"r of {one} and {other}",
            asked,
            float(np.corrcoef(scores[one][both], scores[other][both])[0, 1]),
        )
    complete = ~np.isnan(np.column_stack([scores[c] for c in CONDITIONS])).any(axis=1)
    yield "people with a score on all six conditions", "", float(complete.mean())


def truth_lines(held: list[Organisation]) -> Iterator[Line]:
    """What conditions explain and what actions do."""
    for outcome, share in held[0].truth.explained_share.items():
        yield f"share of lasting team differences explained, {outcome}", "", share
    for action in held[0].truth.actions:
        yield f"{action.name}: {action.condition}, points", "", action.gain
        for outcome, points in action.effects.items():
            yield f"{action.name}: {outcome}, points", "", points


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--organisations", type=int, default=12)
    count = parser.parse_args().organisations
    held = [simulate_organisation(teams=40, rounds=ROUNDS, seed=seed) for seed in range(1, count + 1)]
    for part in (tree_lines, response_lines, scale_lines, truth_lines):
        for name, asked, found in part(held):
            print(f"{name:<62} {asked:<40} {found:8.3f}")


if __name__ == "__main__":
    main()
