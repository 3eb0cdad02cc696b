"""P8: a file of releases is continued and never overwritten."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import Release, make_release, read_releases, write_releases
from replenish.disclosure.scale import AnswerScale


def a_round(earlier: list[Release], *, low: float = 0.0) -> Release:
    return make_release(
        round=str(len(earlier) + 1),
        partition=plan_partition({("Oak",): 12}),
        units=[("Oak",)] * 9,
        values={"load": np.linspace(low, 100, 9)},
        scales=[AnswerScale("load", 0, 100)],
        earlier=earlier,
    )


def two_rounds(low: float = 0.0) -> list[Release]:
    first = a_round([], low=low)
    return [first, a_round([first], low=low)]


def test_an_existing_file_is_continued_or_written_again_as_it_was(tmp_path: Path) -> None:
    chain, path = two_rounds(), tmp_path / "releases.json"
    write_releases(path, chain[:1])
    write_releases(path, chain[:1])
    write_releases(path, chain)
    assert read_releases(path) == chain


@pytest.mark.parametrize(
    "other",
    [
        lambda chain: chain[:1],
        lambda _: [],
        lambda _: two_rounds(low=50),
        lambda chain: [chain[0], a_round(chain[:1], low=50)],
    ],
    ids=["shorter", "empty", "another", "last one made again"],
)
def test_a_published_release_is_never_overwritten(
    other: Callable[[list[Release]], list[Release]], tmp_path: Path
) -> None:
    chain, path = two_rounds(), tmp_path / "releases.json"
    write_releases(path, chain)
    before = path.read_bytes()
    with pytest.raises(Refused) as refused:
        write_releases(path, other(chain))
    assert refused.value.fault is DisclosureFault.RELEASE_OVERWRITTEN
    assert str(path) in str(refused.value)
    assert path.read_bytes() == before


def test_a_file_that_is_no_release_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("team,load\nOak,3\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        write_releases(path, two_rounds())
    assert refused.value.fault is DisclosureFault.RELEASE_FORMAT
    assert path.read_text(encoding="utf-8").startswith("team")
