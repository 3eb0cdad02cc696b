"""How often effects are judged rightly, and whether the kept figures say so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from tests.references import effect_tables
from tests.references import statistics_effect_rates as effects
from tests.references import statistics_first_rates as first

KEPT: dict[str, Any] = json.loads(effects.EVIDENCE.read_text(encoding="utf-8"))
FIRST: dict[str, Any] = json.loads(first.EVIDENCE.read_text(encoding="utf-8"))
POOLED_LOW, POOLED_HIGH, EVERY = 0.88, 0.93, 0.88
HELPED, EITHER = 0.05, 0.20


def slack(share: float, runs: int, *, errors: float = 2) -> float:
    """So many standard errors of a simulated share."""
    return errors * float(np.sqrt(share * (1 - share) / runs))


def cells(by: str) -> Iterator[dict[str, Any]]:
    return (cell for cell in KEPT["cells"] if cell["by"] == by)


@pytest.mark.parametrize("by", ["values", "bands"])
def test_nine_in_ten_intervals_hold_the_truth_in_every_kind_of_organisation(by: str) -> None:
    assert KEPT["organisations"] >= 4_000
    for cell in cells(by):
        if cell["intervals"]:
            assert cell["coverage"] >= EVERY - slack(EVERY, cell["intervals"]), cell
    pooled = KEPT["pooled"][by]["at least four and four"]
    assert POOLED_LOW <= pooled["coverage"] <= POOLED_HIGH


@pytest.mark.parametrize("by", ["values", "bands"])
def test_an_action_that_does_nothing_is_seldom_said_to_help(by: str) -> None:
    null = KEPT["pooled"][by]["an action that does nothing"]
    assert null["helped"] <= HELPED + slack(HELPED, null["organisations"])
    assert null["either_word"] <= EITHER + slack(EITHER, null["organisations"])
    for cell in cells(by):
        if cell["effect"] == "none":
            assert cell["helped"] <= HELPED + slack(HELPED, cell["organisations"], errors=3), cell
            assert cell["either_word"] <= EITHER + slack(EITHER, cell["organisations"], errors=3), cell


def test_a_real_action_in_a_large_organisation_is_mostly_seen() -> None:
    for by in ("values", "bands"):
        seen = [
            cell["helped"]
            for cell in cells(by)
            if cell["size"] == "fifteen with it" and cell["effect"] == "real"
        ]
        assert min(seen) > 0.8


@pytest.mark.patient
def test_a_few_organisations_live_and_are_judged_in_both_ways() -> None:
    judged = effects.run(len(effects.CELLS))
    assert {one.by for one in judged} == {"values", "bands"}
    assert all(one.word is not None for one in judged)
    errors = [one.error for one in judged if one.by == "bands"]
    assert abs(float(np.mean(errors))) < 5


@pytest.mark.thorough
def test_fresh_organisations_are_judged_as_well_as_those_of_the_evidence() -> None:
    judged = effects.run(800, workers=2, first_seed=900_000)
    for by in ("values", "bands"):
        enough = effects.tally(one for one in judged if one.by == by and one.enough)
        assert enough["coverage"] is not None
        assert enough["coverage"] >= POOLED_LOW - slack(POOLED_LOW, int(enough["intervals"] or 1))
        null = effects.tally(one for one in judged if one.by == by and one.cell.effect == "none")
        assert (null["helped"] or 0) <= HELPED + slack(HELPED, 400)
        assert (null["either_word"] or 0) <= EITHER + slack(EITHER, 400)


def test_the_right_condition_leads_and_chance_is_seldom_put_in_order() -> None:
    """By the model; what is printed can only be more careful."""
    for line in FIRST["lines"]:
        place = line["place"]
        if place["effect"] == 0:
            assert line["order"] <= 0.05 + slack(0.05, line["runs"]), line
        elif line["by"] == "model":
            least = 0.60 if place["effect"] == 2 else 0.85
            assert line["right"] >= least - slack(least, line["runs"]), line
            assert line["order_and_right"] <= line["best_possible"] + 0.05, line


def test_no_rule_could_draw_orders_as_often_as_it_names() -> None:
    """With six conditions and chance held to 5 %, a rule that draws an order is right in a third of runs."""
    assert first.best_possible(1, 2) == pytest.approx(0.64, abs=0.01)
    assert first.best_possible(6, 2) < 0.40
    assert first.best_possible(6, 3) < 0.80


@pytest.mark.thorough
def test_fresh_organisations_are_put_in_order_as_seldom() -> None:
    for effect, least in ((0.0, 0.0), (2.0, 0.60), (3.0, 0.85)):
        model, printed = first.count(first.Place(40, 12, 6, effect), 300, first_seed=50_000)
        if effect:
            assert model.right is not None
            assert model.right >= least - slack(least, 300)
        else:
            assert max(model.order, printed.order) <= 0.05 + slack(0.05, 300)


def test_the_page_shows_what_was_simulated() -> None:
    page = effect_tables.PAGE.read_text(encoding="utf-8")
    for name, table in effect_tables.tables().items():
        assert effect_tables.between(page, name) == table, "write them with tests.references.effect_tables"
