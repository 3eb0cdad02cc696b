"""What to change first, in the web report: from printed results alone, or no order with its reason."""

from __future__ import annotations

from tests.report.report_material import printed

from replenish.disclosure.model_results import ModelResult, most_useful_first
from replenish.report.questions import Question
from replenish.web.conditions_report.sections.first import order

CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "reciprocity")
OUTCOME = Question("overload", "outcome", higher_is_better=False, title="Overload")
ASKED = (*(Question(name, "condition", higher_is_better=True, title=name) for name in CONDITIONS), OUTCOME)


def results(kind: str = "own reports", **estimates: float) -> list[ModelResult]:
    """Printed effects: those named, and nothing for all the others."""
    return [
        printed("overload", name, kind, conditions=6, estimate=estimates.get(name, 0.0))
        for name in CONDITIONS
    ]


def test_the_condition_that_helps_most_stands_first_with_its_chance() -> None:
    told = order(ASKED, OUTCOME, results(workload=-16.0))
    assert next(place.condition.name for place in told) == "workload"
    assert len(told) == len(CONDITIONS)
    ranked = most_useful_first(results(workload=-16.0), higher_is_better=CONDITIONS)
    assert [place.own for place in told] == [one.probability for one in ranked]
    assert {place.others for place in told} == {None}


def test_where_nothing_stands_out_there_is_no_order() -> None:
    assert order(ASKED, OUTCOME, results()) == ()
    assert order(ASKED, OUTCOME, []) == ()
    assert order(ASKED, OUTCOME, results(workload=16.0)) == (), "more of it would make it worse"


def test_another_outcome_or_a_condition_that_is_not_asked_has_no_place() -> None:
    other = [printed("witness", "workload", "own reports", conditions=6, estimate=-16.0)]
    assert order(ASKED, OUTCOME, other) == ()
    strange = [printed("overload", "hours", "own reports", conditions=6, estimate=-16.0)]
    assert all(place.condition.name != "hours" for place in order(ASKED, OUTCOME, [*results(), *strange]))
