from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import altair as alt
import pytest

from replenish.report import Report
from replenish.report.charts import draw_chart
from replenish.report.charts.bands import band_counts_spec, bands_spec
from replenish.report.charts.drawing import ATTRIBUTES, ELEMENTS
from replenish.report.charts.frame import PLOT_WIDTH, Spec, wrapped
from replenish.report.charts.intervals import intervals_spec
from replenish.report.document import (
    BandCount,
    BandCountMarks,
    BandMarks,
    BandRow,
    IntervalMarks,
    IntervalRow,
    ScaleAxis,
)
from replenish.report.tokens import DARK, LIGHT, chart_rules

AXIS = ScaleAxis(1, 5)
BANDS = BandMarks(
    AXIS,
    (
        BandRow("Medicine", "Medicine", 31.25, 68.75, middle=50.0, parent=True),
        BandRow("Oak <b>& Ash", "Medicine: Oak", 37.5, 50.0, "13-24 voices\nhigher than before"),
        BandRow("Elm", "Elm", None, None),
    ),
    "moss",
)
COUNTS = BandCountMarks(AXIS, (BandCount(0, 37.5, 3), BandCount(37.5, 50, 20)), "clay")
INTERVALS = IntervalMarks(
    (IntervalRow("time", -6, -10, -2), IntervalRow("by others", -1, -5, 3, hollow=True)),
    "sky",
    "lower",
    "higher",
)
SPECS = [bands_spec(BANDS), band_counts_spec(COUNTS), intervals_spec(INTERVALS)]


def stretches(markup: str, colour: str) -> list[tuple[float, float]]:
    """Left and right end of every filled rectangle of a colour, in pixels of the plot."""
    found = []
    for element in ET.fromstring(f"<svg>{markup}</svg>").iter():  # noqa: S314 - drawn by this test
        if element.get("fill") == colour and element.tag == "path":
            across = [float(x) for x in re.findall(r"[ML]\s*(-?[\d.]+)", element.get("d", ""))]
            across += [across[0] + float(h) for h in re.findall(r"h(-?[\d.]+)", element.get("d", ""))]
            found.append((min(across), max(across)))
    return found


@pytest.mark.parametrize("spec", SPECS, ids=["bands", "counts", "intervals"])
def test_a_specification_is_what_vega_lite_defines(spec: Spec) -> None:
    alt.LayerChart.from_dict(spec, validate=True)


@pytest.mark.parametrize("marks", [BANDS, COUNTS, INTERVALS], ids=["bands", "counts", "intervals"])
def test_only_listed_elements_and_attributes_pass(marks: BandMarks | BandCountMarks | IntervalMarks) -> None:
    root = ET.fromstring(f"<svg>{draw_chart(marks).inside}</svg>")  # noqa: S314 - drawn by this test
    for element in root.iter():
        assert element.tag in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
    active = r"(?i)<script|\son\w+=|\sstyle=|href|url\(|data:|javascript"
    assert not re.search(active, draw_chart(marks).inside)


def test_a_name_is_text_and_nothing_else() -> None:
    inside = draw_chart(BANDS).inside
    assert "Oak &lt;b&gt;&amp; Ash" in inside
    assert "<b>" not in inside


def test_a_band_is_drawn_where_it_lies() -> None:
    low, high = stretches(draw_chart(BANDS).inside, LIGHT["moss"])[0]
    assert low == pytest.approx(0.375 * PLOT_WIDTH, abs=4)
    assert high == pytest.approx(0.5 * PLOT_WIDTH, abs=4)


def test_a_silent_group_has_words_and_no_stretch() -> None:
    inside = draw_chart(BANDS).inside
    assert len(stretches(inside, LIGHT["moss"])) == 1
    assert "not enough voices" in inside


def test_every_group_is_one_line_of_the_overview() -> None:
    assert len(stretches(draw_chart(COUNTS).inside, LIGHT["clay"])) == 23


def test_the_second_voice_has_another_shape_not_only_another_colour() -> None:
    inside = draw_chart(INTERVALS).inside
    dots = re.findall(rf'<path [^>]*stroke="{LIGHT["sky"]}"[^>]*>', inside)
    assert sum(f'fill="{LIGHT["card"]}"' in dot for dot in dots) == 1
    assert sum(f'fill="{LIGHT["sky"]}"' in dot for dot in dots) == 1


def test_long_names_are_cut_and_end_in_dots() -> None:
    assert wrapped("Oak") == "Oak"
    long = wrapped("Oak, Ash, Elm, Birch, Rowan, Willow and the night team")
    assert long.count("\n") == 1
    assert long.endswith("…")


def test_forty_groups_are_one_chart_and_a_drawing_is_made_once() -> None:
    rows = tuple(BandRow(f"Team {number}", "", 37.5, 50.0, "25+ voices") for number in range(40))
    marks = BandMarks(AXIS, rows, "moss")
    assert draw_chart(marks) is draw_chart(BandMarks(AXIS, rows, "moss"))
    assert len(stretches(draw_chart(marks).inside, LIGHT["moss"])) == 40


def test_every_chart_has_a_title_a_description_and_a_table(whole: Report) -> None:
    charts = list(whole.charts())
    assert len({chart.name for chart in charts}) == len(charts) == 4
    for chart in charts:
        assert chart.title
        assert chart.description.endswith(".")
        assert chart.table.rows
        assert len({len(row) for row in chart.table.rows} | {len(chart.table.columns)}) == 1


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_of_text_and_marks_stand_out(tokens: dict[str, str]) -> None:
    for ground in ("paper", "card"):
        for colour in ("ink", "soft", "moss", "clay", "sky", "plum"):
            assert contrast(tokens[colour], tokens[ground]) >= 4.5, (colour, ground)
    assert contrast(tokens["ink"], tokens["mist"]) >= 4.5


def test_every_colour_of_a_chart_follows_the_page() -> None:
    used: set[str] = set()
    for marks in (BANDS, COUNTS, INTERVALS):
        used |= set(re.findall(r'(?:fill|stroke)="(#[0-9A-Fa-f]{6})"', draw_chart(marks).inside))
    assert used
    for colour in used:
        assert f'[fill="{colour}"]' in chart_rules()
