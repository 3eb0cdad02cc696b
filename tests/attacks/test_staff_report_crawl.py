"""The crawl attack on the report of those with a part: pages, files, paper and pictures.

As a representative, a steward of the whole and a steward of one service, with one round that still waits for
the answer of the steward of that service. What somebody may not read yet excuses no number on their pages.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.attacks.test_report_crawl import (
    all_spans,
    derivable,
    parts_by_key,
    stretches_of,
    words_of,
)
from tests.conditions.instances import Instance, instance, prepared
from tests.report.test_crawl import numbers_in
from tests.web.rounds_world import (
    SERVICE,
    VOICES,
    RoundsWorld,
    begin_rounds_world,
    days_after_close,
    live_round,
)
from tests.web.staff_world import Browser, quick, signed_in

from replenish.conditions.models import Round
from replenish.conditions.queries import Published, releases
from replenish.conditions.response import ANSWER_WITHIN, Readable, readable_to, respond
from replenish.leadership.queries import Promise
from replenish.people.askers import Asker
from replenish.people.roles import RoleKind
from replenish.web.conditions_report.parts import Part
from replenish.web.conditions_report.pictures import slides
from replenish.web.staff.report import reading

__all__ = ["instance", "prepared", "quick"]
pytestmark = pytest.mark.patient

PROMISES = (Promise("Supervision is never cancelled.", "supervision", None),)
PAGES, FILES = ("", "page/", "pictures/"), ("report.csv", "pictures.zip")
PAPER = ("report.pdf", "page.pdf")
SAID = re.compile(r"<(?:text|title)[^>]*>([^<]*)</")
FINGERPRINT = re.compile(r"\b[0-9a-f]{16}\b")
ALL_READ, ONE_WAITS = 3, 2


def lived(patch: pytest.MonkeyPatch) -> tuple[RoundsWorld, dict[str, tuple[Browser, tuple[Published, ...]]]]:
    """Three rounds; the head of one service has not answered the newest, the steward of all has."""
    world = begin_rounds_world(patch)
    for shift, voices in ((-18, VOICES), (-18, {**VOICES, "Ash": 5}), (18, {**VOICES, "Yew": 4})):
        row = live_round(patch, world, shift=shift, voices=voices)
    days_after_close(patch, row, 2)
    steward, head = world.asker(RoleKind.STEWARD), Asker(world.organisation, world.head.account)
    closed = list(Round.objects.filter(release__isnull=False).order_by("number"))
    for one in closed[:-1]:
        respond(asker=steward, round_id=one.id, unit=None, promises=PROMISES)
    people = {
        "representative": (world.people[RoleKind.REPRESENTATIVE], world.asker(RoleKind.REPRESENTATIVE)),
        "steward": (world.people[RoleKind.STEWARD], steward),
        "head": (world.head, head),
    }
    # The head of the service answers for it, so that they read the newest round and the steward does not.
    respond(asker=head, round_id=closed[-1].id, unit=world.staffed.units[SERVICE], promises=PROMISES)
    read = {who: (signed_in(person), readable_to(asker).published) for who, (person, asker) in people.items()}
    assert {who: len(told) for who, (_, told) in read.items()} == {
        "representative": ALL_READ, "steward": ONE_WAITS, "head": ALL_READ,
    }  # fmt: skip
    return world, read


def crawled(
    client: Browser, published: Sequence[Published], kinds: Sequence[str]
) -> Iterator[tuple[str, Part, bytes]]:
    """Every page of these kinds, for every part that the page leads to."""
    asked = set(re.findall(r"\?part=([0-9a-f]+)", client.get("/staff/report/").text))
    assert len(asked) > 4
    parts = parts_by_key(published)
    for key in sorted(asked):
        for kind in kinds:
            found = client.get(f"/staff/report/{kind}", {"part": key})
            assert found.status_code == 200
            yield f"{kind} of {parts[key].name}", parts[key], found.content


def known_to(published: Sequence[Published], part: Part) -> set[float]:
    """What follows from what the reader may read, from the days of the gate, and from the calendar."""
    found = derivable(published, part) | {float(ANSWER_WITHIN.days)}
    for row in Round.objects.all():
        for day in (row.closes_on, row.closes_on + ANSWER_WITHIN):
            found |= {float(row.number), float(day.day), float(day.month), float(day.year)}
            found |= {float(day.day + more) for more in range(4)}
    questions = len(published[-1].release.scales)
    return found | {float(count) for count in range(questions + 1)}


def unknown(text: str, published: Sequence[Published], part: Part) -> set[float]:
    known = known_to(published, part)
    told = numbers_in(FINGERPRINT.sub(" ", text))
    return {number for number in told if not any(abs(number - one) < 0.0006 for one in known)}


def said_in(content: bytes) -> str:
    """What can be read in a picture."""
    return "\n".join(SAID.findall(content.decode()))


def pictures_in(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".svg"))


def test_every_number_on_every_page_follows_from_what_the_reader_may_read(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, readers = lived(monkeypatch)
    for who, (client, published) in readers.items():
        for name, part, content in crawled(client, published, PAGES):
            assert unknown(words_of(content), published, part) == set(), (who, name)
            if not name.startswith("pictures"):
                assert stretches_of(content) <= all_spans(published, part), (who, name)


def test_every_number_in_every_file_and_picture_follows_from_what_the_reader_may_read(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, readers = lived(monkeypatch)
    for who, (client, published) in readers.items():
        drawn = 0
        for name, part, content in crawled(client, published, FILES):
            if name.startswith("report.csv"):
                assert unknown(content.decode("utf-8-sig"), published, part) == set(), (who, name)
                continue
            for picture in pictures_in(content):
                assert unknown(said_in(picture), published, part) == set(), (who, name)
                drawn += 1
        assert drawn > 50


def test_nothing_of_a_waiting_release_is_told_to_who_waits(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, readers = lived(monkeypatch)
    client, published = readers["steward"]
    waiting = releases(world.organisation)[-1]
    assert waiting.release.hash not in {one.release.hash for one in published}
    for name, _, content in crawled(client, published, (*PAGES, "report.csv")):
        assert waiting.release.hash[:16] not in content.decode(), name
        assert not re.search(r'<tr><th scope="row">3</th>', content.decode()), name
    archive = client.get("/staff/report/pictures.zip").content
    assert all(waiting.release.hash[:16] not in said_in(picture) for picture in pictures_in(archive))
    assert waiting.release.hash[:16] not in client.get("/staff/").text


def test_every_number_on_paper_follows_from_what_the_reader_may_read(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    _, readers = lived(monkeypatch)
    pages = {float(number) for number in range(1, 30)}
    for who in ("steward", "head"):
        client, published = readers[who]
        for name, part, content in crawled(client, published, PAPER):
            written = tmp_path / "report.pdf"
            written.write_bytes(content)
            command = ["pdftotext", "-layout", str(written), "-"]
            text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            assert unknown(text, published, part) - pages == set(), (who, name)
            if name.startswith("page"):
                assert text.count("\f") == 1, f"{name} is longer than one page"


@pytest.mark.parametrize("slipped", ["43.27", "41 people answered"])
def test_a_mean_or_a_count_that_slips_into_a_picture_is_found(
    slipped: str, instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, readers = lived(monkeypatch)
    client, published = readers["head"]
    monkeypatch.setattr(slides, "_reading", lambda _source, _marks: slipped)
    pictures = [
        (part, picture)
        for _, part, content in crawled(client, published, ("pictures.zip",))
        for picture in pictures_in(content)
    ]
    assert all(unknown(said_in(picture), published, part) for part, picture in pictures)


def test_a_gate_that_stands_open_is_found(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, readers = lived(monkeypatch)
    client, published = readers["steward"]
    everything = releases(world.organisation)
    monkeypatch.setattr(reading, "readable_to", lambda _asker, _on: Readable(everything, ()))
    newest = everything[-1].release.hash[:16]
    assert any(newest in content.decode() for _, _, content in crawled(client, everything, ("",)))
    assert newest not in {one.release.hash[:16] for one in published}
