"""The pages of the answers: who writes, what is shown before it stands, who reads, and who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.conditions import worlds
from tests.web.staff_world import StaffWorld, begin_organisation, quick, signed_in

from replenish.conditions.models import Round, State
from replenish.leadership.queries import responses_of
from replenish.people.roles import LEADERS, READERS, RoleKind

__all__ = ["quick"]

pytestmark = pytest.mark.django_db
WORDS = "We will keep the hour for supervision free, <always>."


@pytest.fixture
def ours(db: None, quick: None, monkeypatch: pytest.MonkeyPatch) -> StaffWorld:
    worlds.set_day(monkeypatch, worlds.BEGINS)
    return begin_organisation("Ours")


@pytest.fixture
def theirs(ours: StaffWorld) -> StaffWorld:
    return begin_organisation("Theirs")


def closing(patch: pytest.MonkeyPatch, world: StaffWorld) -> Round:
    """The first round of an organisation, on the day of its close; nothing is published about it yet."""
    season = worlds.make_season(organisation=world.organisation)
    row: Round = season.rounds.get(number_in_season=1)
    Round.objects.filter(id=row.id).update(state=State.OPEN)
    worlds.set_day(patch, row.closes_on)
    return row


def form_of(row: Round, unit: str, **more: str) -> dict[str, str]:
    return {"round": row.id, "unit": unit, "words-2": WORDS, "condition-2": "supervision", **more}


def test_an_answer_is_written_looked_at_and_published_once(
    ours: StaffWorld, theirs: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = closing(monkeypatch, ours)
    closing(monkeypatch, theirs)
    client, write = signed_in(ours.people[RoleKind.STEWARD]), reverse("staff-answers-write")
    overview = client.get(reverse("staff-answers")).text
    assert f"{write}?round={row.id}&amp;unit={ours.unit}" in overview
    assert "Staff read it from 4 February 2026, whatever you do." in overview
    assert "Oak" in client.get(write, {"round": row.id}).text
    until = (row.closes_on + timedelta(days=10)).isoformat()
    form = form_of(row, ours.unit, **{"until-2": until, "step": "look"})
    look = client.post(write, form)
    assert "Nothing is published yet." in look.text
    assert "&lt;always&gt;" in look.text
    assert responses_of(ours.organisation) == ()
    for _ in range(2):
        said = client.post(write, {**form, "step": "publish"})
        assert (said.status_code, said["Location"]) == (302, "/staff/answers/?published=yes")
    (response,) = responses_of(ours.organisation)
    assert (response.signed, response.part, response.unit) == ("Steward of Ours", "steward", ours.unit)
    for kind in READERS:
        page = signed_in(ours.people[kind]).get(reverse("staff-answers")).text
        assert "Steward of Ours, steward, for Oak, on 2 February 2026." in page
        assert (
            "(About: Reflective supervision. Until 12 February 2026.)" in page or "Until 12 February" in page
        )
        other = signed_in(theirs.people[kind]).get(reverse("staff-answers")).text
        assert "supervision free" not in other
        assert row.id not in other


def test_changing_something_keeps_all_words(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    row = closing(monkeypatch, ours)
    client = signed_in(ours.people[RoleKind.DEPUTY])
    back = client.post(reverse("staff-answers-write"), form_of(row, ours.unit, step="change"))
    assert back.status_code == 200
    assert "&lt;always&gt;" in back.text
    assert '<option value="supervision" selected>' in back.text


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"words-2": "", "condition-2": ""}, "words-1", "Write at least one thing that you will do."),
        ({"words-2": ""}, "words-2", "Say in words what you will do, or empty this row."),
        ({"words-2": "x" * 281}, "words-2", "Say each commitment in 1 to 280 signs"),
        ({"until-2": "soon"}, "until-2", "This is no day."),
        ({"until-2": "2020-01-01"}, "until-2", "Choose a day from today on"),
        ({"condition-2": "mood", "step": "publish"}, "words-1", "none of the conditions"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    ours: StaffWorld,
    monkeypatch: pytest.MonkeyPatch,
    changed: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    row = closing(monkeypatch, ours)
    client = signed_in(ours.people[RoleKind.STEWARD])
    said = client.post(reverse("staff-answers-write"), {**form_of(row, ours.unit, step="look"), **changed})
    assert said.status_code == 400
    assert sentence in said.text
    assert f'href="#{field}"' in said.text
    assert responses_of(ours.organisation) == ()


def test_a_round_or_a_part_that_is_not_ones_own_is_not_there(
    ours: StaffWorld, theirs: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, foreign = closing(monkeypatch, ours), closing(monkeypatch, theirs)
    planned = Round.objects.get(season=row.season, number_in_season=2)
    for kind in LEADERS:
        client = signed_in(ours.people[kind])
        write = reverse("staff-answers-write")
        for known, unit in (
            (foreign.id, ours.unit),
            (row.id, theirs.unit),
            (row.id, "whole"),
            (planned.id, ours.unit),
            ("x", ""),
        ):
            assert client.get(write, {"round": known, "unit": unit}).status_code == 404
            sent = client.post(write, {**form_of(row, unit, step="publish"), "round": known})
            assert sent.status_code == 404
    for kind in set(RoleKind) - set(LEADERS):
        client = signed_in(ours.people[kind])
        assert client.post(reverse("staff-answers-write"), form_of(row, ours.unit)).status_code == 404
    assert responses_of(ours.organisation) == responses_of(theirs.organisation) == ()


def test_before_the_first_close_the_pages_say_what_will_come(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert "No round has closed yet." in client.get(reverse("staff-answers")).text
    assert "nothing to answer" in client.get(reverse("staff-answers-write")).text
