"""Facts in the report of members: first of all, for the part that is read, over the time of its rounds."""

from __future__ import annotations

import csv
import io
import re

import pytest
from tests.attacks.test_report_crawl import provided
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.carer_world import client_with
from tests.web.report_world import closed, found_organisation, member, opened_to_members, season_of

from replenish.conditions.models import ProvidedFact
from replenish.sealing.secret import Secret

__all__ = ["instance", "prepared"]

WHOLE_NOW = "106 of 318 meetings due, February 2026"


def reader(patch: pytest.MonkeyPatch) -> Secret:
    found_organisation()
    worlds.set_day(patch, worlds.BEGINS)
    season = season_of()
    secret = member(season, ("Medicine", "Elm"))
    closed(patch, season, 1)
    opened_to_members(patch, closed(patch, season, 2))
    provided(season)
    return secret


def part_named(page: str, name: str) -> str:
    (key,) = set(re.findall(rf'\?part=(\w+)"[^>]*>{re.escape(name)}<', page))
    return str(key)


def test_a_group_reads_the_sum_of_its_units_and_the_whole_its_own(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_with(reader(monkeypatch))
    page = client.get("/my/report/").text
    told = page.split('<section id="provided"')[1].split("</section>")[0]
    rows = ProvidedFact.objects.filter(kind="supervision_held", unit__in=["id of Elm", "id of Oak"])
    out_of = sum(row.out_of for row in rows.filter(first_day__month=2)) // 100
    assert f"of {out_of} meetings due, February 2026" in told
    assert "added up from its parts" in told
    assert "What moved together is not yet cause and effect." in told
    ticks, lines = re.search(r'class="close" d="([^"]*)".*?class="fact moss" d="([^"]*)"', told).groups()  # type: ignore[union-attr]
    assert (ticks.count("M"), lines.count("M")) == (2, 2)
    whole = {"part": part_named(page, "The whole organisation")}
    assert WHOLE_NOW in client.get("/my/report/", whole).text
    assert WHOLE_NOW in client.get("/my/report/page/", whole).text
    written = client.get("/my/report/report.csv", whole).content.decode("utf-8-sig")
    facts = [row for row in csv.DictReader(io.StringIO(written)) if row["kind"] == "fact"]
    newest = [
        (one["first_day"], one["count"], one["out_of"]) for one in facts if one["condition"] == "supervision"
    ]
    assert newest[-1] == ("2026-02-01", "106", "318")


def test_a_period_that_lies_ahead_of_the_reading_is_not_told(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_with(reader(monkeypatch))
    ProvidedFact.objects.filter(first_day__month=2).update(last_day="2099-01-01")
    page = client.get("/my/report/").text
    assert "January 2026" in page
    assert "February 2026</td>" not in page.split('<section id="provided"')[1].split("</section>")[0]
