"""In short: true of the published figures, in every state a report can be in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.report.report_material import QUESTIONS, SCALES, answers, effects, printed, release, report, rows

from replenish.disclosure.model_results import disclose_effect, disclose_icc
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import make_release
from replenish.report import Question, Report, plain_question
from replenish.report.document import Bullets, Paragraph

SIX: dict[tuple[str, ...], int] = {(f"Team {number}",): 12 for number in range(6)}


def told(document: Report) -> str:
    """The section in one string."""
    parts: list[str] = []
    for block in document.section("short").blocks:
        assert isinstance(block, Paragraph | Bullets)
        parts += [block.text] if isinstance(block, Paragraph) else block.items
    assert 3 <= len(parts) <= 5
    return " ".join(parts)


def at(levels: Mapping[str, Sequence[float]]) -> dict[str, NDArray[np.float64]]:
    """Twelve equal answers for each of six teams, at the levels given for a question."""
    plain = answers(72)
    return plain | {name: np.repeat(np.array(values), 12) for name, values in levels.items()}


def with_levels(process: Sequence[float], hours: Sequence[float], *questions: Question) -> Report:
    values = at({"process": process, "hours": hours})
    return report(release(SIX, values=values), questions=questions or QUESTIONS)


def test_the_condition_most_groups_are_short_of_is_named_by_bands_alone() -> None:
    text = told(with_levels([10, 10, 20, 20, 80, 45], [6.0] * 3 + [18.0] * 3))
    assert "6 groups are shown." in text
    assert "Most groups have little of “Time to process”: 5 of 6 groups lie below 50 of 100." in text
    assert "Team" not in text


def test_a_condition_where_less_is_better_is_named_by_its_other_half() -> None:
    hours = plain_question("hours", "condition", higher_is_better=False)
    text = told(with_levels([80] * 6, [20.0] * 4 + [2.0] * 2, QUESTIONS[0], hours))
    assert (
        "Most groups have much of “hours”, where less is better: 4 of 6 groups lie above 50 of 100." in text
    )


def test_conditions_that_are_short_alike_are_named_together() -> None:
    hours = plain_question("hours", "condition", higher_is_better=True)
    text = told(with_levels([10] * 4 + [90] * 2, [20.0] * 2 + [2.0] * 4, QUESTIONS[0], QUESTIONS[1], hours))
    assert "“Time to process” and “hours”: 4 of 6 groups" in text


def test_half_of_the_groups_are_not_most_of_them() -> None:
    text = told(with_levels([10] * 3 + [90] * 3, [2.0] * 6))
    assert "In no condition do most groups lie in the worse half" in text


def test_without_a_better_end_nothing_is_called_short() -> None:
    questions = [plain_question("overload", "outcome"), plain_question("hours", "condition")]
    text = told(with_levels([10] * 6, [2.0] * 6, *questions))
    assert "none of them can be called short" in text
    assert "Most groups" not in text


def test_without_conditions_or_outcomes_it_says_what_was_not_asked() -> None:
    only_carried = told(report(release(), questions=QUESTIONS[:1]))
    assert "No condition was asked about" in only_carried
    assert "needs a condition and something people carry" in only_carried
    only_conditions = told(report(release(), questions=QUESTIONS[1:]))
    assert "needs a condition and something people carry" in only_conditions


def test_clear_links_are_told_with_their_side_and_unclear_ones_are_not() -> None:
    results = effects("overload", ["process", "hours"], strongest=-21.0)
    text = told(report(release(results=results)))
    assert "Where “Time to process” is higher, “Overload” is lower." in text
    higher = told(report(release(results=effects("overload", ["process"], strongest=30.0))))
    assert "Where “Time to process” is higher, “Overload” is higher." in higher
    unclear = [printed("overload", "process", "own reports", conditions=1, estimate=1.0)]
    assert "No link between a condition and what people carry is clear." in told(
        report(release(results=unclear))
    )


def test_a_link_in_words_is_told_and_one_that_is_hidden_is_not() -> None:
    def disclosed(people: int, groups: int) -> str:
        effect = disclose_effect(
            outcome="overload",
            condition="process",
            kind="own reports",
            estimate=-60.0,
            low=-61.0,
            high=-59.0,
            people=people,
            groups=groups,
            conditions=1,
        )
        return told(report(release(results=[effect])))

    assert "“Overload” is lower" in disclosed(7000, 99)
    assert "cannot be shown here" in disclosed(50, 5)
    assert "is lower" not in disclosed(50, 5)
    assert "cannot be shown here" in told(report(release()))


@pytest.mark.parametrize(
    ("icc", "sentence"),
    [
        (0.01, "Groups hardly differ in “Overload”."),
        (0.1, "Groups differ somewhat in “Overload”."),
        (0.3, "Groups differ clearly in “Overload”."),
    ],
)
def test_how_much_groups_differ_follows_the_release(icc: float, sentence: str) -> None:
    results = [disclose_icc(outcome="overload", icc=icc, people=7000, groups=99)]
    assert sentence in told(report(release(results=results)))
    assert "differ" not in told(report(release()))


def test_the_first_of_an_order_is_named_with_its_chance() -> None:
    questions = [*QUESTIONS[:2], plain_question("hours", "condition", higher_is_better=False)]
    document = report(release(results=effects("overload", ["process", "hours"])), questions=questions)
    text = told(document)
    assert "The figures point first to “Time to process” for “Overload” (a chance of" in text
    assert " in 10)" in text
    assert "point first" not in told(report(release()))


def test_groups_without_voices_are_counted_and_all_of_them_silent_ends_the_block() -> None:
    units = rows({("Oak",): 20, ("Ash",): 3})
    partition = plan_partition({("Oak",): 20, ("Ash",): 20})
    values = answers(23)
    some = make_release(round="Round 1", partition=partition, units=units, values=values, scales=SCALES)
    assert "1 of 2 groups is shown." in told(report(some))
    units = rows({("Oak",): 3, ("Ash",): 3})
    none = make_release(round="Round 1", partition=partition, units=units, values=answers(6), scales=SCALES)
    text = told(report(none))
    assert "No group had enough voices this time" in text
    assert "Next, look at facts" in text
    assert "Most groups" not in text
    assert not any(letter.isdigit() for letter in text)


def test_conditions_nobody_was_heard_on_are_not_called_good() -> None:
    values = answers(72)
    values["process"][:] = np.nan
    text = told(report(release(SIX, values=values), questions=QUESTIONS[:2]))
    assert "About the conditions no group had enough voices" in text
    assert "In no condition" not in text


def test_a_page_without_groups_has_its_own_short_truth() -> None:
    names = [section.name for section in report(release({("Lodge",): 6})).sections]
    assert "short" not in names
