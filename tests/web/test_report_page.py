"""The conditions report of a member: facts first, nothing early, nothing of others, or words."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.carer_world import CarerWorld, client_with
from tests.web.report_world import (
    TITLE,
    VOICES,
    closed,
    found_organisation,
    member,
    opened_to_members,
    season_of,
    small_season,
)

from replenish.conditions import gate, queries
from replenish.conditions.models import PublishedRelease, Season
from replenish.conditions.opens import MEMBERS_READ_AFTER, MEMBERS_READ_LATER
from replenish.conditions.queries import releases
from replenish.people.actions.telling import renew_calendar
from replenish.people.askers import operator_of
from replenish.sealing.secret import Secret
from replenish.web.conditions_report.parts import THE_WHOLE, Part, group_part
from replenish.web.conditions_report.wording import where

__all__ = ["instance", "prepared"]

OTHER = "9" * 32
PATHS = ("", "page/", "report.csv", "report.pdf", "page.pdf")


def page_of(secret: Secret, path: str = "") -> str:
    return client_with(secret).get(f"/my/report/{path}").text


def begun(patch: pytest.MonkeyPatch) -> Season:
    found_organisation()
    worlds.set_day(patch, worlds.BEGINS)
    return season_of()


def test_members_read_two_days_after_the_close_and_not_before(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gate.VISIBLE_AFTER + MEMBERS_READ_LATER == MEMBERS_READ_AFTER == timedelta(days=2)
    season = begun(monkeypatch)
    secret = member(season)
    row = closed(monkeypatch, season, 1)
    for days in (0, 1):
        worlds.set_day(monkeypatch, row.closes_on + timedelta(days=days))
        page = page_of(secret)
        assert "Nothing has been published yet." in page
        assert "of 100" not in page
        assert "The next round opens here on 4 February 2026." in page
    opened_to_members(monkeypatch, row)
    page = page_of(secret)
    assert "Medicine: Ash. Round 1, closed on 2 February 2026." in page
    (published,) = releases(worlds.ORGANISATION)
    cells = next(group for group in published.release.groups if group.label == "Medicine: Ash").cells
    for cell in cells.values():
        assert cell.band is not None
        said = where(cell.band.low, cell.band.high)
        assert said[:1].upper() + said[1:] in page


def test_facts_come_before_conditions_and_conditions_before_people(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    secret = member(season)
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    names = re.findall(r'<section id="(\w+)"', page_of(secret))
    assert names == [
        "provided", "conditions", "carrying", "links", "promised", "changed", "limits", "talk", "who"
    ]  # fmt: skip
    one_page = re.findall(r'<section id="(\w+)"', page_of(secret, "page/"))
    assert one_page == ["provided", "condition", "outcome", "changed", "promised", "talk", "who"]


def test_a_group_that_was_silent_or_read_with_others_is_told_so(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    secret, merged = member(season), member(season, ("Medicine", "Oak"))
    closed(monkeypatch, season, 1, voices={**VOICES, "Ash": 5})
    row = closed(monkeypatch, season, 2, voices={**VOICES, "Ash": 5, "Bay": 4})
    opened_to_members(monkeypatch, row)
    page = page_of(secret)
    assert "<td>not enough voices this time</td>" in page
    assert "read together with others" in page
    assert "The rest of Medicine (Ash and Bay)" in page
    own = page_of(merged)
    assert "Medicine: Elm and Oak. Round 2" in own
    assert "so that nobody can be seen in it" in own


def test_a_part_is_read_from_the_bands_of_its_groups(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    secret = member(season)
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    whole = page_of(secret, f"?part={THE_WHOLE.key}")
    assert "The whole organisation. Round 1" in whole
    assert re.search(r"\d of 5 groups shown lie|(All|Half of the) groups shown lie", whole)
    surgery = Part(node=("Surgery",), label="Surgery")
    page = page_of(secret, f"?part={surgery.key}")
    assert "Surgery. Round 1" in page
    assert "Surgery: Fir" in page.split('id="together"')[1]
    assert "Medicine: Bay" not in page.split('id="together"')[1]
    fir = group_part((("Surgery", "Fir"),), "Surgery: Fir")
    assert "Surgery: Fir. Round 1" in page_of(secret, f"?part={fir.key}")


def test_no_address_names_a_part_and_an_unknown_one_is_not_found(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    secret = member(season)
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    asked = set(re.findall(r'href="[^"]*\?part=([^"]*)"', page_of(secret)))
    assert len(asked) == 8
    assert all(re.fullmatch(r"[0-9a-f]{12}", key) for key in asked)
    for hostile in ("0" * 12, "../", "Medicine", "1 OR 1=1"):
        assert client_with(secret).get("/my/report/", {"part": hostile}).status_code == 404


def test_nothing_of_another_organisation_is_ever_read(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    found_organisation(OTHER, "Hill School")
    theirs = season_of(organisation=OTHER, headcount={("Lower", "Larch"): 14, ("Lower", "Rowan"): 12})
    stranger = member(theirs, ("Lower", "Larch"))
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    for path in ("", "page/", f"?part={THE_WHOLE.key}", "report.csv"):
        page = page_of(stranger, path)
        for foreign in (TITLE, "Ash", "Medicine", "Surgery", "of 100"):
            assert foreign not in page
    ash = group_part((("Medicine", "Ash"),), "Medicine: Ash")
    assert client_with(stranger).get("/my/report/", {"part": ash.key}).status_code == 404


def test_the_page_leads_to_the_days_of_its_own_organisation(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    found_organisation(OTHER, "Hill School")
    theirs = season_of(organisation=OTHER, headcount={("Lower", "Larch"): 14, ("Lower", "Rowan"): 12})
    colleagues = member(season), member(season, ("Medicine", "Elm"))
    assert "/calendar/" not in page_of(colleagues[0])
    key = renew_calendar(asker=operator_of(worlds.ORGANISATION), instead_of="")
    addresses = {tuple(re.findall(r'href="(/calendar/[^"]*)"', page_of(one))) for one in colleagues}
    assert addresses == {(f"/calendar/{key}.ics?language=en",)}
    assert "/calendar/" not in page_of(member(theirs, ("Lower", "Larch")))
    assert client_with(colleagues[0]).get(addresses.pop()[0]).content.startswith(b"BEGIN:VCALENDAR")


def test_a_small_organisation_gets_words_and_no_number_of_people(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    season = small_season(1, {("Home", "Larch"): 6})
    page = page_of(member(season, ("Home", "Larch")))
    assert "There are too few people here" in page
    assert "What there is instead" in page
    assert page.index('id="provided"') < page.index('id="small"')
    words = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main")[0])
    assert "6" not in words
    assert "six" not in words


def test_an_organisation_that_shrinks_keeps_what_was_published(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    row = closed(monkeypatch, season, 1)
    later = small_season(2, {("Medicine", "Ash"): 6})
    worlds.set_day(monkeypatch, later.starts_on)
    page = page_of(member(later))
    assert "There are too few people here" in page
    assert "The whole organisation. Round 1, closed on" in page
    assert row.closes_on < later.starts_on


def test_a_changed_release_is_not_shown(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    season = begun(monkeypatch)
    secret = member(season)
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    kept = PublishedRelease.objects.get()
    kept.body = kept.body.replace('"change":null', '"change":"lower"', 1)
    monkeypatch.setattr(queries, "chain_of", lambda _: [kept])
    for path in PATHS:
        page = page_of(secret, path)
        assert "was changed since, so it is not shown" in page
        assert "of 100" not in page


def test_a_card_without_a_seat_is_told_so(world: CarerWorld) -> None:
    secret = Secret.new()
    for path in PATHS:
        assert "Your card has no seat" in page_of(secret, path)


def test_the_file_holds_every_figure_of_the_part_as_it_was_published(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    season = begun(monkeypatch)
    secret = member(season)
    for place in (1, 2):
        row = closed(monkeypatch, season, place)
    opened_to_members(monkeypatch, row)
    rows = list(csv.DictReader(io.StringIO(page_of(secret, "report.csv").lstrip("\ufeff"))))
    bands = {(one["round"], one["question"]): one for one in rows if one["kind"] == "band"}
    for published in releases(worlds.ORGANISATION):
        cells = next(one for one in published.release.groups if one.label == "Medicine: Ash").cells
        for name, cell in cells.items():
            kept = bands.pop((str(published.round), name))
            assert cell.band is not None
            assert cell.size is not None
            assert (float(kept["low"]), float(kept["high"])) == (cell.band.low, cell.band.high)
            assert (kept["voices"], kept["change"]) == (cell.size.label, cell.change or "")
    assert bands == {}


def test_names_act_as_text_alone(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    found_organisation(title='<b>"=1+1"</b>')
    worlds.set_day(monkeypatch, worlds.BEGINS)
    hostile: dict[tuple[str, ...], int] = {
        ("=SUM(A1)", "<script>x</script>"): 14,
        ("=SUM(A1)", "Elm & #hash"): 12,
    }
    season = season_of(headcount=hostile)
    secret = member(season, ("=SUM(A1)", "<script>x</script>"))
    row = worlds.open_planned(season, 1)
    groups = [code for code in season.group_codes.values() for _ in range(9)]
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    gate.close(row.id)
    opened_to_members(monkeypatch, row)
    for path in ("", "page/"):
        page = page_of(secret, path)
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page
        assert "<b>" not in page
    for line in csv.reader(io.StringIO(page_of(secret, "report.csv").lstrip("\ufeff"))):
        assert not any(entry.startswith(("=", "+", "@")) for entry in line)
