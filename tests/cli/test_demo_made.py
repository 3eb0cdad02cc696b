"""The demo is made through the real application: the same seed and day publish the same, and it holds.

It takes a while to invent half a year, so one is made for all of these tests, and a second one to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from tests.conditions.instances import Prepared, copied, prepared

from replenish.basis import clock
from replenish.basis.rate_limit import RateLimit
from replenish.cli.demo.invented import FAMILIES, SMALL_HOME
from replenish.cli.demo.keeping import Door
from replenish.cli.demo.making import SEED, make
from replenish.cli.main import main
from replenish.conditions.facts.reading import entered_facts, facts_of
from replenish.conditions.facts.trees import WHOLE
from replenish.conditions.queries import Published, releases, rounds
from replenish.conditions.read_together import newest_season
from replenish.conditions.response import Standing, answers_for
from replenish.debrief.conversations.reading import conversations_of, points_of
from replenish.debrief.conversations.register import register_of
from replenish.debrief.incidents.reading import incidents_of
from replenish.debrief.models import AskingList
from replenish.disclosure.release import write_releases
from replenish.people.askers import Asker
from replenish.people.models import RecordKey
from replenish.people.queries import organisations
from replenish.supervision.comes_next import my_supervision
from replenish.supervision.models import Note, Notebook
from replenish.web.staff import tries

__all__ = ["prepared"]
pytestmark = pytest.mark.patient

CLOSED = 6
_KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Made:
    """A demo and what it published."""

    doors: tuple[Door, ...]
    published: tuple[Published, ...]
    told: tuple[str, ...]

    @property
    def contents(self) -> list[object]:
        """What the releases say about people, without the seal of the one before."""
        return [{**one.release.content(), "previous": ""} for one in self.published]


def organisation(name: str) -> str:
    return next(one.organisation for one in organisations() if one.name == name)


def made_in(prepared: Prepared, folder: Path, stack: ExitStack, seed: int = SEED) -> Made:
    folder.mkdir()
    instance = stack.enter_context(copied(prepared, folder))
    stack.enter_context(override_settings(REPLENISH_INSTANCE=instance.folder, REPLENISH_KEYS=instance.keys))
    told: list[str] = []
    doors = make(told.append, today=date.today(), seed=seed)  # noqa: DTZ011 - as on the machine that shows it
    return Made(doors, releases(organisation(FAMILIES.name)), tuple(told))


def asker(made: Made, name: str) -> Asker:
    """Somebody of the larger organisation, by the account on their sheet."""
    door = next(one for one in made.doors if one.name == name)
    return Asker(organisation(FAMILIES.name), door.typed["account"])


@pytest.fixture(scope="module")
def demo(
    prepared: Prepared,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,  # noqa: ANN401 - untyped in pytest-django
) -> Iterator[Made]:
    with django_db_blocker.unblock(), ExitStack() as stack:
        first = tmp_path_factory.mktemp("demo")
        with ExitStack() as other:
            again = made_in(prepared, first / "again", other)
        made = made_in(prepared, first / "made", stack)
        assert again.contents == made.contents
        yield made


def test_six_rounds_are_published_and_a_seventh_runs(demo: Made) -> None:
    assert [one.round for one in demo.published] == list(range(1, CLOSED + 1))
    states = [one.state for one in rounds(organisation(FAMILIES.name))][: CLOSED + 1]
    assert states == ["closed"] * CLOSED + ["open"]
    assert [line for line in demo.told if "round" in line][-1] == f"round {CLOSED} of {CLOSED}"


def test_the_small_team_is_merged_and_models_have_results(demo: Made) -> None:
    newest = demo.published[-1].release
    groups = {group.label for group in newest.groups}
    assert "Family support: Heron and Moss" in groups
    assert len(groups) >= 5
    assert all(one.release.model_results for one in demo.published)


def test_what_improved_in_truth_is_higher_afterwards(demo: Made) -> None:
    def lows(number: int) -> float:
        cells = [
            group.cells["process"]
            for group in demo.published[number - 1].release.groups
            if group.parent == ("Family homes",)
        ]
        return sum(cell.band.low + cell.band.high for cell in cells if cell.band is not None)

    assert lows(5) + lows(6) > lows(2) + lows(3)


def test_the_home_of_six_has_no_figure(demo: Made) -> None:
    home = organisation(SMALL_HOME.name)
    assert newest_season(home).has_groups is False
    assert releases(home) == ()


def test_leaders_answered_but_once(demo: Made) -> None:
    said = answers_for(organisation(FAMILIES.name), (("Family support", "Moss"),))
    standing = {one.number: one.standing for one in said}
    assert [number for number, one in standing.items() if one is Standing.NO_ANSWER] == [4]
    assert standing[5] is Standing.ANSWERED


def test_nobody_can_be_found_in_what_the_demo_publishes(demo: Made, tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    write_releases(path, [one.release for one in demo.published])
    assert main(["attack", str(path), "--colluders", "promised"]) == 0


def test_two_pairs_have_supervision_with_a_meeting_moved_and_one_called_off(demo: Made) -> None:
    pairs = {name: my_supervision(asker(demo, name)) for name in ("Tom Ellery", "Ruth Anning")}
    assert len(my_supervision(asker(demo, "Sam Whitlock"))) == len(pairs)
    fell = {}
    for name, (mine,) in pairs.items():
        assert mine.others == ("Sam Whitlock",)
        assert [one.state for one in mine.past].count("held") >= 2
        assert all(not one.is_over for one in mine.to_come)
        assert mine.to_come
        assert not mine.to_book
        fell[name] = [(one.state, one.side, one.reason) for one in mine.past if one.side]
    assert fell == {
        "Tom Ellery": [("moved", "organisation", "short-staffed")],
        "Ruth Anning": [("cancelled", "supervisor", "emergency")],
    }


def test_incidents_are_followed_by_debriefs_and_points_by_answers(demo: Made) -> None:
    deputy = asker(demo, "Ines Marlow")
    became = {
        step.became.outcome for one in incidents_of(deputy) for step in one.steps if step.became is not None
    }
    assert became == {"done", "offered", "not_done"}
    talks = conversations_of(deputy)
    assert sorted(one.kind for one in talks if one.minutes) == ["hot", "learning"]
    assert [one.because for one in talks if one.because] == ["no_cover"]
    assert sorted(one.answer for one in points_of(deputy)) == ["", "action", "not_now"]
    assert [(one.name, one.state) for one in register_of(deputy)] == [("Ruth Anning", "valid")]


@pytest.mark.usefixtures("demo")
def test_nobody_in_the_demo_has_a_phrase_and_nothing_is_sealed() -> None:
    assert not any(table.objects.exists() for table in (RecordKey, Note, Notebook, AskingList))


@pytest.mark.usefixtures("demo")
def test_no_figure_is_entered_by_hand_once_pages_count_it() -> None:
    kinds = {"supervision_held", "supervision_reflective", "debrief_offered", "time_after"}
    told = facts_of(organisation(FAMILIES.name), [WHOLE], clock.today())
    entered = entered_facts(organisation(FAMILIES.name))
    for one in told:
        if one.kind.code in kinds:
            counted_from = min(period.first_day for period in one.periods if period.by_room)
            by_hand = [row.period for row in entered if row.kind == one.kind.code]
            assert all(period.last_day < counted_from for period in by_hand)
            assert len({period.first_day for period in by_hand}) >= 3
    assert kinds <= {one.kind.code for one in told}


def test_every_link_opens_the_page_of_its_part(demo: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "_FROM_ONE_PLACE", RateLimit(each=10_000, together=10_000))
    assert {door.part for door in demo.doors} >= {"Carer", "Deputy", "Operator", "Facilitator", "Supervisor"}
    for door in demo.doors:
        path, _, secret = door.address.partition("#")
        client = Client(SERVER_NAME="localhost")
        if "words" in door.typed:
            assert client.post(path, {"code": secret})["Location"] == "/my/"
            page = client.get("/my/").content.decode()
            assert "Leave this device" in page
        else:
            account, _, code = secret.partition(".")
            assert {"account": account, "code": code} == door.typed
            assert client.post(path, door.typed)["Location"] == "/staff/"
            page = client.get("/staff/").content.decode()
            assert door.name in page
        assert door.organisation in page or "words" in door.typed


def test_the_carer_has_months_to_look_back_on(demo: Made) -> None:
    client = Client(SERVER_NAME="localhost")
    own = next(door for door in demo.doors if door.part == FAMILIES.carer)
    path, _, secret = own.address.partition("#")
    client.post(path, {"code": secret})
    said = client.get("/my/data/my-answers.json").json()
    assert len({one["week"] for one in said["check_ins"]}) > 20
    assert settings.REPLENISH_ADDRESS not in own.address
