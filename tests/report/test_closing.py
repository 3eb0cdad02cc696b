from __future__ import annotations

import numpy as np
import pytest
from tests.report.report_material import PUBLISHED, QUESTIONS, SCALES, answers, release, report, rows

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.release import Release
from replenish.disclosure.scale import AnswerScale
from replenish.report import plain_question
from replenish.report.closing import UNSHOWN, close_round, shown_group_of_row

PLAIN = (AnswerScale("strain", 0, 100), AnswerScale("time", 1, 5), AnswerScale("noise", 0, 10))
ASKED = (
    plain_question("strain", "outcome", higher_is_better=False),
    plain_question("time", "condition", higher_is_better=True),
    plain_question("noise", "condition", higher_is_better=False),
)


def world(teams: int, each: int, *, effect: float) -> tuple[list[tuple[str, ...]], dict[str, np.ndarray]]:
    """Teams that differ in both conditions; strain falls by `effect` points per point of time (1-5)."""
    chance = np.random.default_rng(4)
    units = rows({(f"Team {number:03d}",): each for number in range(teams)})
    team = np.repeat(np.arange(teams), each)
    people = teams * each
    time = np.clip(3 + chance.normal(0, 0.8, teams)[team] + chance.normal(0, 0.5, people), 1, 5)
    noise = np.clip(5 + chance.normal(0, 1.5, teams)[team] + chance.normal(0, 1, people), 0, 10)
    strain = 50 - effect * (time - 3) + chance.normal(0, 4, teams)[team] + chance.normal(0, 8, people)
    return units, {"strain": np.clip(strain, 0, 100), "time": time, "noise": noise}


def closed(units: list[tuple[str, ...]], values: dict[str, np.ndarray], **more: object) -> Release:
    return close_round(
        round="Round 1",
        units=units,
        values=values,
        scales=PLAIN,
        questions=ASKED,
        **more,  # type: ignore[arg-type]
    )


def test_a_strong_condition_is_found_and_points_the_right_way() -> None:
    found = closed(*world(120, 60, effect=9))
    results = {(r.kind, r.condition): r for r in found.model_results}
    time = results["own reports", "time"]
    assert time.words == "goes with less" or (time.high is not None and time.high < 0)
    noise = results["own reports", "noise"]
    assert noise.words == "cannot tell" or (noise.low is not None and noise.low <= 0 <= (noise.high or 0))
    assert ("icc", "") in results


def test_every_contrast_runs_from_the_lower_to_the_upper_quarter() -> None:
    units, values = world(120, 60, effect=9)
    values["noise"] = 10 - (values["time"] - 1) / 4 * 10
    values["time"] = world(120, 60, effect=0)[1]["noise"] / 10 * 4 + 1
    found = closed(units, values)
    noise = next(r for r in found.model_results if (r.kind, r.condition) == ("own reports", "noise"))
    assert noise.words == "goes with more" or (noise.low is not None and noise.low > 0)


def test_fewer_than_five_groups_or_fifty_people_give_bands_alone() -> None:
    for teams, each in ((4, 60), (6, 8)):
        few = closed(*world(teams, each, effect=9))
        assert few.model_results == ()


def test_rows_of_groups_that_are_not_shown_take_no_part() -> None:
    units = rows({("Oak",): 12, ("Ash",): 12})
    values = answers(24)
    values["hours"][12:20] = np.nan
    bands = release({("Oak",): 12, ("Ash",): 12}, values=values)
    place = shown_group_of_row(bands, units, ["overload", "hours"])
    labels = [group.label for group in bands.groups]
    assert set(place[:12].tolist()) == {labels.index("Oak")}
    assert set(place[12:].tolist()) == {UNSHOWN}
    assert UNSHOWN not in shown_group_of_row(bands, units, ["overload"])


def test_changing_a_row_that_is_not_shown_changes_nothing() -> None:
    units, values = world(60, 20, effect=9)
    values["time"][:15] = np.nan
    one = closed(units, values)
    assert one.groups[0].cells["time"].band is None
    values["noise"] = values["noise"].copy()
    values["strain"] = values["strain"].copy()
    values["strain"][:15] = 100 - values["strain"][:15]
    again = closed(units, values)
    assert [r.to_plain() for r in one.model_results] == [r.to_plain() for r in again.model_results]


def test_the_order_of_rows_does_not_matter() -> None:
    units, values = world(60, 20, effect=9)
    order = np.random.default_rng(1).permutation(len(units))
    mixed = closed([units[i] for i in order], {name: column[order] for name, column in values.items()})
    assert mixed.hash == closed(units, values).hash


def test_progress_is_told_and_never_a_figure() -> None:
    told: list[str] = []
    closed(*world(4, 12, effect=9), progress=told.append)
    assert told[0] == "Forming the groups"
    assert any("No links are shown for strain" in line for line in told)
    assert not any(letter.isdigit() for line in told for letter in line)


def test_an_organisation_too_small_for_groups_closes_without_any() -> None:
    units = rows({("Lodge",): 6})
    small = close_round(round="Round 1", units=units, values=answers(6), scales=SCALES, questions=QUESTIONS)
    assert small.groups == ()
    assert report(small).published == PUBLISHED


def test_an_answer_out_of_range_is_refused_by_row() -> None:
    units, values = world(6, 12, effect=1)
    values["time"][3] = 9.0
    with pytest.raises(Refused) as refused:
        closed(units, values)
    assert refused.value.fault is DisclosureFault.SCALE_OUTSIDE
    assert refused.value.problems[0].place.row == 4
