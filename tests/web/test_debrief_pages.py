"""Pages about debriefs: what is typed stays on the page until a group agreed; and who is told of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.basis import clock
from replenish.conditions.actions.reading import actions_of
from replenish.debrief.conversations.facts import facts
from replenish.debrief.incidents.clocks import Moment
from replenish.debrief.incidents.told import Happened
from replenish.debrief.incidents.writing import write_down
from replenish.debrief.models import Conversation, ConversationKind, LearningPoint, Training
from replenish.people.actions import appoint
from replenish.people.roles import READERS, RoleKind

__all__ = ["ours", "quick", "theirs"]
pytestmark = pytest.mark.django_db

LEAD = "/staff/debriefs/lead/"
WORDS = "The side door sticks, so nobody could get past."
NAMES = ("", "-before", "-lead", "-not-held", "-points", "-answer", "-reviews", "-register")


def incident_of(world: StaffWorld, *, restraint: bool = False) -> str:
    when = Moment(clock.today(), 0)
    said = Happened(world.unit, "threat", "shared_space", when, 2, restraint)
    return write_down(asker=world.asker(RoleKind.FACILITATOR), said=said)


def fields(world: StaffWorld, **changes: str) -> dict[str, str]:
    plain = {
        "once": "ab" * 16, "kind": "hot", "incident": "", "unit": world.unit, "came": "4", "minutes": "8",
        "day": clock.today().isoformat(), "point-1": WORDS, "condition-1": "workload", "by-1": "",
    }  # fmt: skip
    return {**plain, **changes}


def kept(world: StaffWorld, **changes: str) -> str:
    """A debrief with one point, kept; the id of the point."""
    answer = signed_in(world.people[RoleKind.FACILITATOR]).post(
        LEAD, fields(world, what="keep", **{"agreed-1": "yes"}, **changes)
    )
    assert answer.status_code == 302, answer.text
    return LearningPoint.objects.get().id


@pytest.fixture
def facilitator(ours: StaffWorld) -> Browser:
    return signed_in(ours.people[RoleKind.FACILITATOR])


def test_a_stranger_finds_none_of_these_pages() -> None:
    for name in NAMES:
        address = reverse(f"staff-debriefs{name}")
        assert Client().get(address).status_code == Client().post(address).status_code == 404


@pytest.mark.parametrize("kind", ConversationKind.values)
def test_a_guide_has_its_words_its_times_its_bars_and_its_stop_rule(facilitator: Browser, kind: str) -> None:
    page = facilitator.get(LEAD, {"kind": kind}).text
    minutes = facts().guide(kind).minutes
    assert f"Step by step, in {minutes} minutes" in page
    assert f"to {minutes}</span>" in page
    assert "What we do not do here" in page
    assert "Stop at once if" in page
    assert page.count("<h1>") == 1
    assert page.count('class="question learnt"') == facts().guide(kind).most_points


def test_the_first_press_keeps_nothing_and_brings_the_words_back(
    ours: StaffWorld, facilitator: Browser
) -> None:
    answer = facilitator.post(LEAD, fields(ours, what="read"))
    assert answer.status_code == 200
    assert "Nothing has been kept so far." in answer.text
    assert WORDS in answer.text
    assert (Conversation.objects.count(), LearningPoint.objects.count()) == (0, 0)


def test_what_is_not_marked_as_agreed_is_asked_about_again(ours: StaffWorld, facilitator: Browser) -> None:
    answer = facilitator.post(LEAD, fields(ours, what="keep"))
    assert answer.status_code == 400
    assert "Mark it when everybody agrees, or empty it." in answer.text
    assert WORDS in answer.text, "and nothing that was written is lost"
    assert Conversation.objects.count() == 0


def test_agreed_words_leave_the_room_once(ours: StaffWorld, facilitator: Browser) -> None:
    sent = fields(ours, what="keep", **{"agreed-1": "yes"})
    for _again in range(2):
        answer = facilitator.post(LEAD, sent)
        assert answer.status_code == 302
    assert LearningPoint.objects.get().words == WORDS
    page = facilitator.get(answer["Location"]).text
    assert "It is written down." in page
    assert "For you, afterwards" in page


def test_an_emptied_point_does_not_leave(ours: StaffWorld, facilitator: Browser) -> None:
    sent = fields(ours, what="keep", **{"point-1": " ", "point-2": "Name who covers.", "agreed-2": "yes"})
    assert facilitator.post(LEAD, sent).status_code == 302
    assert [one.words for one in LearningPoint.objects.all()] == ["Name who covers."]


def test_without_a_point_it_is_kept_at_once(ours: StaffWorld, facilitator: Browser) -> None:
    assert facilitator.post(LEAD, fields(ours, what="read", **{"point-1": ""})).status_code == 302
    assert Conversation.objects.get().minutes == 8


def test_back_to_the_guide_keeps_what_was_written(ours: StaffWorld, facilitator: Browser) -> None:
    answer = facilitator.post(LEAD, fields(ours, what="back", came="", minutes=""))
    assert answer.status_code == 200
    assert WORDS in answer.text
    assert "Step by step" in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("came", ""),
        ("came", "many"),
        ("came", "٣"),
        ("came", "0"),
        ("minutes", "99"),
        ("minutes", "-1"),
        ("day", "today"),
        ("day", "2020-01-01"),
        ("unit", ""),
        ("point-1", "x" * 281),
        ("by-1", "soon"),
        ("by-1", "2020-01-01"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    ours: StaffWorld, facilitator: Browser, field: str, value: str
) -> None:
    sent = {**fields(ours, what="keep", **{"agreed-1": "yes"}), field: value}
    answer = facilitator.post(LEAD, sent)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert sent["point-1"] in answer.text
    assert Conversation.objects.count() == 0


def test_an_incident_is_chosen_and_can_be_followed_once(ours: StaffWorld, facilitator: Browser) -> None:
    incident = incident_of(ours, restraint=True)
    page = facilitator.get(LEAD).text
    offered = re.findall(r"kind=(\w+)&amp;incident=" + incident, page)
    assert offered == ["hot", "learning", "review"]
    assert "threat" not in page, "what happened stands on the page of the incident alone"
    kept(ours, incident=incident)
    offered = re.findall(r"kind=(\w+)&amp;incident=" + incident, facilitator.get(LEAD).text)
    assert offered == ["learning", "review"]


def test_a_team_that_somebody_answers_for_is_not_offered_to_them(ours: StaffWorld) -> None:
    incident = incident_of(ours)
    both = ours.people[RoleKind.FACILITATOR]
    appoint(asker=ours.operator, account=both.account, role="deputy", unit=ours.unit)
    client = signed_in(both)
    assert incident not in client.get(LEAD).text
    for address in (LEAD, reverse("staff-debriefs-not-held")):
        page = client.get(address, {"kind": "hot"}).text
        assert ours.unit not in page
        assert incident not in page
    assert client.get(LEAD, {"kind": "hot", "incident": incident}).status_code == 409
    assert client.post(LEAD, fields(ours, incident=incident, what="read")).status_code == 200
    refused = client.post(LEAD, fields(ours, what="keep", **{"agreed-1": "yes"}))
    assert refused.status_code == 400
    assert Conversation.objects.count() == 0


def test_it_was_not_held_because(ours: StaffWorld, facilitator: Browser) -> None:
    incident = incident_of(ours)
    address = reverse("staff-debriefs-not-held")
    form = facilitator.get(address, {"incident": incident}).text
    assert "is nobody’s matter" in form
    sent = {"once": "ab" * 16, "kind": "hot", "incident": incident, "day": clock.today().isoformat()}
    assert facilitator.post(address, sent).status_code == 400
    assert facilitator.post(address, {**sent, "because": "no_cover"}).status_code == 302
    assert "nobody to cover" in facilitator.get(reverse("staff-debriefs")).text


def test_nobody_but_themselves_reads_how_often_somebody_led(ours: StaffWorld) -> None:
    kept(ours)
    own = signed_in(ours.people[RoleKind.FACILITATOR]).get(reverse("staff-debriefs")).text
    assert "This month and the last you led 1 debrief." in own
    name = "facilitator of Ours".capitalize()
    for role in (RoleKind.STEWARD, RoleKind.REPRESENTATIVE):
        client = signed_in(ours.people[role])
        for address in ("staff-debriefs", "staff-debriefs-register", "staff-debriefs-points"):
            page = client.get(reverse(address)).text
            assert "you led" not in page
            if address != "staff-debriefs-register":
                assert name not in page


def test_a_point_becomes_an_action_of_its_team(ours: StaffWorld) -> None:
    point = kept(ours)
    steward = ours.people[RoleKind.STEWARD]
    client = signed_in(steward)
    assert WORDS in client.get(reverse("staff-debriefs-points")).text
    address = reverse("staff-debriefs-answer")
    page = client.get(address, {"point": point}).text
    assert "It becomes an action" in page
    sent = {
        "point": point, "how": "action", "title": "Mend the side door", "kind": "redesign",
        "condition": "workload", "first-day": clock.today().isoformat(), "owner": steward.account,
        "words": "",
    }  # fmt: skip
    wrong = client.post(address, {**sent, "title": ""})
    assert wrong.status_code == 400
    assert actions_of(ours.organisation) == ()
    answer = client.post(address, sent)
    assert answer.status_code == 302
    (acting,) = actions_of(ours.organisation)
    assert answer["Location"].endswith(f"?action={acting.action}")
    assert acting.plan.units == (ours.unit,)
    assert "See the action" in client.get(reverse("staff-debriefs-points")).text
    assert client.post(address, sent).status_code == 409, "it has its answer"
    assert len(actions_of(ours.organisation)) == 1


def test_not_now_says_why(ours: StaffWorld) -> None:
    point = kept(ours)
    client = signed_in(ours.people[RoleKind.DEPUTY])
    address = reverse("staff-debriefs-answer")
    sent = {"point": point, "how": "not_now", "words": ""}
    assert client.post(address, sent).status_code == 400
    assert client.post(address, {**sent, "words": "The builder comes in May."}).status_code == 302
    for role in (RoleKind.REPRESENTATIVE, RoleKind.FACILITATOR):
        page = signed_in(ours.people[role]).get(reverse("staff-debriefs-points")).text
        assert "The builder comes in May." in page


def test_another_organisation_finds_no_point_and_no_incident(ours: StaffWorld, theirs: StaffWorld) -> None:
    incident, point = incident_of(ours), kept(ours)
    client = signed_in(theirs.people[RoleKind.FACILITATOR])
    assert client.get(LEAD, {"kind": "hot", "incident": incident}).status_code == 409
    assert client.get(LEAD).text.count(incident) == 0
    leads = signed_in(theirs.people[RoleKind.STEWARD])
    assert leads.get(reverse("staff-debriefs-answer"), {"point": point}).status_code == 409
    assert WORDS not in leads.get(reverse("staff-debriefs-points")).text


def test_reviews_stand_by_themselves(ours: StaffWorld) -> None:
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    refused = client.post(LEAD, fields(ours, kind="review", what="keep", **{"agreed-1": "yes"}))
    assert refused.status_code == 400
    assert "Say that you were not involved" in refused.text
    kept(ours, kind="review", apart="yes")
    client = signed_in(ours.people[RoleKind.REPRESENTATIVE])
    assert WORDS in client.get(reverse("staff-debriefs-reviews")).text
    for address in ("staff-debriefs", "staff-debriefs-points"):
        page = client.get(reverse(address)).text
        assert WORDS not in page
        assert "Learning review<" not in page


@pytest.mark.parametrize("role", RoleKind)
def test_a_training_is_written_down_by_oneself_or_the_operator(ours: StaffWorld, role: RoleKind) -> None:
    client = signed_in(ours.people[role])
    address = reverse("staff-debriefs-register")
    page = client.get(address).text
    assert "No training is written down yet." in page
    may = role in (RoleKind.FACILITATOR, RoleKind.OPERATOR)
    assert ("Write a training down" in page) == may
    day = clock.today() - timedelta(days=700)
    sent = {
        "who": ours.people[RoleKind.FACILITATOR].account, "course": "Leading debriefs, one day",
        "trained-on": day.isoformat(), "valid-until": "",
    }  # fmt: skip
    assert client.post(address, sent).status_code == (302 if may else 404)
    assert Training.objects.count() == (1 if may else 0)
    if not may:
        return
    own = signed_in(ours.people[RoleKind.FACILITATOR])
    assert "It is a good time to plan the next one." in client.get(address).text
    assert "This is a good time to ask for a day to refresh it." in own.get(reverse("staff-debriefs")).text
    client.post(address, {"what": "take-back", "training": Training.objects.get().id})
    assert Training.objects.count() == 0


@pytest.mark.parametrize("change", [{"course": " "}, {"trained-on": "x"}, {"valid-until": "2020-01-01"}])
def test_a_training_that_cannot_be_is_said_beside_its_field(
    ours: StaffWorld, facilitator: Browser, change: dict[str, str]
) -> None:
    sent = {
        "who": ours.people[RoleKind.FACILITATOR].account, "course": "One day", "valid-until": "",
        "trained-on": clock.today().isoformat(),
    }  # fmt: skip
    answer = facilitator.post(reverse("staff-debriefs-register"), {**sent, **change})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.text
    assert Training.objects.count() == 0


@pytest.mark.parametrize("role", READERS)
def test_everybody_who_reads_can_read_before_what_is_written(ours: StaffWorld, role: RoleKind) -> None:
    page = signed_in(ours.people[role]).get(reverse("staff-debriefs-before")).text
    assert "What is written down, and who reads it" in page
    assert "may have to be shown in law" in page


def test_words_are_text_alone(ours: StaffWorld, facilitator: Browser) -> None:
    kept(ours, **{"point-1": "<script>x</script>"})
    page = facilitator.get(reverse("staff-debriefs-points")).text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_page_asks_the_database_seldom(
    ours: StaffWorld, facilitator: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        sent = fields(ours, once=f"{number:032x}", what="keep", **{"agreed-1": "yes"})
        assert facilitator.post(LEAD, sent).status_code == 302
    offered = facilitator.get(reverse("staff-debriefs")).text
    assert "Ask for supervision of your own now" in offered
    assert f'href="{reverse("staff-supervision")}"' in offered
    for name in ("", "-points", "-lead"):
        with django_assert_max_num_queries(30):
            facilitator.get(reverse(f"staff-debriefs{name}"))
