"""An observer who sees every offer and suspects one person of having asked: the odds rise twofold at most."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from tests.people.cast import FIRST_DAY, set_day
from tests.references.debrief_asking_odds import in_force, table

from replenish.debrief.actions import ask, draw_offers
from replenish.debrief.chance import UNASKED_IN
from replenish.debrief.queries import next_offers_on, on_offer

REFERENCE = Path(__file__).parents[1] / "references/debrief_asking_odds.json"
TEAMS = 1500
FEW_TEAMS = 300


@pytest.mark.django_db
@pytest.mark.parametrize("teams", [FEW_TEAMS, pytest.param(TEAMS, marks=pytest.mark.patient)])
def test_the_odds_rise_twofold_at_most(monkeypatch: pytest.MonkeyPatch, teams: int) -> None:
    """In half of the teams the suspected person asks; nobody else ever does: the observer's best case."""
    set_day(monkeypatch, FIRST_DAY)
    suspected = [f"with-{number}" for number in range(teams)]
    others = [f"without-{number}" for number in range(teams)]
    draw_offers([*suspected, *others])
    before = sum(bool(on_offer(unit)) for unit in suspected) / teams
    for unit in suspected:
        ask(unit, "debrief")
    set_day(monkeypatch, next_offers_on())
    asked = sum("debrief" in on_offer(unit) for unit in suspected)
    unasked = sum("debrief" in on_offer(unit) for unit in others)
    assert asked == teams
    # Twofold, and three standard errors of the share that stands by chance.
    assert asked / unasked <= UNASKED_IN * (1 + 3 / teams**0.5)
    # Of two kinds, one at least stands: nothing told of asking. Four and a half standard errors.
    assert before == pytest.approx(0.75, abs=4.5 * (0.75 * 0.25 / teams) ** 0.5)


@pytest.mark.parametrize("others", [Fraction(0), Fraction(1, 1000), Fraction(1, 3), Fraction(1)])
def test_the_bound_holds_whatever_colleagues_do(others: Fraction) -> None:
    assert 1 <= in_force(others) <= UNASKED_IN


def test_the_table_of_the_decision_is_what_enumeration_gives() -> None:
    assert table() == json.loads(REFERENCE.read_text("utf-8"))


def test_what_was_planned_first_would_have_told_more() -> None:
    alone = table()[0]
    assert alone["one_in_seven_a_week_by_day"] > 20
    assert alone["one_in_seven_a_week_by_week"] == pytest.approx(7)
