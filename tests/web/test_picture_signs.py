"""One sign beside its own usual: described on the page, and offered to "Find words" where it stands out."""

from __future__ import annotations

import numpy as np
import pytest
from tests.web.picture_people import declining, every_sign, steady, weekly, weeks_ago

from replenish.voices.box_content import CheckIn
from replenish.web.carer.picture.finding import SEVERAL
from replenish.web.carer.picture.said import SIGNS, running, said_in, week_named
from replenish.web.carer.picture.signs import signs_of, signs_that_stand_out

UNCHANGED = 300
MOST_WRONG = 0.05
MOST_WRONG_OF_SEVERAL = 0.01


def test_nothing_stands_out_of_nothing() -> None:
    assert signs_that_stand_out([]) == ()
    assert signs_that_stand_out(steady(30)) == ()


def test_a_sign_that_came_often_stands_out_from_the_first_week() -> None:
    assert signs_that_stand_out([weekly({"sign.dread": 4, "sign.patience": 1}, 0)]) == ("sign.dread",)


def test_the_farthest_from_its_usual_comes_first() -> None:
    said = [weekly(every_sign(1), ago) for ago in range(30, 8, -1)]
    said += [
        weekly({**every_sign(1), "sign.dread": 4.0, "sign.patience": 3.0}, ago) for ago in range(8, -1, -1)
    ]
    assert signs_that_stand_out(said) == ("sign.dread", "sign.patience")


def test_warmth_is_no_sign() -> None:
    assert signs_that_stand_out([weekly(every_sign(0, sign_warmth=4), 0)]) == ()


def test_all_signs_of_a_decline_stand_out() -> None:
    assert set(signs_that_stand_out(declining())) == set(SIGNS)


def test_a_new_usual_is_taken_account_of() -> None:
    """What came often still stands out; what only came more often than long ago does not."""
    said = [weekly(every_sign(0), ago) for ago in range(40, 20, -1)]
    said += [weekly(every_sign(2), ago) for ago in range(20, -1, -1)]
    assert set(signs_that_stand_out(said)) == set(SIGNS)
    assert signs_that_stand_out(said, {"usual_from": weeks_ago(20)}) == ()


def unchanged_person(rng: np.random.Generator, weeks: int = 40) -> list[CheckIn]:
    """Six signs that move a little from week to week, together and alone, and go nowhere."""
    level = rng.normal(1.2, 0.5, len(SIGNS))
    shared, rest = np.zeros(weeks), np.zeros((weeks, len(SIGNS)))
    for week in range(1, weeks):
        shared[week] = 0.3 * shared[week - 1] + rng.normal(0, 0.4)
        rest[week] = 0.3 * rest[week - 1] + rng.normal(0, 0.6, len(SIGNS))
    answers = np.clip(np.round(level + shared[:, None] + rest), 0, 4)
    return [
        weekly(dict(zip(SIGNS, row.tolist(), strict=True)), weeks - 1 - at) for at, row in enumerate(answers)
    ]


def test_an_unchanged_sign_is_seldom_called_more_than_usual() -> None:
    rng = np.random.default_rng(7)
    people = (signs_of(said_in(unchanged_person(rng))) for _ in range(UNCHANGED))
    called = np.array([sum(sign.more_than_usual for sign in signs) for signs in people])
    assert np.mean(called >= 1) <= MOST_WRONG
    assert np.mean(called >= SEVERAL) <= MOST_WRONG_OF_SEVERAL


@pytest.mark.parametrize("week", ["2020-W53", "2021-W01", "2026-W01", "2026-W52"])
def test_running_numbers_lead_back_to_the_week(week: str) -> None:
    assert week_named(running(week)) == week


def test_neighbouring_weeks_differ_by_one_across_years() -> None:
    assert running("2021-W01") - running("2020-W53") == 1
