"""Pages to learn from, for everybody; and sessions: by part, in two organisations, and never by name."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.learning.sessions import DAYS_AHEAD, planned, set_today
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.learning.actions import plan_session
from replenish.learning.catalogue import offers
from replenish.learning.rules import PLANNERS
from replenish.people.roles import READERS, RoleKind

__all__ = ["ours", "quick", "theirs"]

TEXTS = [
    path
    for offer in offers().values()
    for path in (
        f"/learn/{offer.code}/",
        *(f"/learn/{offer.code}/{unit}/{end}" for unit in offer.units for end in ("", "plan/")),
    )
]
FORM = {
    "what": "debrief-service/holding-a-debrief",
    "title": "",
    "begins": "14:00",
    "ends": "15:30",
    "place": "The small hall",
    "led_by": "Ida Brook",
    "places": "12",
}


def sent(client: Browser, unit: str, **changes: str) -> int:
    day = (clock.today() + DAYS_AHEAD).isoformat()
    answer = client.post(reverse("staff-learning-plan"), {**FORM, "unit": unit, "day": day, **changes})
    return int(answer.status_code)


def sessions_on(client: Browser) -> list[str]:
    return re.findall(r"/session/\?session=([0-9a-f]{32})\"", client.get(reverse("staff-learning")).text)


@pytest.mark.parametrize("path", ["/learn/", *TEXTS])
def test_everybody_reads_and_nobody_is_remembered(
    path: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response.text.count("<h1>") == 1
    assert 'id="onwards"' in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/learn/juggling/",
        "/learn/webinars/going-first/",
        "/learn/webinars/going-first/plan/",
        "/learn/webinars/nothing/",
    ],
)
def test_what_is_not_in_the_catalogue_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("offer", offers())
def test_an_offer_says_what_learning_alone_does_not_do(client: Client, offer: str) -> None:
    page = client.get(f"/learn/{offer}/").text
    assert "A course alone seldom changes the conditions of work." in page
    assert "fades within about half a year" in page
    assert "The condition it should help to change" in page
    assert "No answer is collected." in page
    assert "(read in a source)" in page


def test_prompts_lead_to_private_notes_and_ask_for_nothing_here(client: Client) -> None:
    page = client.get("/learn/trauma-course/on-your-own-side/").text
    shown, _, _feet = page.partition("</main>")
    assert f'href="{reverse("reflect")}"' in shown
    assert not re.search(r"<(?:form|input|textarea)", shown)


def test_the_list_is_found_from_understand(client: Client) -> None:
    assert 'href="/learn/"' in client.get("/understand/").text


@pytest.mark.django_db
def test_a_stranger_finds_nothing_of_sessions() -> None:
    for name in ("", "-plan", "-session", "-sheet", "-file"):
        address = reverse(f"staff-learning{name}")
        assert Client().get(address).status_code == Client().post(address).status_code == 404


@pytest.mark.parametrize("role", READERS)
def test_those_who_plan_are_offered_it_and_all_others_read(ours: StaffWorld, role: RoleKind) -> None:
    plan_session(asker=ours.asker(RoleKind.FACILITATOR), unit=None, said=planned())
    client = signed_in(ours.people[role])
    page = client.get(reverse("staff-learning")).text
    assert ("Plan a session" in page) == (role in PLANNERS)
    assert "The small hall" in page
    (session,) = sessions_on(client)
    shown = client.get(reverse("staff-learning-session"), {"session": session}).text
    # A steward of one unit plans for that unit alone, and calls nothing else off.
    assert ("Call this session off" in shown) == (role in PLANNERS and role is not RoleKind.STEWARD)
    refused = client.post(reverse("staff-learning-session"), {"session": session, "came": "3"})
    assert refused.status_code in (404, 409)


def test_a_session_is_planned_handed_on_held_and_counted(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert sent(client, ours.unit) == 302
    assert sent(client, ours.unit) == 302, "sent twice, it stays one session"
    (session,) = sessions_on(client)
    page = client.get(reverse("staff-learning-session"), {"session": session}).text
    assert "Holding a debrief in ten minutes" in page
    assert "How many came" not in page, "it is still to come"
    sheet = client.get(reverse("staff-learning-sheet"), {"session": session}).text
    strips = sheet[sheet.index('class="strips"') : sheet.index("</ul>", sheet.index('class="strips"'))]
    assert strips.count("<li>") == 12
    assert "Nobody notes who comes" in sheet
    set_today(monkeypatch, clock.today() + DAYS_AHEAD)
    client = signed_in(ours.people[RoleKind.STEWARD])
    assert client.get(reverse("staff-learning-sheet"), {"session": session}).status_code == 200
    answer = client.post(reverse("staff-learning-session"), {"session": session, "came": "9"})
    assert answer.status_code == 302
    page = client.get(reverse("staff-learning")).text
    assert "Held: 1 of 1 planned." in page
    assert "9 came" not in page, "no headcount is declared, so no number is kept"


@pytest.mark.parametrize("typed", ["", "many", "-1", "٣", "501", "9" * 9])
def test_a_number_that_is_none_is_said_beside_its_field(
    ours: StaffWorld, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    session = plan_session(asker=ours.asker(RoleKind.SUPERVISOR), unit=None, said=planned())
    set_today(monkeypatch, clock.today() + DAYS_AHEAD)
    client = signed_in(ours.people[RoleKind.SUPERVISOR])
    answer = client.post(reverse("staff-learning-session"), {"session": session, "came": typed})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", "juggling"),
        ("what", "webinars/going-first"),
        ("day", "soon"),
        ("day", "2020-01-01"),
        ("begins", "2 o’clock"),
        ("ends", "13:00"),
        ("place", " "),
        ("title", "x" * 121),
        ("places", "0"),
        ("places", "many"),
        ("places", "٣"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(ours: StaffWorld, field: str, value: str) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    day = (clock.today() + DAYS_AHEAD).isoformat()
    said = {**FORM, "unit": "whole", "day": day, field: value}
    answer = client.post(reverse("staff-learning-plan"), said)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert sessions_on(client) == []


def test_another_organisation_and_another_part_find_nothing(ours: StaffWorld, theirs: StaffWorld) -> None:
    session = plan_session(asker=ours.asker(RoleKind.FACILITATOR), unit=None, said=planned())
    for role in READERS:
        client = signed_in(theirs.people[role])
        assert sessions_on(client) == []
        for name in ("session", "sheet", "file"):
            answer = client.get(reverse(f"staff-learning-{name}"), {"session": session})
            assert answer.status_code == 409
            assert "The small hall" not in answer.text
    assert sent(signed_in(theirs.people[RoleKind.STEWARD]), ours.unit) == 404
    assert sent(signed_in(ours.people[RoleKind.STEWARD]), "whole") == 404


def test_a_calendar_takes_the_time_and_the_place_and_none_that_is_called_off(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    session = plan_session(
        asker=ours.asker(RoleKind.FACILITATOR), unit=None, said=planned(place="Hall; upstairs, left")
    )
    day = (clock.today() + DAYS_AHEAD).isoformat().replace("-", "")
    one = client.get(reverse("staff-learning-file"), {"session": session})
    assert one["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{day}T140000\r\nDTEND:{day}T153000\r\n" in one.text
    assert "LOCATION:Hall\\; upstairs\\, left\r\n" in one.text
    assert "TRANSP" not in one.text
    assert client.get(reverse("staff-learning-file")).text == one.text
    client.post(reverse("staff-learning-session"), {"session": session, "what": "call-off"})
    assert "VEVENT" not in client.get(reverse("staff-learning-file")).text
    assert "Called off" in client.get(reverse("staff-learning-session"), {"session": session}).text


def test_words_are_text_alone(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    assert sent(client, "whole", title="<script>x</script>") == 302
    (session,) = sessions_on(client)
    for name in ("", "-session", "-sheet"):
        page = client.get(reverse(f"staff-learning{name}"), {"session": session}).text
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page


def test_how_it_went_cannot_be_said_for_ever(ours: StaffWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    session = plan_session(asker=ours.asker(RoleKind.FACILITATOR), unit=None, said=planned())
    set_today(monkeypatch, clock.today() + DAYS_AHEAD + timedelta(weeks=5))
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    page = client.get(reverse("staff-learning-session"), {"session": session}).text
    assert "How many came" not in page
    assert "Nobody has said yet how it went" in page
    answer = client.post(reverse("staff-learning-session"), {"session": session, "came": "3"})
    assert answer.status_code == 409
