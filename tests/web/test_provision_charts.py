"""Charts on the pages of facts: words, drawing and table say the same, and no more than chance allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from tests.conditions import worlds
from tests.conditions.facts_world import fact, month
from tests.web.staff_world import StaffWorld, begin_organisation, quick, signed_in

from replenish.conditions.facts.charting import MOST_DRAWN
from replenish.conditions.facts.entering import enter_facts
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.facts.reading import ProvidedInPeriod
from replenish.people.roles import RoleKind
from replenish.web.staff.provision.charting import FactChart, NoChart, charted

__all__ = ["quick"]

PAGE = "/staff/provision/"
HELD = kinds()["supervision_held"]
CALM = [(17, 20), (18, 20), (16, 20), (18, 20), (17, 20), (15, 20), (18, 20), (16, 20), (18, 20), (17, 20)]


def periods(figures: Sequence[tuple[float, float]]) -> tuple[ProvidedInPeriod, ...]:
    return tuple(
        ProvidedInPeriod(*month(number), Decimal(count), Decimal(out_of), "", added_up=False)
        for number, (count, out_of) in enumerate(figures)
    )


def drawn(figures: Sequence[tuple[float, float]]) -> FactChart:
    chart = charted(HELD, periods(figures))
    assert isinstance(chart, FactChart)
    return chart


def test_a_calm_series_is_called_calm() -> None:
    chart = drawn(CALM * 2)
    assert chart.says == "Nothing here goes beyond what chance would give."
    assert chart.signs == ()
    assert 'class="far"' not in chart.drawing
    assert chart.middle == "85 %"


def test_a_month_far_out_is_named_drawn_and_marked_in_the_table() -> None:
    chart = drawn([*CALM, (5, 20), *CALM])
    assert chart.signs == ("November 2026: 25 % is less than chance would give.",)
    assert chart.drawing.count('class="far"') == 1
    assert [line.days for line in chart.lines if line.far_out] == ["November 2026"]


def test_a_slow_change_is_named_by_its_runs() -> None:
    chart = drawn([*((12, 20), (13, 20)) * 6, *((16, 20), (17, 20)) * 6])
    assert not any(line.far_out for line in chart.lines)
    assert any(sign.startswith("12 periods in a row") for sign in chart.signs)
    assert any("cross the middle 1 time." in sign for sign in chart.signs)


def test_too_few_or_equal_periods_say_so_and_what_to_do() -> None:
    assert charted(HELD, periods(CALM[:1])) is None
    few = charted(HELD, periods(CALM[:7]))
    assert isinstance(few, NoChart)
    assert "after 3 more periods" in few.says
    alike = charted(HELD, periods([(20, 20)] * 12))
    assert isinstance(alike, NoChart)
    assert alike.says.startswith("All periods are alike")


def test_a_long_series_is_drawn_for_its_newest_periods() -> None:
    chart = drawn(CALM * 5)
    assert len(chart.lines) == MOST_DRAWN
    assert chart.last == "February 2030"


def test_every_kind_of_fact_can_be_drawn() -> None:
    for kind in kinds().values():
        figures = [(3 + 2 * (number % 3), 900 + number) for number in range(14)]
        chart = charted(kind, periods(figures))
        assert isinstance(chart, FactChart)
        heights = [float(y) for y in re.findall(r"[ML]\S+ (-?[\d.]+)", chart.drawing)]
        assert min(heights) >= -0.001
        assert max(heights) <= 100.001


@pytest.fixture
def ours(quick: None, monkeypatch: pytest.MonkeyPatch) -> StaffWorld:
    worlds.set_day(monkeypatch, date(2025, 12, 1))
    made = begin_organisation("Ours")
    worlds.set_day(monkeypatch, date(2027, 12, 10))
    return made


@pytest.mark.django_db
def test_the_page_says_shows_and_lists_the_chart(ours: StaffWorld) -> None:
    figures = [*CALM, (5, 20), *CALM]
    entries = [
        fact(ours.unit, *figure, days=month(number), source="diaries")
        for number, figure in enumerate(figures)
    ]
    enter_facts(asker=ours.asker(RoleKind.STEWARD), entries=entries)
    page = signed_in(ours.people[RoleKind.REPRESENTATIVE]).get(PAGE, {"unit": ours.unit}).text
    assert "There is more in this series than chance would give." in page
    assert "November 2026: 25 % is less than chance would give." in page
    assert 'aria-labelledby="supervision_held-chart-says"' in page
    assert "Ask those who were there what was different then." in page
    assert page.count("beyond chance</td>") == 1
