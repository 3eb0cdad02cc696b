"""The drafts of assessments: filled from what there is, with places for people, and closed to others."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from django.db.backends.base.introspection import BaseDatabaseIntrospection as Introspection
from django.urls import reverse
from pytest_django import Settings
from tests.attacks.test_staff_report_crawl import known_to
from tests.conditions.instances import Instance, instance, prepared
from tests.conditions.organisations import TEAMS
from tests.report.test_crawl import numbers_in
from tests.web.plain_words import forbidden_in, too_long
from tests.web.rounds_world import RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.small_world import HOME
from tests.web.staff_world import quick, signed_in

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import DocumentFault
from replenish.conditions.actions.told import Plan
from replenish.conditions.actions.writing import plan_action
from replenish.conditions.facts.kinds import kinds
from replenish.conditions.models import ProvidedFact
from replenish.conditions.queries import releases
from replenish.conditions.response import Promise, conditions_named, respond
from replenish.disclosure.attack.at_rest.vouched import TABLES
from replenish.people.roles import RoleKind
from replenish.report.document import Paragraph, Report, Section, Table
from replenish.report.odt import BEGINNING, KIND, Blank, draw_odt
from replenish.report.odt_styles import NAMESPACES
from replenish.report.pdf import Frame
from replenish.safekeeping.policy import ARRIVING, KEPT, LEFT_OUT
from replenish.voices.slips import SLIP_DAYS
from replenish.web.conditions_report.parts import THE_WHOLE
from replenish.web.staff.documents.psychosocial import AGREED, CONDITIONS, FACTS
from replenish.web.staff.documents.texts import (
    AREAS,
    DATA_PROTECTION,
    FOLDER,
    PSYCHOSOCIAL,
    data_protection_words,
    psychosocial_words,
    read_data_protection,
    read_psychosocial,
)

__all__ = ["instance", "prepared", "quick"]

PROMISE = "I put my own supervision in the open diary <always>."
# Our own words throughout: these stand in the published texts of the areas and steps, and in no draft.
NEVER_COPIED = (
    "workload, work patterns and the work environment",
    "how much say the person has",
    "encouragement, sponsorship and resources",
    "positive working to avoid conflict",
    "conflicting roles",
    "how organisational change",
    "context of the organization",
    "interested parties",
    "continual improvement",
)


def odt(world: RoundsWorld, kind: RoleKind, name: str) -> str:
    """The words of a draft, each paragraph on a line."""
    said = signed_in(world.people[kind]).get(reverse(f"staff-documents-{name}-odt"))
    assert (said.status_code, said["Content-Type"]) == (200, KIND)
    return "\n".join(text_of(said.content))


def text_of(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    for element in root.iter():
        if element.tag.rpartition("}")[2] in {"p", "h"}:
            yield "".join(element.itertext())


def lived(patch: pytest.MonkeyPatch) -> RoundsWorld:
    """One round, answered and readable, with a fact and a point."""
    world = begin_rounds_world(patch)
    row = live_round(patch, world, shift=18)
    ProvidedFact.objects.create(
        id="f1", organisation=world.organisation, unit="", kind="supervision_held",
        first_day=date(2025, 12, 1), last_day=date(2025, 12, 31), count=61_00, out_of=88_00, source="diaries",
        entered_by="", entered_on=row.closes_on,
    )  # fmt: skip
    promises = (Promise(PROMISE, "supervision", None), Promise("Something else.", "", None))
    respond(asker=world.asker(RoleKind.STEWARD), round_id=row.id, unit=None, promises=promises)
    days_after_close(patch, row, 2)
    return world


@pytest.mark.parametrize("name", [PSYCHOSOCIAL, DATA_PROTECTION])
def test_both_languages_say_the_same_parts_sources_and_tables(name: str) -> None:
    def shape(node: object) -> object:
        if isinstance(node, dict):
            kept = {"code", "tables", "source", "checked_on", "mark"}
            return {key: value if key in kept else shape(value) for key, value in node.items()}
        if isinstance(node, list):
            return [shape(value) for value in node]
        return type(node).__name__

    english, spanish = (
        yaml.safe_load((FOLDER / language / name).read_text("utf-8")) for language in ("en", "es")
    )
    assert shape(english) == shape(spanish)
    assert english != spanish


@pytest.mark.parametrize("name", [PSYCHOSOCIAL, DATA_PROTECTION])
def test_the_words_are_plain_judge_nobody_and_are_our_own(name: str) -> None:
    def said(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for key, value in node.items():
                if key not in {"source", "tables", "code", "mark"}:
                    yield from said(value)
        elif isinstance(node, list):
            for value in node:
                yield from said(value)
        elif isinstance(node, str):
            yield node

    words = "\n\n".join(said(yaml.safe_load((FOLDER / "en" / name).read_text("utf-8"))))
    assert too_long(words) == []
    assert forbidden_in(words) == []
    assert [one for one in NEVER_COPIED if one in words.casefold()] == []
    assert "not legal advice" in words


def test_every_condition_and_every_kind_of_fact_stands_in_one_area() -> None:
    assert tuple(CONDITIONS) == tuple(FACTS) == AREAS
    assert sorted(one for named in CONDITIONS.values() for one in named) == sorted(conditions_named())
    assert sorted(one for named in FACTS.values() for one in named) == sorted(kinds())
    assert set(AGREED) <= set(AREAS)


def test_every_table_is_described_and_none_that_is_not_there() -> None:
    described = {table for one in data_protection_words().holdings for table in one.tables}
    assert described == {*KEPT, *ARRIVING, *LEFT_OUT}
    assert described == TABLES.keys() - {"sqlite_sequence"}


def test_the_days_that_are_written_out_are_those_in_force() -> None:
    slips = next(one for one in data_protection_words().holdings if "voices_slip" in one.tables)
    assert SLIP_DAYS == 14
    assert slips.until.startswith("Fourteen days")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (PSYCHOSOCIAL, ("code: role", "code: control")),
        (PSYCHOSOCIAL, ("mark: R", "mark: B")),
        (PSYCHOSOCIAL, ("summary:", "about_it:")),
        (DATA_PROTECTION, ("ledger_entry", "voices_box")),
        (DATA_PROTECTION, ("checked_on: 2026-11-01", "checked_on: lately")),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_its_entry(
    tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    broken = tmp_path / name
    broken.write_text((FOLDER / "en" / name).read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(Refused) as refused:
        (read_psychosocial if name == PSYCHOSOCIAL else read_data_protection)(broken)
    assert refused.value.fault is DocumentFault.TEXT_FILE


def test_an_odt_file_is_whole_the_same_twice_and_lets_no_name_act_as_markup() -> None:
    section = Section(
        "one",
        "A <part> & more",
        (
            Paragraph("Words\x00 with a sign that no file may hold."),
            Paragraph(Blank("[To fill in: who?]"), "aside"),
            Table("Rows", ("A", "B"), (("</text:p>", Blank("[to fill in]")),)),
        ),
    )
    report = Report("Oak & <b>Elm</b>", "", date(2026, 2, 1), (section,), (), ())
    frame = Frame("Kind", "Facts", "Ending", language="es")
    content = draw_odt(report, frame)
    assert content == draw_odt(report, frame)
    assert content[30:38] == b"mimetype"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.read("mimetype").decode() == KIND
        assert {info.date_time for info in archive.infolist()} == {BEGINNING}
        listed = re.findall(r'full-path="([^"/][^"]*)"', archive.read("META-INF/manifest.xml").decode())
        assert sorted(listed) == ["content.xml", "meta.xml", "styles.xml"]
        parsed = {name: ET.fromstring(archive.read(name)) for name in listed}  # noqa: S314 - our own file
    # Every style that the text names is there.
    style = f"{{{NAMESPACES['style']}}}name"
    known = {one.get(style) for root in parsed.values() for one in root.iter() if one.get(style)}
    asked = {
        value
        for one in parsed["content.xml"].iter()
        for key, value in one.attrib.items()
        if key.endswith("}style-name")
    }
    assert asked <= known
    text = list(text_of(content))
    assert {"Oak & <b>Elm</b>", "A <part> & more", "</text:p>", "[To fill in: who?]"} <= set(text)
    spans = [one for one in parsed["content.xml"].iter() if one.tag.endswith("}span")]
    assert [one.text for one in spans] == ["[To fill in: who?]", "[to fill in]"]
    assert b'fo:language="es"' in zipfile.ZipFile(io.BytesIO(content)).read("styles.xml")


def test_the_psychosocial_draft_is_filled_with_what_there_is(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lived(monkeypatch)
    text = odt(world, RoleKind.REPRESENTATIVE, "psychosocial")
    for area in psychosocial_words().areas:
        assert area.title in text
    assert "61 of 88 meetings due" in text
    assert PROMISE in text
    assert "Something else." in text
    assert "groups shown lie above 50 of 100" in text
    assert "It is not legal advice." in text
    assert text.count("[to fill in]") > 18
    assert "Replenish asks nothing about this area." in text
    assert "A hospice" in text
    client = signed_in(world.people[RoleKind.STEWARD])
    told = client.get(reverse("staff-documents-psychosocial-odt"), headers={"Accept-Language": "es"})
    assert "Exigencias" in "\n".join(text_of(told.content))


def test_every_number_about_people_follows_from_what_the_reader_may_read(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lived(monkeypatch)
    published = releases(world.organisation)
    text = odt(world, RoleKind.REPRESENTATIVE, "psychosocial")
    # What law and standards are called holds numbers of their own.
    filled = text.split("What law and standards say")[0]
    told = numbers_in(re.sub(r"[0-9a-f]{16}", " ", filled))
    known = known_to(published, THE_WHOLE) | {61.0, 88.0, 12.0, 2025.0, 1.0, 31.0, 100.0, 7.0}
    known |= {float(day) for row in published for day in _days(row.closed_on)}
    assert {one for one in told if not any(abs(one - other) < 0.0006 for other in known)} == set()


def _days(closed: date) -> Iterator[int]:
    for more in range(4):
        day = closed + timedelta(days=more)
        yield from (day.day, day.month, day.year)


def test_a_leader_who_has_not_answered_reads_nothing_of_that_round(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch)
    row = live_round(monkeypatch, world, shift=18)
    days_after_close(monkeypatch, row, 2)
    behind = odt(world, RoleKind.STEWARD, "psychosocial")
    assert "groups shown lie above 50" not in behind
    assert "Nothing has been published yet that you can read." in behind
    assert "groups shown lie above 50" in odt(world, RoleKind.REPRESENTATIVE, "psychosocial")


def test_a_small_place_has_a_draft_without_a_number_about_people(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch, "Small House", HOME)
    text = odt(world, RoleKind.STEWARD, "psychosocial")
    assert "There are too few people here" in text
    assert "above 50 of 100" not in text


def test_the_data_protection_draft_says_what_is_in_force(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    world = lived(monkeypatch)
    for kind in (RoleKind.STEWARD, RoleKind.DEPUTY, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR):
        text = odt(world, kind, "data-protection")
        for words in ("28 days", "2 days", "14 days", "Harbour House", "A hospice"):
            assert words in text, words
        assert "not described in this draft" not in text
        assert "It is not legal advice." in text
        assert PROMISE not in text
        assert "above 50 of 100" not in text
    for secret in (str(instance.folder), str(instance.keys), "localhost"):
        assert secret not in text
    settings.REPLENISH_MAIL = True
    lines = odt(world, RoleKind.OPERATOR, "data-protection").split("\n")
    assert lines[lines.index("A mail server is set, so letters can leave") + 1] == "yes"


def test_a_table_that_nobody_described_is_named_and_not_left_out(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A seeded fault: somebody adds a table and says nothing."""
    world = begin_rounds_world(monkeypatch)
    before = Introspection.table_names
    monkeypatch.setattr(
        Introspection,
        "table_names",
        lambda self, *rest, **named: [*before(self, *rest, **named), "people_moods"],
    )
    text = odt(world, RoleKind.OPERATOR, "data-protection")
    assert "people_moods\nnot described in this draft" in text


def test_nothing_of_another_organisation_stands_in_either_draft(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lived(monkeypatch)
    other = begin_rounds_world(monkeypatch, "Other House", TEAMS)
    for name in ("psychosocial", "data-protection"):
        text = odt(other, RoleKind.STEWARD, name)
        assert "Other House" in text
        for foreign in ("Harbour House", PROMISE, "61 of 88", world.organisation):
            assert foreign not in text


def test_the_page_tells_each_part_what_it_may_take_along(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch)
    address = reverse("staff-documents")
    for kind in (RoleKind.STEWARD, RoleKind.DEPUTY, RoleKind.REPRESENTATIVE):
        page = signed_in(world.people[kind]).get(address).text
        assert page.count(".odt") == page.count(".pdf") == 2
    page = signed_in(world.people[RoleKind.OPERATOR]).get(address).text
    assert "psychosocial.odt" not in page
    assert "it is not for your part" in page
    assert page.count(".odt") == 1


@pytest.mark.parametrize("name", ["psychosocial", "data-protection"])
def test_both_are_on_paper_too(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    world = lived(monkeypatch)
    said = signed_in(world.people[RoleKind.REPRESENTATIVE]).get(reverse(f"staff-documents-{name}-pdf"))
    if name == "psychosocial":
        assert said.content.startswith(b"%PDF")
    assert said["Content-Disposition"] == f'attachment; filename="{name}-draft.pdf"'


def test_what_is_being_tried_stands_in_its_area(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = lived(monkeypatch)
    steward = world.asker(RoleKind.STEWARD)
    plan = Plan(
        condition="workload",
        owner=str(steward.account),
        first_day=clock.today() + timedelta(days=7),
        words="The handover has paid time of its own.",
        kind="redesign",
    )
    plan_action(asker=steward, plan=plan)
    text = odt(world, RoleKind.REPRESENTATIVE, "psychosocial")
    tried = text[text.index("Demands") : text.index("\nControl\n")]
    assert "The handover has paid time of its own.\nPlanned\n" in tried
    assert text.count("What is being tried") == 1
