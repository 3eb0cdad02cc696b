"""The page behind the notice prints the figures of the simulation, and what the notice cannot see."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from replenish.statistics import noticing
from replenish.statistics.noticing import DESIGN
from replenish.statistics.noticing.rates import (
    ChangedRate,
    ErrorRates,
    Kind,
    Share,
    UnchangedRate,
    error_rates,
)

KEPT = Path(noticing.__file__).with_name("error_rates.json")
OWN = Kind("items", 0.3, 1.0, "none")


def rates() -> ErrorRates:
    """Figures that nobody would take for real ones."""
    return ErrorRates(
        limit=DESIGN.limit,
        people=5000,
        seed=1,
        command="none",
        made_on="2026-01-01",
        unchanged=(
            UnchangedRate(OWN, Share(0.071, 0.064, 0.078), Share(0.083, 0.075, 0.091)),
            UnchangedRate(
                Kind("even", 0.75, 1.0, "none", promised=False), Share(0.4, 0.3, 0.5), Share(0.4, 0.3, 0.5)
            ),
        ),
        changed=(
            ChangedRate(
                OWN,
                "step",
                1.0,
                0,
                {
                    weeks: Share(at, at, at)
                    for weeks, at in zip((12, 26, 52), (0.43, 0.62, 0.77), strict=True)
                },
            ),
            ChangedRate(OWN, "step", 1.0, 26, {weeks: Share(0.91, 0.9, 0.92) for weeks in (12, 26, 52)}),
        ),
        textbook=Share(0.47, 0.45, 0.49),
    )


def page_of(client: Client) -> str:
    return client.get("/how-noticing-works/").text


def test_the_page_prints_the_figures_it_is_given(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replenish.web.public.noticing.error_rates", rates)
    page = page_of(client)
    assert "at most 9 get a notice within a year" in page
    assert "it would be 47" in page
    assert "<td>43</td><td>62</td><td>77</td>" in page
    assert "<td>7.1 (6.4 to 7.8)</td><td>8.3 (7.5 to 9.1)</td>" in page
    assert "<td>91</td>" not in page
    assert "91.0 (90.0 to 92.0)" in page
    assert "(nothing is promised here)" in page


@pytest.mark.skipif(not KEPT.exists(), reason="the simulation has not been run for the notice in use")
def test_the_figures_are_those_of_the_simulation(client: Client) -> None:
    page = page_of(client)
    found = error_rates()
    assert f"at most {math.ceil(100 * found.worst)} get a notice" in page
    assert page.count('<th scope="row">') >= len(found.unchanged) + len(found.changed)
    assert re.search(r"(<td>\d+</td>){3}", page)


def test_figures_of_another_limit_are_not_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replenish.web.public.noticing.error_rates", lambda: replace(rates(), limit=99.0))
    assert "The figures for this version are not here yet." in page_of(client)


def test_it_says_what_the_notice_cannot_see(client: Client) -> None:
    page = page_of(client)
    assert "Going quiet does not mean that all is well" in page
    assert "No notice is no proof." in page
    assert "the usual itself lies high" in page
