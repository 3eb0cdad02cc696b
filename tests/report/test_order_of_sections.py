from __future__ import annotations

import copy
import re

import pytest
from tests.report.report_material import PUBLISHED, QUESTIONS, SCALES, answers, effects, release, report

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault, ReportFault
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import make_release
from replenish.disclosure.scale import AnswerScale
from replenish.report import Report, build_report, own_question, plain_question
from replenish.report.document import Bullets, Chart, Fold, Heading, Noted, Paragraph, Section, Table

ORDER = ["about", "short", "conditions", "carrying", "links", "first", "limits", "method", "numbers"]


def texts(section: Section) -> str:
    """Every word of a section."""
    words: list[str] = []
    for block in section.blocks:
        for inner in block.blocks if isinstance(block, Fold) else (block,):
            if isinstance(inner, Paragraph | Heading):
                words.append(inner.text)
            elif isinstance(inner, Bullets):
                words += inner.items
            elif isinstance(inner, Chart):
                words += [inner.title, inner.description, *entries(inner.table)]
            elif isinstance(inner, Table):
                words += [inner.caption, inner.note, *inner.columns, *entries(inner)]
    return "\n".join(words)


def entries(table: Table) -> list[str]:
    """Every entry of a table, in both of its lines."""
    return [f"{e.text} {e.note}" if isinstance(e, Noted) else e for row in table.rows for e in row]


def first_lines(table: Table) -> list[str]:
    """What names each row."""
    return [entry.text if isinstance(entry := row[0], Noted) else entry for row in table.rows]


def everything(document: Report) -> str:
    return "\n".join(texts(section) for section in document.sections)


def test_conditions_come_before_people_and_limits_before_the_numbers(whole: Report) -> None:
    assert [section.name for section in whole.sections] == ORDER


def test_who_can_see_what_is_said_first(whole: Report) -> None:
    first = whole.sections[0]
    asides = [b.text for b in first.blocks if isinstance(b, Paragraph) and b.voice == "aside"]
    assert len(asides) == 1
    assert "Whoever holds that file can read its rows" in asides[0]
    assert "groups of seven or more" in asides[0]
    assert "Never publish two reports over the same answers" in texts(first)


def test_groups_stand_in_tree_order_and_never_by_value(whole: Report) -> None:
    table = whole.section("numbers").blocks[1]
    assert isinstance(table, Table)
    names = [group.label for group in whole.releases[-1].groups]
    assert first_lines(table) == [
        group.label.removeprefix(f"{group.parent[0]}: ") if group.parent else group.label
        for group in whole.releases[-1].groups
    ]
    for chart in whole.section("conditions").charts():
        shown = [row[0] for row in chart.table.rows if row[0] in names]
        assert shown == names


def test_units_named_by_numbers_stand_in_the_order_of_numbers() -> None:
    document = report(release({(str(number),): 12 for number in range(1, 12)}))
    table = document.section("numbers").blocks[1]
    assert isinstance(table, Table)
    assert first_lines(table) == [f"Group {number}" for number in range(1, 12)]


def test_merged_units_are_named(whole: Report) -> None:
    merged = [group for group in whole.releases[-1].groups if len(group.units) > 1]
    assert merged
    for group in merged:
        assert group.label in texts(whole.section("about"))


def test_a_round_compared_with_earlier_ones_says_with_which() -> None:
    first = release(round_name="spring")
    second = release(round_name="summer", earlier=[first], seed=8)
    third = release(round_name="autumn", earlier=[first, second], seed=9)
    assert "published before: spring." in texts(report(first, second).section("about"))
    document = report(first, second, third)
    assert "published before: spring and summer." in texts(document.section("about"))
    assert "No word means no clear change." in texts(document.section("numbers"))
    for section in report(first, second).sections[:-3]:
        assert "clear change" not in texts(section)
    assert "clear change" not in texts(report(first, second).section("numbers"))


def test_nothing_but_genuine_releases_is_accepted() -> None:
    genuine = release()
    for fake in (genuine.content(), None, object()):
        with pytest.raises(Refused) as refused:
            build_report([fake], QUESTIONS, published=PUBLISHED)  # type: ignore[list-item]
        assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE
    with pytest.raises(Refused):
        build_report([copy.copy(genuine)], QUESTIONS, published=PUBLISHED)


def test_a_release_changed_afterwards_is_refused() -> None:
    genuine = release()
    object.__setattr__(genuine, "round", "another")
    with pytest.raises(Refused) as refused:
        report(genuine)
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED


def test_no_release_and_unknown_or_repeated_questions_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        report()
    assert refused.value.fault is ReportFault.REPORT_WITHOUT_RELEASE
    with pytest.raises(Refused) as refused:
        report(release(), questions=[plain_question("mood", "outcome")])
    assert refused.value.fault is ReportFault.REPORT_QUESTION_UNKNOWN
    with pytest.raises(Refused) as refused:
        report(release(), questions=[*QUESTIONS, QUESTIONS[0]])
    assert refused.value.fault is ReportFault.REPORT_QUESTION_TWICE


def test_no_group_at_all_still_makes_a_useful_page() -> None:
    document = report(release({("Lodge",): 6}))
    assert [section.name for section in document.sections] == ["about", "conditions", "method"]
    assert "too few people" in everything(document)
    assert "Did people get their breaks?" in everything(document)
    assert not list(document.charts())
    assert not document.figures


def test_groups_without_enough_voices_are_told_so_and_draw_nothing() -> None:
    partition = plan_partition({("Oak",): 20, ("Ash",): 20})
    units = [("Oak",)] * 3 + [("Ash",)] * 3
    silent = make_release(round="Round 1", partition=partition, units=units, values=answers(6), scales=SCALES)
    document = report(silent)
    assert "No group had enough voices this time" in texts(document.section("conditions"))
    assert not list(document.charts())
    assert all(figure.words == "not enough voices this time" for figure in document.figures)


def test_fewer_than_fifty_people_get_no_links_and_a_reason() -> None:
    document = report(release())
    section = texts(document.section("links"))
    assert "at least 50 people" in section
    assert "What to do meanwhile" in section
    assert "too few people or groups for an order" in texts(document.section("first"))


def test_one_condition_is_not_put_in_order() -> None:
    document = report(release(results=effects("overload", ["process"])), questions=QUESTIONS[:2])
    assert "Only one condition was asked about" in texts(document.section("first"))


def test_units_that_hardly_differ_are_not_put_in_order() -> None:
    results = effects("overload", ["process", "hours"], icc=0.01, strongest=-9.0)
    document = report(release(results=results))
    assert "Groups hardly differ in" in texts(document.section("links"))
    section = texts(document.section("first"))
    assert "order of chance" in section
    assert not re.search(r"\d in 10", section)


def test_better_and_worse_are_said_only_where_a_direction_was_declared() -> None:
    results = effects("hours", ["overload", "process"])
    questions = [
        plain_question("hours", "outcome"),
        plain_question("overload", "condition"),
        plain_question("process", "condition"),
    ]
    undirected = report(release(results=results), questions=questions)
    assert not re.search(r"\b(worse|That is better)\b", texts(undirected.section("links")))
    assert "whether higher or lower is better" in texts(undirected.section("first"))
    questions[0] = plain_question("hours", "outcome", higher_is_better=False)
    assert "That is better." in texts(report(release(results=results), questions=questions).section("links"))


def test_own_and_others_reports_are_kept_apart_and_both_warned_about(whole: Report) -> None:
    links = texts(whole.section("links"))
    assert "Going by what the others said" in links
    assert "A bad day colours both" in links
    assert "links, not causes" in links


def test_many_groups_are_shown_at_once_and_one_by_one_on_request() -> None:
    document = report(release({(f"Team {number}",): 11 for number in range(45)}))
    section = document.section("conditions")
    at_once = [block for block in section.blocks if isinstance(block, Chart)]
    folds = [block for block in section.blocks if isinstance(block, Fold)]
    assert len(at_once) == 2
    assert [len(fold.blocks) for fold in folds] == [2, 2]
    total = sum(len(chart.table.rows) for chart in section.charts() if chart.name.startswith("groups-2"))
    assert total == 45 + 1


def test_an_order_that_luck_could_give_is_not_drawn_and_the_likeliest_is_named() -> None:
    chance_is = "chance that this is the most useful condition to change first"
    assert chance_is in _first(-21.0, -3.0)
    assert "luck alone" not in _first(-21.0, -3.0)
    close = _first(-11.0, -10.0)
    assert "luck alone would often give one like it" in close
    assert "The likeliest to come first is “Time to process”" in close
    assert chance_is not in close


def _first(process: float, workload: float) -> str:
    """What the report says about what to change first, where two conditions have these effects."""
    scales = (*SCALES[:2], AnswerScale("workload", 0, 100))
    questions = (*QUESTIONS[:2], own_question("workload", "condition"))
    results = [
        *effects("overload", ["process"], strongest=process),
        *effects("overload", ["workload"], strongest=workload)[1:],
    ]
    return texts(report(release(results=results, scales=scales), questions=questions).section("first"))
