"""Reading answers: only the columns that are needed, and the same refusals as if all were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from replenish.basis.errors import Refused
from replenish.cli.answers import read_needed, shared
from replenish.measures.library import load_pack


def written(folder: Path, header: str) -> str:
    path = folder / "answers.csv"
    path.write_text(f"{header}\nOak,1,2,3\nAsh,1,2,3\n", "utf-8")
    return str(path)


def test_columns_nobody_asked_for_are_never_read(tmp_path: Path) -> None:
    path = written(tmp_path, "unit,strain,name,time")
    assert read_needed(path, ["unit", "time"], []).columns == ["unit", "time"]


def test_items_of_a_pack_are_needed_and_names_of_its_scales_are_no_columns(tmp_path: Path) -> None:
    pack = load_pack("replenish-weekly")
    path = written(tmp_path, f"unit,{pack.item_codes[0]},name,{pack.item_codes[1]}")
    table = read_needed(path, ["unit", pack.scales[0].code], [pack])
    assert table.columns == ["unit", *pack.item_codes[:2]]


def test_a_missing_column_is_refused_with_all_that_are_there(tmp_path: Path) -> None:
    table = read_needed(written(tmp_path, "unit,strain,name,time"), ["unit", "noise"], [])
    with pytest.raises(Refused, match="name"):
        table.numbers("noise")


def test_paths_of_one_unit_are_one_object() -> None:
    paths = [("North", f"Team {number % 3}") for number in range(9)]
    units = shared(paths)
    assert units == paths
    assert len({id(unit) for unit in units}) == 3
