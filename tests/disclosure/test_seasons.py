"""P1: the groups are fixed for a season; a season begins where it is said to begin."""

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import DisclosureFault
from replenish.basis.identifiers import content_hash
from replenish.disclosure.partition import Partition, plan_partition
from replenish.disclosure.release import (
    FORMAT,
    Release,
    make_release,
    read_releases,
    releases_from_plain,
    to_plain,
    with_model_results,
    write_releases,
)
from replenish.disclosure.scale import AnswerScale

OAK, ELM = ("Oak",), ("Elm",)
APART = plan_partition({OAK: 12, ELM: 12})
TOGETHER = plan_partition({OAK: 6, ELM: 6})


def a_round(earlier: list[Release], partition: Partition, *, new_season: bool = False) -> Release:
    return make_release(
        round=str(len(earlier) + 1),
        partition=partition,
        units=[OAK] * 9 + [ELM] * 9,
        values={"load": np.linspace(0, 100, 18)},
        scales=[AnswerScale("load", 0, 100)],
        earlier=earlier,
        new_season=new_season,
    )


def two_seasons() -> list[Release]:
    chain = [a_round([], APART)]
    chain.append(a_round(chain, APART))
    chain.append(a_round(chain, TOGETHER, new_season=True))
    return chain


def test_seasons_are_counted_from_one_and_increase_where_one_begins(tmp_path: Path) -> None:
    chain = two_seasons()
    assert [release.season for release in chain] == [1, 1, 2]
    write_releases(tmp_path / "releases.json", chain)
    assert read_releases(tmp_path / "releases.json") == chain


def test_the_first_release_begins_the_first_season_whatever_is_said() -> None:
    assert a_round([], APART, new_season=True).season == 1


def test_a_new_season_may_keep_its_groups() -> None:
    first = a_round([], APART)
    assert a_round([first], APART, new_season=True).season == 2


def test_other_groups_within_a_season_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        a_round([a_round([], APART)], TOGETHER)
    assert refused.value.fault is DisclosureFault.RELEASE_OTHER_PARTITION
    assert "begin a new season" in str(refused.value)


def test_attaching_results_keeps_the_season() -> None:
    chain = two_seasons()
    assert with_model_results(chain[-1], []).season == 2


def forged(change: dict[int, dict[str, Any]]) -> object:
    """A file whose hashes all fit, with fields of some releases exchanged."""
    plain = copy.deepcopy([to_plain(release) for release in two_seasons()])
    previous = None
    for place, release in enumerate(json.loads(json.dumps(plain))):
        release |= {**change.get(place, {}), "previous": previous}
        release["hash"] = content_hash({key: value for key, value in release.items() if key != "hash"})
        plain[place], previous = release, release["hash"]
    return {"format": FORMAT, "releases": plain}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({2: {"season": 1}}, DisclosureFault.RELEASE_OTHER_PARTITION),
        ({2: {"season": 3}}, DisclosureFault.RELEASE_CHAIN),
        ({0: {"season": 2}, 1: {"season": 2}}, DisclosureFault.RELEASE_CHAIN),
        ({1: {"season": 2}, 2: {"season": 1}}, DisclosureFault.RELEASE_CHAIN),
        ({0: {"season": 0}}, DisclosureFault.RELEASE_CHAIN),
        ({0: {"season": "1"}}, DisclosureFault.RELEASE_FORMAT),
    ],
    ids=["hidden", "skipped", "begins late", "falls", "zero", "text"],
)
def test_reading_checks_the_seasons(change: dict[int, dict[str, Any]], fault: Fault) -> None:
    assert releases_from_plain(forged({}))
    with pytest.raises(Refused) as refused:
        releases_from_plain(forged(change))
    assert refused.value.fault is fault
