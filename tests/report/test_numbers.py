"""The tables of the numbers: compact on the page, in full in the files, and true to the release."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.report_material import SCALES, answers, effects, printed, release, report, rows

from replenish.disclosure.model_results import disclose_effect
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import Release, make_release
from replenish.disclosure.scale import AnswerScale
from replenish.report import Report, draw_html, draw_pdf, plain_question, report_csv
from replenish.report.document import Bullets, Entry, Noted, Paragraph, Table
from replenish.report.wording.figures import in_cell, share_words, whole_points

SIZES: dict[tuple[str, ...], int] = {("North", "Oak"): 12, ("North", "Ash"): 30, ("South", "Elm"): 14}
VOTE = AnswerScale("asked", 0, 1, 1)
VOTED = plain_question("asked", "condition", higher_is_better=True)


def tables(document: Report) -> list[Table]:
    return [block for block in document.section("numbers").blocks if isinstance(block, Table)]


def notes(table: Table) -> list[str]:
    return [entry.note for row in table.rows for entry in row[1:] if isinstance(entry, Noted)]


def text(entry: Entry) -> str:
    return entry.text if isinstance(entry, Noted) else entry


def chain(rounds: int) -> list[Release]:
    made: list[Release] = []
    for number in range(rounds):
        level = 20.0 if number < rounds - 1 else 80.0
        people = len(rows(SIZES))
        values = {name: np.clip(column, 0, 24) for name, column in answers(people, seed=number).items()}
        values["process"] = np.full(people, level)
        made.append(release(SIZES, round_name=f"Round {number}", earlier=made, values=values))
    return made


def test_a_band_is_one_short_line_and_voices_stand_once_a_row() -> None:
    (bands, *_) = tables(report(release(SIZES)))
    assert bands.columns[:2] == ("Group", "Voices")
    assert bands.repeated == 2
    assert [row[0] for row in bands.rows] == [
        Noted("Ash", "North"),
        Noted("Oak", "North"),
        Noted("Elm", "South"),
    ]
    assert [row[1] for row in bands.rows] == ["25+", "7–12", "13–24"]
    assert all(len(text(entry)) <= len("62.5–100") for row in bands.rows for entry in row[2:])
    assert notes(bands) == []


def test_every_band_of_the_release_stands_in_its_row() -> None:
    made = release(SIZES)
    (bands, *_) = tables(report(made))
    for group, row in zip(sorted(made.groups, key=lambda one: one.units), bands.rows, strict=True):
        for name, entry in zip(("overload", "process", "hours"), row[2:], strict=True):
            band = group.cells[name].band
            assert band is not None
            assert text(entry) == in_cell(band.low, band.high)


def test_another_number_of_voices_is_told_below_its_band_alone() -> None:
    values = answers(56)
    values["process"][: 30 - 20] = np.nan
    paths = rows({("North", "Ash"): 30, ("North", "Oak"): 12, ("South", "Elm"): 14})
    made = make_release(
        round="Round 1",
        partition=plan_partition(SIZES),
        units=paths,
        values=values,
        scales=SCALES,
    )
    (bands, *_) = tables(report(made))
    assert notes(bands) == ["13–24 voices"]
    assert "holds for that band" in bands.note


def test_a_change_is_one_word_and_nothing_is_said_where_none_could_be_told() -> None:
    third = chain(3)
    (bands, *_) = tables(report(*third))
    assert notes(bands).count("higher") == 3
    assert set(notes(bands)) <= {"higher", "lower"}
    assert "No word means no clear change." in bands.note
    (bands, *_) = tables(report(*third[:2]))
    assert notes(bands) == []
    assert "change" not in bands.note


def test_a_group_without_voices_is_not_shown_and_told_why() -> None:
    units = rows({("Oak",): 20, ("Ash",): 3})
    partition = plan_partition({("Oak",): 20, ("Ash",): 20})
    made = make_release(round="Round 1", partition=partition, units=units, values=answers(23), scales=SCALES)
    (bands, *_) = tables(report(made))
    assert notes(bands) == ["not shown"] * 3
    assert "not enough voices" in bands.note


def test_parts_are_in_whole_points_on_the_page_and_in_full_in_the_csv() -> None:
    document = report(release(SIZES))
    parts = tables(document)[1]
    assert not any(
        "." in text(entry) + note for entry, note in zip(parts.rows[0][1:], notes(parts), strict=False)
    )
    published = [figure for figure in document.figures if figure.kind == "parent"]
    exact = [figure for figure in published if figure.middle is not None and figure.middle % 1]
    assert exact
    assert str(exact[0].middle) in report_csv(document)


@given(st.floats(0, 100), st.floats(0, 100))
def test_whole_points_never_claim_more_than_the_exact_interval(one: float, other: float) -> None:
    low, high = sorted((one, other))
    least, most = whole_points(low, high)
    assert least <= low <= high <= most
    assert max(low - least, most - high) <= 1
    assert all(math.floor(end) == end for end in (least, most))


def test_links_that_cannot_be_shown_have_no_row_and_are_counted() -> None:
    hidden = release(results=effects("overload", ["process"]))
    (_, _, links) = tables(report(hidden))
    assert links.columns[-1] == "Step"
    assert all(row[3] for row in links.rows)


def test_a_condition_without_a_link_in_the_release_is_named() -> None:
    results = [printed("overload", "process", "own reports", conditions=1, estimate=-20.0)]
    document = report(release(results=results))
    told = [block.text for block in document.section("links").blocks if isinstance(block, Paragraph)]
    assert any("A link of “Overload” with “hours” could not be shown." in sentence for sentence in told)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 40, "fewer than 4 in 10"),
        (40, 60, "between 4 and 6 in 10"),
        (60, 100, "6 in 10 or more"),
        (25, 40, "between 25 and 40 in 100"),
        (0, 15, "fewer than 15 in 100"),
        (85, 100, "85 in 100 or more"),
    ],
)
def test_a_band_of_a_share_is_told_in_people(low: float, high: float, words: str) -> None:
    assert share_words(low, high) == words


def test_a_yes_or_no_column_is_told_as_a_share() -> None:
    people = len(rows(SIZES))
    values = {"overload": answers(people)["overload"], "asked": (np.arange(people) % 2).astype(np.float64)}
    overload = plain_question("overload", "outcome", higher_is_better=False)
    made = release(SIZES, scales=(SCALES[0], VOTE), values=values)
    document = report(made, questions=[overload, VOTED])
    blocks = document.section("conditions").blocks
    assert any(
        isinstance(b, Paragraph) and "40 to 50 means that between 4 and 5 in 10 said yes" in b.text
        for b in blocks
    )
    (chart,) = document.section("conditions").charts()
    assert chart.table.columns[2] == "As a share"
    assert all(" in 10" in str(row[2]) for row in chart.table.rows)
    assert "as answered" not in draw_html(document)


def test_very_long_tables_are_left_to_the_page_and_the_paper_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from replenish.report import pdf

    document = report(release(SIZES))
    monkeypatch.setattr(pdf, "ROWS_ON_PAPER", 2)
    monkeypatch.setattr(pdf, "TABLE_BESIDE_CHART", 2)
    (heading, told) = pdf._tables(tables(document)[0])
    assert heading["text"] == "Bands by group"
    assert "3 rows" in str(told["text"])
    assert "report.csv" in str(told["text"])
    assert draw_pdf(document).startswith(b"%PDF-")


def test_a_table_too_wide_for_paper_repeats_what_names_its_rows() -> None:
    from replenish.report import pdf

    wide = Table("Wide", tuple("GVabcdefg"), (tuple("GV1234567"),), "How to read it.", repeated=2)
    first, second = pdf._tables(wide)
    assert first["columns"] == list("GVabcde")
    assert second["columns"] == list("GVfg")
    assert second["rows"] == [[["G", ""], ["V", ""], ["6", ""], ["7", ""]]]
    assert (first["note"], second["note"]) == ("How to read it.", "")


def test_conditions_without_a_clear_link_are_told_together() -> None:
    results = [
        disclose_effect(
            outcome="overload",
            condition=condition,
            kind="own reports",
            estimate=0.1,
            low=-0.2,
            high=0.2,
            people=1000,
            groups=30,
            conditions=2,
        )
        for condition in ("process", "hours")
    ]
    assert {result.words for result in results} == {"cannot tell"}
    blocks = report(release(results=results)).section("links").blocks
    (told,) = [block.items for block in blocks if isinstance(block, Bullets)]
    assert told == ("No link between “Time to process” or “hours” and “Overload” is clear enough to print.",)
