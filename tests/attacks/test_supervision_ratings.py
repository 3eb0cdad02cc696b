"""A supervisor with four supervisees reads every release of ratings, and can never infer one rating.

They know who their four are, who else has supervision and with whom, who answered, and every release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from replenish.conditions.ratings import pooling
from replenish.conditions.ratings.pooling import EVERYBODY, Terms, pool
from replenish.disclosure.attack import proof_attack
from replenish.disclosure.bands import FLOOR
from replenish.disclosure.release import Release, to_plain

OWN = 4
OTHERS = {"una": 3, "vi": 4, "wes": 5}
POSSIBLE = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
SEASONS = 6
TEAM_SD, PERSON_SD = 0.35, 0.83
"""On a scale from 1 to 5, as in the world of attacks: teams, and people with their weeks."""

Ratings = NDArray[np.float64]


def terms(season: int, earlier: Sequence[Release], supervisors: Mapping[str, int]) -> Terms:
    return Terms(season, supervisors, {"all": 60}, FLOOR, earlier)


def published(seasons: Sequence[Ratings], supervisors: Mapping[str, int]) -> list[Release]:
    """The releases of some seasons in which these people rated; the supervisor's own four come first."""
    chain: list[Release] = []
    for number, safe in enumerate(seasons, 1):
        scores = {"session_safe": safe, "session_reflecting": 100 - safe}
        release = pool(terms(number, chain, supervisors), ["all"] * len(safe), scores, ())
        chain += [release] if release is not None else []
    return chain


def rated(random: Generator, people: int, seasons: int = SEASONS) -> list[Ratings]:
    """Ratings that last: most people say the same again; each supervisor is rated alike."""
    level = random.choice(POSSIBLE, people)
    said = []
    for _ in range(seasons):
        moves = random.random(people) < 0.3
        level = np.where(moves, random.choice(POSSIBLE, people), level)
        said.append(level.copy())
    return said


EXTREMES = [
    [0.0] * OWN + [0.0] * 12,
    [100.0] * OWN + [100.0] * 12,
    [0.0] * OWN + [100.0] * 12,
    [100.0] * OWN + [0.0] * 3,
]


@pytest.mark.parametrize("safe", EXTREMES)
def test_no_value_of_any_rating_is_ruled_out_whatever_was_said(safe: list[float]) -> None:
    releases = published([np.array(safe)] * SEASONS, {"sue": OWN, **OTHERS})
    assert len(releases) == SEASONS
    report = proof_attack(releases, colluders="promised")
    assert report.holds, report.summary()
    assert report.values_ruled_out == 0


def test_no_value_of_any_rating_is_ruled_out_over_lived_seasons() -> None:
    random = default_rng(5)
    for _ in range(20):
        people = OWN + sum(OTHERS.values())
        report = proof_attack(published(rated(random, people), {"sue": OWN, **OTHERS}), colluders="promised")
        assert report.holds, report.summary()


def explained(random: Generator, supervisors: Mapping[str, int], worlds: int = 1_200) -> tuple[float, ...]:
    """For each of the supervisor's own, which part of their rating the release explains at best.

    The best guess is the mean of all simulated worlds with the same release. Spreads are those of the world
    of attacks, a supervisor counting as a team does; the supervisor's own come first.
    """
    own = next(iter(supervisors.values()))
    ratings, prints = np.empty((worlds, own)), []
    for world in range(worlds):
        level = np.concatenate(
            [np.full(people, random.normal(2.8, TEAM_SD)) for people in supervisors.values()]
        )
        safe = 25 * np.clip(np.round(level + random.normal(0, PERSON_SD, level.size)), 0, 4)
        (release,) = published([safe], supervisors)
        ratings[world] = safe[:own]
        prints.append(str(to_plain(release)["groups"]))
    cells = {print_: [at for at, one in enumerate(prints) if one == print_] for print_ in set(prints)}
    guessed = np.empty_like(ratings)
    for rows in cells.values():
        guessed[rows] = ratings[rows].mean(axis=0)
    return tuple(guessed.var(axis=0) / ratings.var(axis=0))


def test_a_release_tells_less_of_the_four_than_bands_of_a_team_do() -> None:
    """Less than a band of eight tells about its members; and none of the four is told from the others."""
    monkey = pytest.MonkeyPatch()
    of_four = explained(default_rng(6), {"sue": OWN, **OTHERS})
    with monkey.context() as patch:
        patch.setattr(pooling, "LEAST_SUPERVISORS", 1)
        patch.setattr(pooling, "MOST_OF_ALL", 1.0)
        of_team = explained(default_rng(7), {"a team": 8})
    assert max(of_four) < 0.1, of_four
    assert max(of_four) < min(of_team) / 1.5, (of_four, of_team)
    assert max(of_four) - min(of_four) < 0.05, of_four


def test_which_of_the_four_said_what_changes_nothing() -> None:
    random = default_rng(9)
    for _ in range(20):
        (safe,) = rated(random, OWN + sum(OTHERS.values()), seasons=1)
        turned = np.concatenate([random.permutation(safe[:OWN]), safe[OWN:]])
        one, other = (published([each], {"sue": OWN, **OTHERS}) for each in (safe, turned))
        assert one[0].hash == other[0].hash


# Seeded faults: each is a way to betray the four, and each is found.


def test_fault_a_release_for_each_supervisor_is_found() -> None:
    """A second release over the same ratings, by supervisor: the two are set against each other."""
    safe = np.array([0.0] * OWN + [100.0] * sum(OTHERS.values()))
    (whole,) = published([safe], {"sue": OWN, **OTHERS})
    plain = to_plain(whole)
    (group,) = cast("list[dict[str, object]]", plain["groups"])
    others = {**group, "label": "without Sue", "units": [["without Sue"]]}
    report = proof_attack([{**plain, "groups": [group, others]}], colluders="promised")
    assert not report.holds


def test_fault_a_lowered_floor_is_found() -> None:
    plain = to_plain(published([np.array([0.0] * 8)], {"sue": OWN, **OTHERS})[0])
    report = proof_attack([{**plain, "floor": OWN}], colluders="promised")
    assert not report.holds


def test_four_ratings_alone_are_no_figure() -> None:
    (release,) = published([np.array([0.0] * OWN)], {"sue": OWN, **OTHERS})
    assert [cell.band for group in release.groups for cell in group.cells.values()] == [None, None]


def test_fault_one_supervisor_who_makes_up_most_of_it_is_told_without_the_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the rule, a band over nine would be a band of the one who has eight of them."""
    alone = {"sue": 8, "una": 1, "vi": 1}
    safe = np.array([0.0] * 8 + [100.0])
    assert published([safe], alone) == []
    monkeypatch.setattr(pooling, "MOST_OF_ALL", 1.0)
    (release,) = published([safe], alone)
    cell = release.groups[0].cells["session_safe"]
    assert cell.band is not None
    assert cell.band.high < 50
    monkeypatch.undo()
    monkeypatch.setattr(pooling, "LEAST_SUPERVISORS", 1)
    assert published([safe], {"sue": 8}) == []


def test_supervisors_are_counted_whoever_rated() -> None:
    """Whether anything is told depends on nobody's answer: the same supervisors, other ratings."""
    random = default_rng(8)
    for supervisors, told in (({"sue": 4, "una": 4, "vi": 4}, True), ({"sue": 6, "una": 6}, False)):
        for _ in range(10):
            chain = published([random.choice(POSSIBLE, 12)], supervisors)
            assert bool(chain) == told


def test_the_whole_organisation_is_the_only_group() -> None:
    (release,) = published([np.array([50.0] * 9)], {"sue": OWN, **OTHERS})
    assert [group.units for group in release.groups] == [(EVERYBODY,)]
    assert release.model_results == ()
