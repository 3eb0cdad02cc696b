"""What was published about one's own group, beside one's own words: never more, and never earlier."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from statistics import median

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.carer_world import CarerWorld, client_with
from tests.web.picture_people import BEARING, NO_SUPPORT, OVERLOADED, box_of, declining, longer

from replenish.conditions import gate
from replenish.conditions.models import PublishedRelease, Round, Season
from replenish.conditions.queries import latest_of_group, releases
from replenish.disclosure.bands import Band, SizeClass
from replenish.disclosure.release import Cell
from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box, spend_slip
from replenish.voices.slips import make_slips
from replenish.web.carer.picture.beside import cell_words, short_names
from replenish.web.shared.questions import ROUND

__all__ = ["instance", "prepared"]

ASH = ("Medicine", "Ash")
MOST_SECONDS = 0.050
MOST_BYTES = 60_000


def seated(season: Season, unit: tuple[str, ...] = ASH) -> Secret:
    """A card with a seat in a unit."""
    code = next(code for code, path in season.unit_paths.items() if tuple(path) == unit)
    secret = Secret.new()
    spend_slip(secret, make_slips(season=season.id, counts={code: 1})[0].code)
    return secret


def closed_round(patch: pytest.MonkeyPatch) -> tuple[Secret, Round]:
    """A member of Ash, and a round that is closed today."""
    worlds.set_day(patch, worlds.BEGINS)
    secret = seated(worlds.make_season())
    edit_box(secret, lambda _: box_of(longer(NO_SUPPORT)))
    row = worlds.ready_to_close(patch)
    gate.close(row.id)
    return secret, row


def page_of(secret: Secret) -> str:
    return client_with(secret).get("/my/picture/").text


def test_the_bands_of_the_own_group_stand_beside_the_own_words(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, row = closed_round(monkeypatch)
    for days in (0, 1):
        worlds.set_day(monkeypatch, row.closes_on + timedelta(days=days))
        assert "Nothing has been published about your group yet." in page_of(secret)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
    page = page_of(secret)
    (published,) = releases(worlds.ORGANISATION)
    leaf = next(group for group in published.release.groups if ASH in group.units)
    assert f"published about {leaf.label} on" in page
    said = dict(re.findall(r'class="of-group" id="group-(\w+)">Your group: ([^<]*)</p>', page))
    assert said == {name: cell_words(cell) for name, cell in leaf.cells.items()}
    assert "It was planned and cancelled" in page


def test_two_years_beside_a_release_cost_little(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """In time of the processor: what else a machine does at that moment is no cost of the page."""
    secret, row = closed_round(monkeypatch)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
    said = [
        *declining(104, 60),
        *(longer({**NO_SUPPORT, **OVERLOADED, **BEARING}, ago) for ago in range(0, 104, 4)),
    ]
    edit_box(secret, lambda _: box_of(*said))
    client, times = client_with(secret), []
    for _ in range(9):
        begun = time.process_time()
        page = client.get("/my/picture/").text
        times.append(time.process_time() - begun)
    assert median(times) < MOST_SECONDS
    assert len(page.encode()) < MOST_BYTES


def test_nothing_of_another_group_stands_there(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, row = closed_round(monkeypatch)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
    page = page_of(secret)
    for other in ("Elm", "Oak", "Fir", "Yew", "Surgery"):
        assert not re.search(rf"\b{other}\b", page)


def test_a_changed_release_is_not_shown_and_takes_no_own_picture_away(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, row = closed_round(monkeypatch)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=2))
    kept = PublishedRelease.objects.get()
    kept.body = kept.body.replace('"change":null', '"change":"lower"', 1)
    monkeypatch.setattr("replenish.conditions.queries.chain_of", lambda _: [kept])
    page = page_of(secret)
    assert "was changed since, so it is not shown" in page
    assert "Your group:" not in page
    assert "It was planned and cancelled" in page


def test_a_group_that_was_put_together_since_has_nothing_yet(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    _secret, row = closed_round(monkeypatch)
    worlds.set_day(monkeypatch, row.closes_on + timedelta(days=84))
    alike = worlds.make_season(number=2, starts_on=worlds.BEGINS + timedelta(days=84))
    for label, code in alike.group_codes.items():
        found = latest_of_group(alike.id, code)
        assert found is not None
        assert found.group.label == label
    merged = worlds.make_season(
        {("Medicine", "Ash"): 6, ("Medicine", "Elm"): 6, ("Surgery", "Fir"): 20},
        number=3,
        starts_on=worlds.BEGINS + timedelta(days=168),
    )
    label, code = next((label, code) for label, code in merged.group_codes.items() if "Ash" in label)
    assert "Elm" in label
    assert latest_of_group(merged.id, code) is None


def test_an_unknown_group_or_season_has_nothing(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_round(monkeypatch)
    season = Season.objects.get()
    assert latest_of_group("0" * 32, "0" * 32) is None
    assert latest_of_group(season.id, "0" * 32) is None
    code = next(iter(season.group_codes.values()))
    assert latest_of_group(season.id, code, on=worlds.BEGINS) is None


def test_a_card_without_a_seat_is_told_so(world: CarerWorld) -> None:
    secret = Secret.new()
    edit_box(secret, lambda _: box_of(longer(NO_SUPPORT)))
    assert "Your card belongs to no group" in page_of(secret)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (Cell(None, None), "not enough voices this time"),
        (Cell(SizeClass(7, 12), Band(0, 35)), "below 35 of 100"),
        (Cell(SizeClass(7, 12), Band(65, 100)), "above 65 of 100"),
        (Cell(SizeClass(13, 24), Band(35, 50)), "between 35 and 50 of 100"),
        (
            Cell(SizeClass(7, 12), Band(50, 65), "higher"),
            "between 50 and 65 of 100, higher than in both rounds before",
        ),
        (
            Cell(SizeClass(7, 12), Band(50, 65), "lower"),
            "between 50 and 65 of 100, lower than in both rounds before",
        ),
    ],
)
def test_a_cell_is_told_as_coarsely_as_it_was_published(cell: Cell, words: str) -> None:
    assert cell_words(cell) == words


def test_every_question_about_a_condition_has_a_short_name() -> None:
    asked = {code for scale in load_pack(ROUND).scales if scale.kind == "condition" for code in scale.items}
    assert set(short_names("en-gb")) == asked
