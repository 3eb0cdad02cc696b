"""The crawl attack on a year of the application: whatever anybody can open, no number betrays people.

Every page and file is fetched as everybody. Each number on it must be one that everybody knows anyway (a day,
a number in a sentence of ours), follow from a release, be a fact of provision, or be a headcount or a number
of slips that two keys declared. Counts of voices in this world are such that they are none of these.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import override_settings
from tests.attacks.actions_told import of_actions, without_library
from tests.attacks.drafts_told import of_sources, words_to_edit
from tests.attacks.guides_told import of_guides
from tests.attacks.lived_year import (
    FACTS,
    OURS,
    ROUNDS,
    UNANSWERED,
    VOICES,
    Fetched,
    LivedYear,
    crawl,
    live_a_year,
    readers,
)
from tests.attacks.test_report_crawl import derivable, parts_by_key
from tests.conditions.instances import Prepared, copied, prepared
from tests.languages.catalogue import messages
from tests.report.test_crawl import numbers_in
from tests.web.rounds_world import RoundsWorld
from tests.web.staff_world import make_quick

from replenish.conditions.queries import Published, releases
from replenish.disclosure.attack import proof_attack
from replenish.disclosure.release import to_plain
from replenish.people.presets import preset_named
from replenish.people.queries import headcount, organisation_summary, unit_tree
from replenish.people.tree import subtree
from replenish.report.odt import KIND
from replenish.web.staff import home as home_page

__all__ = ["prepared"]

pytestmark = pytest.mark.patient

# How long texts may be, and the hours that a guide or a preset names.
LIMITS = {160.0, 280.0, 300.0, 1000.0}
DAYS = {float(number) for number in range(32)} | {2025.0, 2026.0, 2027.0}
# Numbers a browser reads and nobody sees: account numbers, hashes and codes are no words of digits alone.
# A calendar writes its days in one piece.
DAY_TOGETHER = re.compile(r"\b202[567](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:T\d{6}Z)?\b")
SAID = re.compile(r"<text[^>]*>([^<]*)</text>")
CODE = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){2,}\b|(?<![.\d])\b(?=[0-9]*[a-f])[0-9a-f]{8,}\b")


@dataclass(frozen=True)
class Seen:
    """What the crawl brought home, by reader."""

    year: LivedYear
    pages: Mapping[str, tuple[Fetched, ...]]
    worlds: Mapping[str, RoundsWorld | None]


@pytest.fixture(scope="module")
def seen(
    prepared: Prepared,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Iterator[Seen]:
    """One year and one crawl for all tests here; none of them changes anything."""
    with lived_on(prepared, tmp_path_factory.mktemp("year"), django_db_blocker) as patch:
        year = live_a_year(patch)
        found = list(readers(year))
        yield Seen(
            year,
            {name: tuple(crawl(client, name)) for name, _world, client in found},
            {name: world for name, world, _client in found},
        )


@contextmanager
def lived_on(prepared: Prepared, folder: Path, blocker: Any) -> Iterator[pytest.MonkeyPatch]:  # noqa: ANN401
    """An installation of its own, on which codes cost little and may be tried often."""
    quickly = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with (
        blocker.unblock(),
        copied(prepared, folder) as made,
        override_settings(REPLENISH_INSTANCE=made.folder, REPLENISH_KEYS=made.keys, **quickly),
        pytest.MonkeyPatch.context() as patch,
    ):
        make_quick(patch)
        yield patch


def ours_anyway() -> set[float]:
    """Numbers in our own sentences and limits, those of the calendar, and where the installation is."""
    where = f"{settings.REPLENISH_ADDRESS} {settings.REPLENISH_INSTANCE}".replace(":", " ")
    said = "\n".join(re.sub(r"%\(\w+\)s|\{\{.*?\}\}", " ", message.text) for message in messages())
    return numbers_in(said) | numbers_in(where) | DAYS | LIMITS | of_sources() | of_guides()


def allowed(world: RoundsWorld) -> set[float]:
    """What pages of an organisation may say."""
    published = releases(world.organisation)
    found = ours_anyway() | _of_preset(world)
    for part in parts_by_key(published).values():
        found |= derivable(published, part)
    found |= _of_facts(world) | of_actions(world, UNANSWERED)
    declared = headcount(world.organisation)
    tree = unit_tree(world.organisation)
    tops = [None, *(unit.unit for unit in tree)]
    below = [set(declared) if top is None else subtree(tree, top) & set(declared) for top in tops]
    return found | {float(sum(declared[unit] for unit in units)) for units in below}


def _of_preset(world: RoundsWorld) -> set[float]:
    """What is usual in this kind of place: minutes, weeks and hours from its file."""
    found = preset_named(organisation_summary(world.organisation).setting)
    return numbers_in(str(found.model_dump())) if found is not None else set()


def _of_facts(world: RoundsWorld) -> set[float]:
    """What was provided, its sum over both teams, and the share of each."""
    if "Fir" not in world.staffed.units:
        return set()
    pairs = [(float(held), float(due)) for held, due in FACTS.values()]
    pairs.append((sum(held for held, _due in pairs), sum(due for _held, due in pairs)))
    shares = {share for held, due in pairs for share in (round(100 * held / due), round(100 * held / due, 1))}
    return {float(number) for pair in pairs for number in pair} | {float(share) for share in shares}


def said_on(page: Fetched) -> str:
    """What a person reads of a page, a drawing or a file, without codes."""
    if page.kind == KIND:
        return CODE.sub(" ", words_to_edit(page.content))
    text = " ".join(SAID.findall(page.text)) if "svg" in page.kind else without_library(page.text)
    return DAY_TOGETHER.sub(" ", CODE.sub(" ", text)) if "calendar" in page.kind else CODE.sub(" ", text)


def strange(said: str, known: set[float]) -> set[float]:
    """Numbers that nothing allows; three decimals are told apart, as in the files."""
    near = {round(one, 3) for one in known}
    return {number for number in numbers_in(said) if round(number, 3) not in near}


def readable(page: Fetched) -> bool:
    return page.kind.startswith(("text/", "application/json", "image/svg", KIND))


def of_an_organisation(seen: Seen) -> Iterator[tuple[RoundsWorld, Fetched]]:
    """Everything but what a stranger is shown word for word."""
    strangers = {page.address: page.content for page in seen.pages["a stranger"]}
    for name, pages in seen.pages.items():
        world = seen.worlds[name]
        for page in pages:
            if world is not None and strangers.get(page.address) != page.content:
                yield world, page


def strange_numbers(seen: Seen) -> dict[tuple[str, float], set[str]]:
    """Each number that nothing allows, by address, with who was shown it."""
    known = {world.organisation: allowed(world) for world in seen.worlds.values() if world is not None}
    # Most pages are the same for several readers.
    told: dict[tuple[str, bytes], set[float]] = {}
    found: dict[tuple[str, float], set[str]] = defaultdict(set)
    for world, page in of_an_organisation(seen):
        if readable(page):
            same = (world.organisation, page.content)
            if same not in told:
                told[same] = strange(said_on(page), known[world.organisation])
            for number in told[same]:
                found[urlsplit(page.address).path, number].add(page.reader)
    return found


def test_every_number_that_anybody_can_open_is_known_or_released(seen: Seen) -> None:
    assert sum(readable(page) for _world, page in of_an_organisation(seen)) > 400
    assert strange_numbers(seen) == {}


def test_the_counts_of_voices_in_this_year_would_stand_out() -> None:
    """Else the crawl would be blind to the very thing it looks for."""
    declared = {float(people) for teams in OURS.values() for people in teams.values()}
    counts = {float(count) for count in VOICES.values() if count > 31}
    assert len(counts) >= 5
    assert not counts & (ours_anyway() | declared)


def test_a_count_or_a_mean_on_any_page_is_found(seen: Seen) -> None:
    """A seeded fault: the first page of everybody says how many answered, and a mean."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(home_page, "parts_played", lambda _held: [{"name": "47 answered: 53.27"}])
        name, world, client = list(readers(seen.year))[1]
        (first,) = [page for page in crawl(client, name) if page.address == "/staff/"]
    leaked = Seen(seen.year, {"a stranger": (), name: (first,)}, {"a stranger": None, name: world})
    assert strange_numbers(leaked) == {("/staff/", 47.0): {name}, ("/staff/", 53.27): {name}}


def test_nobody_reads_a_word_of_another_organisation(seen: Seen) -> None:
    others = {
        seen.year.ours.organisation: ("Theirs", "Larch", "Thorn", "Nesthome"),
        seen.year.home.organisation: ("Ours", "Theirs", "Surgery", "Larch"),
    }
    for world, page in of_an_organisation(seen):
        text = (
            words_to_edit(page.content)
            if page.kind == KIND
            else page.content.decode("utf-8", errors="replace")
        )
        for word in others[world.organisation]:
            assert word not in text, (page.reader, page.address)


def test_the_small_home_reads_no_figure_about_people(seen: Seen) -> None:
    """Its pages say no band, no voices and no change: their words are those of facts and of our sentences."""
    pages = [page for world, page in of_an_organisation(seen) if world is seen.year.home]
    assert len(pages) > 50
    for page in pages:
        if page.kind.startswith("text/csv") and "report" in page.address:
            kinds = {row["kind"] for row in csv.DictReader(io.StringIO(page.text.lstrip("\ufeff")))}
            assert kinds <= {"fact"}, page.address
        assert 'class="stretch' not in page.text, page.address


def bands_read(pages: Sequence[Fetched]) -> set[tuple[str, str, str, float, float]]:
    """Every band in the files a reader can download: round, group, question, and its ends."""
    found = set()
    for page in pages:
        if "report.csv" in page.address:
            for row in csv.DictReader(io.StringIO(page.text.lstrip("\ufeff"))):
                if row["kind"] == "band" and row["low"]:
                    ends = (float(row["low"]), float(row["high"]))
                    found.add((row["round"], row["group"], row["question"], *ends))
    return found


def bands_published(published: Sequence[Published]) -> set[tuple[str, str, str, float, float]]:
    return {
        (str(one.round), group.label, name, cell.band.low, cell.band.high)
        for one in published
        for group in one.release.groups
        for name, cell in group.cells.items()
        if cell.band is not None
    }


def test_what_everybody_together_reads_is_what_was_published_and_proves_nothing(seen: Seen) -> None:
    published = releases(seen.year.ours.organisation)
    assert len(published) == ROUNDS
    together = {
        band
        for world, page in of_an_organisation(seen)
        if world is seen.year.ours
        for band in bands_read([page])
    }
    assert together == bands_published(published)
    report = proof_attack([to_plain(one.release) for one in published], colluders="promised")
    assert report.values_ruled_out == 0
    assert report.holds, report.summary()


def test_every_number_on_paper_is_known_or_released(seen: Seen, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine (package poppler-utils)")
    papers = [(world, page) for world, page in of_an_organisation(seen) if page.kind == "application/pdf"]
    assert len(papers) > 10
    known = {world.organisation: allowed(world) for world, _page in papers}
    written = tmp_path / "paper.pdf"
    for world, page in papers:
        written.write_bytes(page.content)
        command = ["pdftotext", "-layout", str(written), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert strange(CODE.sub(" ", text), known[world.organisation]) == set(), (page.reader, page.address)
