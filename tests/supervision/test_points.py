"""What an agreement settles stands in a file with sources; an installation may replace it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from replenish.basis.errors import Refused
from replenish.basis.faults.supervision import SupervisionFault
from replenish.supervision.points import KEEP_SHARED_MONTHS, SHIPPED, points, read_points


def test_the_shipped_file_names_where_everything_comes_from() -> None:
    read = read_points(SHIPPED)
    sources = [read.functions_from, read.points_from, read.limits_from, *read.numbers]
    assert all(one.source for one in sources)
    assert min(one.checked_on.year for one in sources) >= 2026
    assert {one.code for one in read.points} >= {"management", "notice", "difference", "power", "preparation"}
    assert {one.code for one in read.limits} == {"danger", "safeguarding", "misconduct", "law"}


def test_a_changed_fact_changes_the_rule(tmp_path: Path) -> None:
    written = SHIPPED.read_text("utf-8").replace("number: 36", "number: 12")
    own = tmp_path / "points.yaml"
    own.write_text(written, "utf-8")
    assert read_points(own).rule(KEEP_SHARED_MONTHS).number == 12
    assert points().rule(KEEP_SHARED_MONTHS).number == 36


@pytest.mark.parametrize(
    "break_it",
    [
        lambda said: said["numbers"].pop(),
        lambda said: said["numbers"][0].pop("source"),
        lambda said: said["points"].append(said["points"][0]),
        lambda said: said["limits"].append(said["limits"][0]),
        lambda said: said["points"][0]["choices"].append(said["points"][0]["choices"][0]),
        lambda said: said["points"][0].pop("why"),
        lambda said: said.pop("limits_from"),
    ],
)
def test_an_incomplete_file_is_refused_with_its_place(tmp_path: Path, break_it: object) -> None:
    said = yaml.safe_load(SHIPPED.read_text("utf-8"))
    assert callable(break_it)
    break_it(said)
    own = tmp_path / "points.yaml"
    own.write_text(yaml.safe_dump(said), "utf-8")
    with pytest.raises(Refused) as refused:
        read_points(own)
    assert refused.value.fault is SupervisionFault.POINTS_FILE


@pytest.mark.parametrize("written", ["[", ": :", "\x00"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, written: str) -> None:
    own = tmp_path / "points.yaml"
    own.write_text(written, "utf-8")
    with pytest.raises(Refused):
        read_points(own)
    with pytest.raises(Refused):
        read_points(tmp_path / "none.yaml")
