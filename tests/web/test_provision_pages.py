"""Pages of facts of provision: read by all who read, entered by those who answer, lost by nobody."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.conditions import worlds
from tests.conditions.facts_world import fact
from tests.web.staff_world import Browser, StaffWorld, begin_organisation, quick, signed_in

from replenish.conditions.facts.entering import enter_fact
from replenish.conditions.facts.reading import entered_facts
from replenish.people.actions import add_unit
from replenish.people.roles import LEADERS, RoleKind

__all__ = ["quick"]

BEGUN, TODAY = date(2025, 12, 1), date(2026, 2, 10)
PAGE, ENTER, CORRECT = "/staff/provision/", "/staff/provision/enter/", "/staff/provision/correct/"
TAKE_BACK, IMPORT = "/staff/provision/take-back/", "/staff/provision/import/"
HEADER = "part,fact,from,until,count,out_of,source\n"
ENTRANTS = (*LEADERS, RoleKind.FACILITATOR, RoleKind.SUPERVISOR)

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(quick: None, monkeypatch: pytest.MonkeyPatch) -> tuple[StaffWorld, StaffWorld]:
    worlds.set_day(monkeypatch, BEGUN)
    made = begin_organisation("Ours"), begin_organisation("Theirs")
    worlds.set_day(monkeypatch, TODAY)
    return made


@pytest.fixture
def ours(both: tuple[StaffWorld, StaffWorld]) -> StaffWorld:
    return both[0]


@pytest.fixture
def theirs(both: tuple[StaffWorld, StaffWorld]) -> StaffWorld:
    return both[1]


def browser(world: StaffWorld, kind: RoleKind = RoleKind.STEWARD) -> Browser:
    return signed_in(world.people[kind])


def fields(world: StaffWorld, **changed: str) -> dict[str, str]:
    return {
        "unit": world.unit, "kind": "supervision_held", "from": "2026-01-01", "until": "2026-01-31",
        "count": "6", "out_of": "8", "source": "diaries", **changed,
    }  # fmt: skip


def test_a_figure_is_entered_corrected_and_taken_back(ours: StaffWorld) -> None:
    client = browser(ours)
    page = client.get(ENTER, {"unit": ours.unit, "kind": "supervision_held"}).text
    assert 'value="2026-01-01"' in page
    assert "Meetings for reflective supervision that took place" in page
    assert "Everybody in the organisation can see it." in page
    for _ in range(2):
        sent = client.post(ENTER, fields(ours))
        assert sent.status_code == 302
    assert sent["Location"] == f"{PAGE}?unit={ours.unit}#supervision_held"
    page = client.get(PAGE, {"unit": ours.unit}).text
    assert "6 of 8 meetings due" in page
    assert "75 %" in page
    assert "diaries, entered by Steward of Ours on 10 Feb 2026" in page
    (row,) = entered_facts(ours.organisation)
    assert 'value="8"' in client.get(CORRECT, {"fact": row.fact}).text
    client.post(CORRECT, {**fields(ours, count="7"), "fact": row.fact})
    page = client.get(PAGE, {"unit": ours.unit}).text
    assert "7 of 8 meetings due" in page
    assert "6 of 8 meetings due, entered by Steward of Ours. Corrected by Steward of Ours" in page
    (row,) = entered_facts(ours.organisation)
    assert "Take this figure back?" in client.get(TAKE_BACK, {"fact": row.fact}).text
    for _ in range(2):
        assert client.post(TAKE_BACK, {"fact": row.fact}).status_code == 302
    assert entered_facts(ours.organisation) == ()
    page = client.get(PAGE, {"unit": ours.unit}).text
    assert "Taken back by Steward of Ours" in page
    assert client.get(CORRECT, {"fact": row.fact}).status_code == 409
    assert len(entered_facts(ours.organisation, current=False)) == 2


def test_what_cannot_be_stays_in_the_form_with_every_reason(ours: StaffWorld) -> None:
    client = browser(ours)
    said = client.post(ENTER, fields(ours, count="nine", out_of="1,240", until="31 January"))
    assert said.status_code == 400
    assert 'value="nine"' in said.text
    assert "“1,240” is not a number that can be read here" in said.text
    assert 'href="#until"' in said.text
    said = client.post(ENTER, fields(ours, count="9"))
    assert "9 out of 8 cannot be; look at both numbers again." in said.text
    said = client.post(ENTER, fields(ours, kind="sickness_absence"))
    assert "There are no reporting groups here" in said.text
    assert entered_facts(ours.organisation) == ()


def test_each_part_reads_and_only_those_who_answer_enter(ours: StaffWorld) -> None:
    row = enter_fact(asker=ours.asker(RoleKind.STEWARD), entry=fact(ours.unit))
    for kind in RoleKind:
        client = browser(ours, kind)
        page = client.get(PAGE, {"unit": ours.unit})
        if kind is RoleKind.OPERATOR:
            assert page.status_code == 404
            continue
        assert "6 of 8 meetings due" in page.text
        may = kind in (*LEADERS, RoleKind.SUPERVISOR)
        assert (f"correct/?fact={row}" in page.text) == may
        assert client.get(CORRECT, {"fact": row}).status_code == (200 if may else 404)
        assert client.post(TAKE_BACK, {"fact": "no such"}).status_code == 404
        named = {"unit": ours.unit, "kind": "debrief_held"}
        enters = kind in (*LEADERS, RoleKind.FACILITATOR)
        assert client.get(ENTER, named).status_code == (200 if enters else 404)
        choose = client.get(ENTER, {"unit": ours.unit})
        assert choose.status_code == (200 if kind in ENTRANTS else 404)


def test_a_leader_of_a_part_enters_nothing_beside_it(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.set_day(monkeypatch, BEGUN)
    elm = add_unit(asker=ours.operator, name="Elm")
    worlds.set_day(monkeypatch, TODAY)
    client = browser(ours)
    for unit in (elm, ""):
        assert client.get(ENTER, {"unit": unit, "kind": "vacancies"}).status_code == 404
        assert client.post(ENTER, fields(ours, unit=unit, kind="vacancies")).status_code == 404
    table = HEADER + "Elm,vacancies,2026-01-01,2026-01-31,1,9,\n*,vacancies,2026-01-01,2026-01-31,1,9,\n"
    page = client.post(IMPORT, {"text": table})
    assert page.text.count("You do not answer for this part; ask somebody who does to enter it.") == 2
    assert "Elm" not in client.get("/staff/provision/example.csv").text


def test_nothing_of_another_organisation_is_read_or_changed(ours: StaffWorld, theirs: StaffWorld) -> None:
    row = enter_fact(asker=theirs.asker(RoleKind.STEWARD), entry=fact(theirs.unit))
    for kind in RoleKind:
        client = browser(ours, kind)
        assert client.get(PAGE, {"unit": theirs.unit}).status_code == 404
        assert client.get(ENTER, {"unit": theirs.unit}).status_code == 404
        for address in (CORRECT, TAKE_BACK):
            assert client.get(address, {"fact": row}).status_code == 404
            assert client.post(address, {**fields(theirs), "fact": row}).status_code == 404
        assert client.post(ENTER, fields(theirs)).status_code == 404
        if kind is not RoleKind.OPERATOR:
            assert "supervision_held" not in client.get("/staff/provision/facts.csv").text
    assert len(entered_facts(theirs.organisation, current=False)) == 1


def test_a_table_is_looked_at_before_anything_is_kept(ours: StaffWorld) -> None:
    client = browser(ours)
    example = client.get("/staff/provision/example.csv").content.decode("utf-8-sig")
    assert "Oak,supervision_held,2026-01-01,2026-01-31,,," in example
    filled = example.replace(
        "Oak,vacancies,2026-01-01,2026-01-31,,,", "Oak,vacancies,2026-01-01,2026-01-31,2.5,20,"
    )
    brought = SimpleUploadedFile("facts.csv", filled.encode("utf-8-sig"))
    page = client.post(IMPORT, {"table": brought, "text": ""})
    assert page.status_code == 200
    assert "Nothing is kept yet." in page.text
    assert "2.5 of 20 posts" in page.text
    assert entered_facts(ours.organisation) == ()
    kept = {"text": re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)[0], "keep": "on"}
    for _ in range(2):
        assert client.post(IMPORT, kept).status_code in (200, 302)
    (row,) = entered_facts(ours.organisation)
    assert (row.kind, str(row.period.count)) == ("vacancies", "2.5")
    assert client.get("/staff/provision/facts.csv").content.decode("utf-8-sig") == (
        HEADER.replace("\n", "\r\n") + "Oak,vacancies,2026-01-01,2026-01-31,2.5,20,\r\n"
    )


def test_good_rows_can_be_kept_and_the_others_are_not_lost(ours: StaffWorld) -> None:
    client = browser(ours)
    good = "Oak,breaks_kept,2026-01-01,2026-01-31,40,60,rota\n"
    bad = "Oka,breaks_kept,2026-01-01,2026-01-31,40,60,rota\n"
    page = client.post(IMPORT, {"text": HEADER + good + bad})
    assert page.status_code == 400
    assert "No part called “Oka” stood in your organisation on 2026-01-31" in page.text
    assert "1 row can be kept." in page.text
    assert entered_facts(ours.organisation) == ()
    page = client.post(IMPORT, {"text": HEADER + good + bad, "keep": "on"})
    assert "1 figure was kept. The rows that were left stand below." in page.text
    (left,) = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert bad.strip() in left
    assert good.strip() not in left
    assert len(entered_facts(ours.organisation)) == 1
    page = client.post(IMPORT, {"text": HEADER + good + bad, "keep": "on"})
    assert "1 row is there already, number for number." in page.text
    assert len(entered_facts(ours.organisation)) == 1


def test_what_is_no_table_is_said_and_stays_in_the_form(ours: StaffWorld) -> None:
    client = browser(ours)
    for text, said in (
        ("", "There is nothing in this table"),
        ("just words", "The columns cannot be told apart"),
        ("part,fact\nOak,vacancies\n", "The column “from” is missing"),
    ):
        page = client.post(IMPORT, {"text": text})
        assert page.status_code == 400
        assert said in page.text
        assert text.split("\n")[0] in page.text
    page = client.post(IMPORT, {"table": SimpleUploadedFile("a.csv", b"PK\x03\x04\x00\x01")})
    assert "This file is not a text table" in page.text


def test_names_are_escaped_wherever_they_stand(ours: StaffWorld) -> None:
    client = browser(ours)
    client.post(ENTER, fields(ours, source="<b>rota</b>"))
    page = client.get(PAGE, {"unit": ours.unit}).text
    assert "&lt;b&gt;rota" in page
    assert "<b>rota" not in page
    page = client.post(IMPORT, {"text": HEADER + "<i>Oak</i>,vacancies,2026-01-01,2026-01-31,1,2,\n"}).text
    assert "<i>Oak" not in page
