"""Reports on real answers: what a reader learns from them is true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.report.test_crawl import underivable, words_of

from replenish.disclosure.scale import AnswerScale
from replenish.report import Report, build_report, plain_question, write_report
from replenish.report.closing import close_round

pytestmark = [pytest.mark.realdata, pytest.mark.patient]


def made_from(
    path: Path,
    unit_columns: Sequence[str],
    ranges: Mapping[str, tuple[float, float]],
    better: Mapping[str, bool],
    outcome: str,
) -> Report:
    table = pl.read_csv(path)
    release = close_round(
        round="Round 1",
        units=[tuple(map(str, row)) for row in table.select(unit_columns).iter_rows()],
        values={name: table[name].to_numpy().astype(np.float64) for name in ranges},
        scales=[AnswerScale(name, *ends) for name, ends in ranges.items()],
        questions=(
            questions := [
                plain_question(
                    name, "outcome" if name == outcome else "condition", higher_is_better=better.get(name)
                )
                for name in ranges
            ]
        ),
    )
    return build_report([release], questions, title="A report")


def test_soldiers_who_work_long_hours_are_less_well(realdata: Callable[[str], Path], tmp_path: Path) -> None:
    document = made_from(
        realdata("bh1996.csv"),
        ["unit"],
        {"hours": (0, 24), "leadership": (1, 5), "cohesion": (1, 5), "wellbeing": (0, 5)},
        {"hours": False, "leadership": True, "cohesion": True, "wellbeing": True},
        "wellbeing",
    )
    assert len(document.releases[-1].groups) == 99
    hours = next(f for f in document.figures if (f.source, f.condition) == ("own reports", "hours"))
    assert hours.words == "goes with less" or (hours.high is not None and hours.high < 0)
    folder = write_report(document, tmp_path / "report")
    assert underivable(words_of((folder / "report.html").read_text("utf-8")), document) == set()


def test_small_wards_are_shown_together_within_their_hospital(
    realdata: Callable[[str], Path], tmp_path: Path
) -> None:
    document = made_from(
        realdata("hox_nurses.csv"),
        ["hospital", "wardid"],
        {"experien": (0, 40), "stress": (1, 7)},
        {"stress": False},
        "stress",
    )
    groups = document.releases[-1].groups
    assert 1 < len(groups) < 100
    assert any(len(group.units) > 1 for group in groups)
    assert all(len({unit[0] for unit in group.units}) == 1 for group in groups)
    folder = write_report(document, tmp_path / "report")
    assert underivable(words_of((folder / "report.html").read_text("utf-8")), document) == set()
