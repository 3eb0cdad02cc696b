"""The crawl attack on the conditions report: every number on every page follows from a release, or is fixed.

A member reads everything that can be read: each part, on the page, on one page, as a file and on paper. Text
and drawings are read alike. What a page may say is worked out for its own part: a number of a larger part
does not excuse one on the page of a group. That the crawl can fail is shown with a mean, a count of people
and a finer stretch slipped in.

What leaders promised is left out of the count, and nothing else is: it stands in lists that are marked up as
their own words. "Two more hours a week from 1 March" is a sentence of theirs. They read the same releases as
everybody, so no number they write can come from an answer.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.languages.catalogue import messages
from tests.report.test_crawl import numbers_in
from tests.web.carer_world import client_with
from tests.web.report_world import (
    TITLE,
    VOICES,
    closed,
    found_organisation,
    member,
    opened_to_members,
    season_of,
)

from replenish.conditions.facts import reading
from replenish.conditions.models import ProvidedFact, Round, Season
from replenish.conditions.queries import MEMBERS_READ_AFTER, Published, releases
from replenish.conditions.response import ANSWER_WITHIN, Promise, answers_for, respond
from replenish.disclosure.bands import SIZE_CLASSES
from replenish.disclosure.release import Cell, ParentCell, Release
from replenish.people.actions import appoint
from replenish.people.askers import Asker, operator_of
from replenish.report.document import RoundBand
from replenish.web.conditions_report import drawing
from replenish.web.conditions_report import provided as provided_module
from replenish.web.conditions_report.parts import Part, parts_of
from replenish.web.conditions_report.sections import rounds as rounds_section

__all__ = ["instance", "prepared"]

OUR_WORDS = (
    "web/conditions_report",
    "web/templates/shared/report",
    "web/templates/carer/report",
    "measures/",
)
ASH = ("Medicine", "Ash")
STRETCH = re.compile(r'<rect class="(?:alone|together|part|stretch)[^"]*"([^>]*)/>')
ROW = re.compile(r'<tr><th scope="row">(\d+)</th><td>[^<]*</td><td>([\d.]+)–([\d.]+)</td>')
PAGES, FILES, PAPER = ("", "page/"), ("report.csv",), ("report.pdf", "page.pdf")


@dataclass(frozen=True)
class Crawled:
    """A page of one part, as it was served."""

    name: str
    part: Part
    content: bytes


def simulated(patch: pytest.MonkeyPatch) -> tuple[Client, tuple[Published, ...]]:
    """A season of three rounds, one group silent in one of them; a member on the day all can be read."""
    found_organisation()
    worlds.set_day(patch, worlds.BEGINS)
    season = season_of()
    secret = member(season)
    closed(patch, season, 1, shift=-18)
    closed(patch, season, 2, shift=-18, voices={**VOICES, "Ash": 5, "Bay": 4})
    row = closed(patch, season, 3, shift=18, voices={**VOICES, "Fir": 3})
    opened_to_members(patch, row)
    provided(season)
    return client_with(secret), releases(worlds.ORGANISATION)


def provided(season: Season) -> None:
    """Facts of two months for single units and for the whole, with numbers that nothing else has."""
    named = ["", *sorted(season.unit_codes)]
    months = ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28)))
    for place, unit in enumerate(named):
        for number, days in enumerate(months):
            for kind in ("supervision_held", "restraints"):
                out_of = 311 + 20 * place + 7 * number
                ProvidedFact.objects.create(
                    id=f"{place}{number}{kind}", organisation=worlds.ORGANISATION, unit=unit, kind=kind,
                    first_day=days[0], last_day=days[1], count=100 * (out_of // 3), out_of=100 * out_of,
                    source="diaries", entered_by="", entered_on=worlds.BEGINS,
                )  # fmt: skip


def of_facts(part: Part) -> set[float]:
    """The numbers that facts tell about a part: of its own row, or the sums over all of its units."""
    if part.node is not None and part.node != ():
        return set()
    units = {f"id of {path[-1]}" for path in part.units} or {""}
    rows = ProvidedFact.objects.filter(organisation=worlds.ORGANISATION, unit__in=units)
    sums: dict[tuple[str, date, date], list[float]] = {}
    for row in rows:
        told = sums.setdefault((row.kind, row.first_day, row.last_day), [0.0, 0.0])
        told[0] += row.count / 100
        told[1] += row.out_of / 100
    found: set[float] = set()
    for (kind, first, last), (count, out_of) in sums.items():
        per = 1000 if kind == "restraints" else 100
        share = per * count / out_of
        found |= {count, out_of, float(per), float(round(share)), *_of_day(first), *_of_day(last)}
        # The end of the scale of its drawing.
        found |= {500.0}
    return found


def crawled(client: Client, published: Sequence[Published], kinds: Sequence[str]) -> Iterator[Crawled]:
    """Every page of these kinds, for every part that a page leads to."""
    asked = set(re.findall(r"\?part=([0-9a-f]+)", client.get("/my/report/").text))
    assert len(asked) == 8
    parts = parts_by_key(published)
    for key in sorted(asked):
        for kind in kinds:
            found = client.get(f"/my/report/{kind}", {"part": key})
            assert found.status_code == 200
            yield Crawled(f"{kind} of {parts[key].name}", parts[key], found.content)


def words_of(page: bytes) -> str:
    """The text of a page between its bar and its feet."""
    inside = page.decode().split("<main", 1)[1].split("</main>", 1)[0]
    inside = re.sub(r"\?part=[0-9a-f]+", " ", inside)
    inside = re.sub(r'<ul class="leaders-words">.*?</ul>', " ", inside, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", inside))


def fixed_numbers() -> set[float]:
    """Numbers in sentences that are the same on every page, and in the marks of a scale."""
    ours = (message.text for message in messages() if message.place.startswith(OUR_WORDS))
    return numbers_in("\n".join(re.sub(r"%\(\w+\)s", " ", text) for text in ours)) | {0.0, 50.0, 100.0}


def parts_by_key(published: Sequence[Published]) -> dict[str, Part]:
    return {part.key: part for one in published for part in parts_of(one.release)}


def told_of(release: Release, part: Part) -> tuple[list[Cell], list[ParentCell], set[str]]:
    """What a release says about a part: cells of its leaf or of those inside it, its own cells, labels."""
    node = part.node
    if node is None:
        leaves = [group for group in release.groups if set(part.units) <= set(group.units)]
        own: list[ParentCell] = []
    else:
        leaves = [group for group in release.groups if group.parent[: len(node)] == node]
        own = [cell for parent in release.parents if parent.path == node for cell in parent.cells.values()]
    return [cell for group in leaves for cell in group.cells.values()], own, {group.label for group in leaves}


def spans_of(release: Release, part: Part) -> set[tuple[float, float]]:
    """The ends of everything that lies between two ends, as published or moved outwards to whole points."""
    cells, own, _ = told_of(release, part)
    found = {(cell.band.low, cell.band.high) for cell in cells if cell.band is not None}
    for cell in own:
        found |= {(cell.low, cell.high), (float(math.floor(cell.low)), float(math.ceil(cell.high)))}
    return found


def derivable(published: Sequence[Published], part: Part) -> set[float]:
    """What follows from these releases about a part, and from the days that everybody knows."""
    found = fixed_numbers() | numbers_in(TITLE) | {float(MEMBERS_READ_AFTER.days), float(ANSWER_WITHIN.days)}
    found |= of_facts(part)
    for one in published:
        found |= {float(one.round), *_of_day(one.closed_on)}
        found |= {end for span in spans_of(one.release, part) for end in span}
        found |= {float(end or 0) for size in SIZE_CLASSES for end in (size.low, size.high)}
        _, own, labels = told_of(one.release, part)
        found |= {middle for cell in own for middle in (cell.middle, float(round(cell.middle)))}
        found |= numbers_in("; ".join(labels))
        if part.node is not None:
            found |= {float(number) for number in range(len(one.release.groups) + 1)}
        for result in one.release.model_results:
            told = (result.estimate, result.low, result.high, result.step)
            found |= {abs(value) for value in told if value is not None}
            found |= numbers_in(f"{result.people_class} {result.groups_class}")
    for row in Round.objects.all():
        found |= _of_day(row.closes_on + MEMBERS_READ_AFTER)
        found |= _of_day(row.closes_on + MEMBERS_READ_AFTER + ANSWER_WITHIN)
    for answered in answers_for(worlds.ORGANISATION):
        for answer in answered.answers:
            found |= _of_day(answer.said_on) | numbers_in(f"{answer.signed} {answer.scope.name}")
    return found


def _of_day(day: date) -> set[float]:
    return {float(day.day), float(day.month), float(day.year)}


def test_a_fact_of_another_part_is_found(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: every page tells the facts of one unit."""
    client, published = simulated(monkeypatch)
    told = reading.units_at
    monkeypatch.setattr(provided_module, "units_at", lambda organisation, _: told(organisation, [ASH]))
    wrong = {page.name for page in crawled(client, published, ("",)) if underivable_in(page, published)}
    assert " of Medicine: Ash" not in wrong
    assert " of Surgery: Yew" in wrong


def underivable_in(page: Crawled, published: Sequence[Published]) -> set[float]:
    return underivable(words_of(page.content), published, page.part)


def underivable(text: str, published: Sequence[Published], part: Part) -> set[float]:
    known = derivable(published, part)
    return {number for number in numbers_in(text) if not any(abs(number - one) < 0.0006 for one in known)}


def all_spans(published: Sequence[Published], part: Part) -> set[tuple[float, float]]:
    return {span for one in published for span in spans_of(one.release, part)}


def stretches_of(page: bytes) -> set[tuple[float, float]]:
    """What the drawings show: the two ends of every stretch, upright or lying."""
    found = set()
    for attributes in STRETCH.findall(page.decode()):
        place = {name: float(value) for name, value in re.findall(r'(\w+)="([-\d.]+)"', attributes)}
        if place["height"] == 100 and place["y"] == 0 and place["width"] > 1:
            found.add((place["x"], round(place["x"] + place["width"], 3)))
        else:
            found.add((round(100 - place["y"] - place["height"], 3), round(100 - place["y"], 3)))
    return found


def test_every_number_on_every_page_follows_from_a_release(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, published = simulated(monkeypatch)
    seen: set[tuple[float, float]] = set()
    for page in crawled(client, published, PAGES):
        assert underivable(words_of(page.content), published, page.part) == set(), page.name
        drawn = stretches_of(page.content)
        assert drawn <= all_spans(published, page.part), page.name
        seen |= drawn
    assert len(seen) > 5


def test_a_number_that_a_leader_wrote_is_theirs_and_one_outside_their_words_is_not(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they promise stands in lists of their own; the same words anywhere else are found."""
    client, published = simulated(monkeypatch)
    operator = operator_of(worlds.ORGANISATION)
    steward = Asker(worlds.ORGANISATION, appoint(asker=operator, role="steward", name="Ada").account)
    row = Round.objects.get(number=3)
    promises = (Promise("From now on 43.27 minutes of silence a day."),)
    respond(asker=steward, round_id=row.id, unit=None, promises=promises)
    pages = list(crawled(client, published, PAGES))
    assert all("43.27" in page.content.decode() for page in pages)
    assert all(not underivable(words_of(page.content), published, page.part) for page in pages)
    unmarked = [page.content.replace(b' class="leaders-words"', b"") for page in pages]
    assert all(
        underivable(words_of(content), published, page.part) == {43.27}
        for content, page in zip(unmarked, pages, strict=True)
    )


def test_every_number_in_every_file_follows_from_a_release(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, published = simulated(monkeypatch)
    for page in crawled(client, published, FILES):
        assert underivable(page.content.decode("utf-8-sig"), published, page.part) == set(), page.name


def test_every_row_of_every_table_is_what_was_published_in_that_round(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, published = simulated(monkeypatch)
    by_round = {str(one.round): one.release for one in published}
    rows = 0
    for page in crawled(client, published, ("",)):
        told = page.content.decode().split('<section id="conditions"')[1].split('<section id="links"')[0]
        for number, low, high in ROW.findall(told):
            assert (float(low), float(high)) in spans_of(by_round[number], page.part), page.name
            rows += 1
    assert rows > 100


@pytest.mark.patient
def test_every_number_on_paper_follows_from_a_release(
    instance: Instance, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    client, published = simulated(monkeypatch)
    pages = {float(number) for number in range(1, 30)}
    for page in crawled(client, published, PAPER):
        written = tmp_path / "report.pdf"
        written.write_bytes(page.content)
        command = ["pdftotext", "-layout", str(written), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert underivable(text, published, page.part) - pages == set(), page.name
        if page.name.startswith("page"):
            assert text.count("\f") == 1, f"{page.name} is longer than one page"


@pytest.mark.parametrize("slipped", ["43.27", "41 people answered", "the lowest was 3.4"])
def test_a_mean_or_a_count_that_slips_into_words_is_found(
    slipped: str, instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, published = simulated(monkeypatch)
    monkeypatch.setattr(rounds_section, "upper", lambda text: f"{text} {slipped}")
    pages = crawled(client, published, ("",))
    assert any(underivable(words_of(page.content), published, page.part) for page in pages)


def test_a_stretch_that_is_finer_than_its_band_is_found(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, published = simulated(monkeypatch)
    drawn = drawing._stretch

    def finer(one: RoundBand, centre: float, tint: str) -> str:
        return drawn(RoundBand(one.label, one.low, (one.high or 0) - 3), centre, tint) if one.low else ""

    monkeypatch.setattr(drawing, "_stretch", finer)
    pages = crawled(client, published, ("",))
    assert any(not stretches_of(page.content) <= all_spans(published, page.part) for page in pages)
