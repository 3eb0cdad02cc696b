"""Every address is asked by everybody: a stranger, each part, the other organisation's parts, a carer.

Strangers get the same silence everywhere below the staff pages. What is open to whom stands in this file: an
address that is not listed here fails, so that nobody opens one without saying to whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.staff_world import Browser, StaffWorld, ours, quick, signed_in, theirs

from replenish.debrief.incidents.rules import INCIDENT_READERS, RECORDERS
from replenish.learning.rules import PLANNERS
from replenish.people.roles import KEY_HOLDERS, LEADERS, READERS, RoleKind
from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import CARD_COOKIE, PATH

__all__ = ["ours", "quick", "theirs"]

EVERYBODY = frozenset(RoleKind)
ENTRANTS = frozenset({*LEADERS, RoleKind.FACILITATOR, RoleKind.SUPERVISOR})
# The ways in, open to strangers too.
ENTRANCES = {
    "staff/sign-in/", "staff/sign-in/password/", "staff/sign-in/recovery/", "staff/sign-in/passkey/",
    "staff/sign-in/passkey/options/", "staff/sign-out/", "staff/signed-out/",
}  # fmt: skip
# They are there only where an installation has a mail server or a service of its own.
ARRANGED = {
    "staff/sign-in/email/", "staff/sign-in/email/code/", "staff/account/email/", "staff/account/email/code/",
    "staff/sign-in/service/", "staff/sign-in/service/back/", "staff/account/service/",
    "staff/telling/list/", "staff/telling/send/", "staff/telling/notices/",
}  # fmt: skip
# Every other address of the staff pages, and whose it is.
MAY: dict[str, frozenset[RoleKind]] = {
    "staff/answers/": frozenset(READERS),
    "staff/answers/write/": frozenset(LEADERS),
    "staff/answers/kept/": frozenset(LEADERS),
    "staff/": EVERYBODY,
    "staff/set-up/": EVERYBODY,
    "staff/account/": EVERYBODY,
    "staff/account/passkey/": EVERYBODY,
    "staff/account/passkey/options/": EVERYBODY,
    "staff/account/passkey/remove/": EVERYBODY,
    "staff/account/password/": EVERYBODY,
    "staff/account/recovery-codes/": EVERYBODY,
    "staff/account/another-organisation/": EVERYBODY,
    "staff/account/sign-out-everywhere/": EVERYBODY,
    "staff/conversation/": frozenset(READERS),
    "staff/organisations/": EVERYBODY,
    "staff/actions/": frozenset(READERS),
    "staff/actions/library/": frozenset(READERS),
    "staff/actions/plan/": frozenset(LEADERS),
    "staff/actions/one/": frozenset(READERS),
    "staff/actions/said/": frozenset(READERS),
    "staff/provision/": frozenset(READERS),
    "staff/provision/supervision/": frozenset(READERS),
    "staff/provision/debriefs/": frozenset(READERS),
    "staff/provision/enter/": ENTRANTS,
    "staff/provision/correct/": ENTRANTS,
    "staff/provision/take-back/": ENTRANTS,
    "staff/provision/import/": ENTRANTS,
    "staff/provision/example.csv": ENTRANTS,
    "staff/provision/facts.csv": frozenset(READERS),
    "staff/learning/": frozenset(READERS),
    "staff/learning/plan/": frozenset(PLANNERS),
    "staff/learning/session/": frozenset(READERS),
    "staff/learning/sheet/": frozenset(READERS),
    "staff/learning/sessions.ics": frozenset(READERS),
    "staff/people/": EVERYBODY,
    "staff/people/one/": EVERYBODY,
    "staff/people/appoint/": frozenset({RoleKind.OPERATOR}),
    "staff/people/end-part/": EVERYBODY,
    "staff/people/end-account/": EVERYBODY,
    "staff/people/new-code/": frozenset({RoleKind.OPERATOR}),
    "staff/units/": EVERYBODY,
    "staff/units/one/": EVERYBODY,
    "staff/units/add/": frozenset({RoleKind.OPERATOR, RoleKind.STEWARD}),
    "staff/units/rename/": frozenset({RoleKind.OPERATOR, RoleKind.STEWARD}),
    "staff/units/move/": frozenset({RoleKind.OPERATOR, RoleKind.STEWARD}),
    "staff/units/dissolve/": frozenset({RoleKind.OPERATOR, RoleKind.STEWARD}),
    "staff/units/call-off/": frozenset({RoleKind.OPERATOR, RoleKind.STEWARD}),
    "staff/units/organisation/": EVERYBODY,
    "staff/units/organisation/setting/": frozenset({RoleKind.OPERATOR}),
    "staff/units/organisation/floor/": frozenset({RoleKind.OPERATOR}),
    "staff/upkeep/": frozenset({RoleKind.OPERATOR}),
    "staff/upkeep/ledger/": frozenset({RoleKind.OPERATOR, *KEY_HOLDERS}),
    "staff/report/": frozenset(READERS),
    "staff/report/page/": frozenset(READERS),
    "staff/report/pictures/": frozenset(READERS),
    "staff/report/report.csv": frozenset(READERS),
    "staff/report/report.pdf": frozenset(READERS),
    "staff/report/page.pdf": frozenset(READERS),
    "staff/report/picture.svg": frozenset(READERS),
    "staff/report/picture.png": frozenset(READERS),
    "staff/report/pictures.zip": frozenset(READERS),
    "staff/rounds/": EVERYBODY,
    # And a steward of the whole organisation; the stewards here answer for one unit.
    "staff/rounds/plan/": frozenset({RoleKind.OPERATOR}),
    "staff/rounds/holidays/": frozenset({RoleKind.OPERATOR}),
    "staff/rounds/cancel/": frozenset({RoleKind.OPERATOR}),
    "staff/keys/": frozenset(KEY_HOLDERS),
    "staff/keys/decide/": frozenset(KEY_HOLDERS),
    "staff/keys/headcount/": frozenset(KEY_HOLDERS),
    "staff/keys/slips/": frozenset(KEY_HOLDERS),
    "staff/keys/replacements/": frozenset(KEY_HOLDERS),
    "staff/keys/draw/": frozenset(KEY_HOLDERS),
    "staff/keys/doubts/": frozenset(KEY_HOLDERS),
}
HEAR_OF_INCIDENTS = frozenset({*LEADERS, RoleKind.FACILITATOR, RoleKind.REPRESENTATIVE})
MAY |= {
    "staff/debriefs/": HEAR_OF_INCIDENTS,
    "staff/debriefs/before/": frozenset(READERS),
    "staff/debriefs/lead/": frozenset({RoleKind.FACILITATOR}),
    "staff/debriefs/not-held/": frozenset({RoleKind.FACILITATOR}),
    "staff/debriefs/points/": HEAR_OF_INCIDENTS,
    "staff/debriefs/answer/": frozenset(LEADERS),
    "staff/debriefs/reviews/": HEAR_OF_INCIDENTS,
    "staff/debriefs/register/": EVERYBODY,
}
MAY |= {
    "staff/incidents/": frozenset(INCIDENT_READERS),
    "staff/incidents/write/": frozenset(RECORDERS),
    "staff/incidents/one/": frozenset(INCIDENT_READERS),
    "staff/incidents/asking/": frozenset({RoleKind.FACILITATOR}),
    "staff/incidents/answers/": frozenset(INCIDENT_READERS),
    "staff/incidents/restraint/": frozenset(INCIDENT_READERS),
}
ASSESS = frozenset({*LEADERS, RoleKind.REPRESENTATIVE})
MAY |= {
    "staff/documents/": ASSESS | {RoleKind.OPERATOR},
    "staff/documents/psychosocial.odt": ASSESS,
    "staff/documents/psychosocial.pdf": ASSESS,
    "staff/documents/data-protection.odt": ASSESS | {RoleKind.OPERATOR},
    "staff/documents/data-protection.pdf": ASSESS | {RoleKind.OPERATOR},
}
TELLS = frozenset({RoleKind.STEWARD, RoleKind.REPRESENTATIVE, RoleKind.OPERATOR})
MAY |= {
    "staff/telling/": TELLS,
    "staff/telling/poster.pdf": TELLS,
    "staff/telling/message.txt": TELLS,
    "staff/telling/message.eml": TELLS,
    "staff/telling/rounds.ics": TELLS,
    # Besides a steward of the whole organisation, of whom there is none in these worlds.
    "staff/telling/wording/": frozenset({RoleKind.OPERATOR}),
    "staff/telling/calendar/": frozenset({RoleKind.OPERATOR}),
}
# Drawing one takes as long as ten pages, so it is drawn for one organisation here; the crawl of a year reads
# them all.
DRAWN_FOR_LONG = {
    "staff/report/report.pdf", "staff/report/page.pdf", "staff/report/picture.png",
    "staff/report/pictures.zip", "staff/telling/poster.pdf",
}  # fmt: skip
# They take a form, and show no page of their own.
SENT_ONLY = {
    "staff/sign-in/passkey/", "staff/sign-in/passkey/options/", "staff/account/passkey/options/",
    "staff/account/passkey/remove/", "staff/account/sign-out-everywhere/", "staff/records/close/",
}  # fmt: skip

MAY["staff/supervision/rhythms/change/"] = frozenset({RoleKind.STEWARD})
# Everybody with an account may be supervised, and finds what is their own there.
MAY |= dict.fromkeys(
    (
        "staff/supervision/", "staff/supervision/meeting/", "staff/supervision/meeting/plan/",
        "staff/supervision/meeting/prepare/", "staff/supervision/meeting/move/",
        "staff/supervision/meeting/again/", "staff/supervision/meeting/held/",
        "staff/supervision/meeting/call-off/",
        "staff/supervision/calendar/", "staff/supervision/meetings.ics", "staff/supervision/guide/",
        "staff/supervision/guide/session/", "staff/supervision/rhythms/",
        "staff/records/", "staff/records/make/", "staff/records/lost/", "staff/records/new-words/",
        "staff/records/close/", "staff/supervision/agreements/", "staff/supervision/agreements/one/",
        "staff/supervision/agreements/propose/", "staff/supervision/agreements/change/",
        "staff/supervision/notes/", "staff/supervision/notes/write/", "staff/supervision/notes/share/",
        "staff/supervision/notes/notes.txt", "staff/supervision/notes/notebook/",
    ),
    EVERYBODY,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        else:
            yield here


@cache
def every_route() -> tuple[str, ...]:
    return tuple(routes(get_resolver().url_patterns))


def of_staff() -> list[str]:
    return [route for route in every_route() if route.startswith("staff/")]


def shown(route: str) -> int:
    """The status of a look at an address that is open, on an installation with neither mail nor service."""
    if route in ARRANGED:
        return 404
    return 405 if route in SENT_ONLY else 200


def with_card() -> Browser:
    client = Browser()
    client.cookies[CARD_COOKIE] = Secret.new().cookie()
    client.cookies[CARD_COOKIE]["path"] = PATH
    return client


def test_every_address_of_the_staff_pages_says_whose_it_is() -> None:
    assert sorted(of_staff()) == sorted({*ENTRANCES, *MAY, *ARRANGED})
    assert not ENTRANCES & MAY.keys()
    assert {*ENTRANCES, *MAY} >= SENT_ONLY


@pytest.mark.parametrize("kind", ["nobody", "a carer"])
def test_whoever_has_no_account_finds_the_ways_in_and_nothing_else(db: None, quick: None, kind: str) -> None:
    client = with_card() if kind == "a carer" else Browser()
    nothing = client.get("/staff/nothing/").text
    for route in of_staff():
        looked, sent = client.get(f"/{route}"), client.post(f"/{route}", {"number": "1", "account": "x"})
        if route in ENTRANCES:
            assert looked.status_code == shown(route), route
            assert sent.status_code in (200, 302, 400, 405), route
        else:
            assert (looked.status_code, sent.status_code) == (404, 404), route
            assert looked.text == nothing.replace("/staff/nothing/", f"/{route}"), route
        assert looked["Cache-Control"] == sent["Cache-Control"] == "no-store", route


@pytest.mark.parametrize("role", list(RoleKind))
def test_each_part_finds_its_own_pages_and_no_others(
    ours: StaffWorld, theirs: StaffWorld, role: RoleKind
) -> None:
    for world, other in ((ours, theirs), (theirs, ours)):
        client = signed_in(world.people[role])
        for route in of_staff():
            open_to = MAY.get(route, EVERYBODY)
            if world is theirs and route in DRAWN_FOR_LONG and role in open_to:
                continue
            said = client.get(f"/{route}")
            assert said.status_code == (shown(route) if role in open_to else 404), (route, role)
            # In a file that is no text, what can be read of it is looked at.
            require_nothing_of(other, said.content.decode("utf-8", "replace"))


def require_nothing_of(other: StaffWorld, text: str) -> None:
    """No name and no number of the other organisation stands on a page."""
    names = ("Theirs", "Ours")
    (own,) = [name for name in names if f"of {name}" in text or f"for {name}" in text] or [""]
    assert own == "" or not any(f"{name}" in text for name in names if name != own)
    for number in (other.organisation, other.unit, *(person.account for person in other.people.values())):
        assert number not in text


@pytest.mark.parametrize("role", list(RoleKind))
def test_an_account_opens_no_page_of_a_carer(ours: StaffWorld, role: RoleKind) -> None:
    """Signed in or not, the carers' pages answer alike: they never hear of the account."""
    client, nobody = signed_in(ours.people[role]), Browser()
    for route in every_route():
        if not route.startswith("my/"):
            continue
        told, untold = client.get(f"/{route}"), nobody.get(f"/{route}")
        assert told.status_code == untold.status_code, route
        assert told.status_code in (200, 302, 403, 405), route


def test_pages_for_anybody_are_open_to_anybody(ours: StaffWorld) -> None:
    for client in (Browser(), with_card(), signed_in(ours.people[RoleKind.OPERATOR])):
        for route in every_route():
            if route.startswith(("staff/", "my/")) or "<" in route:
                continue
            expected = 405 if route == "language/" else 200
            assert client.get(f"/{route}").status_code == expected, route


def test_an_address_that_is_not_listed_is_found() -> None:
    """A seeded fault: somebody adds a page and says nothing."""
    assert sorted([*of_staff(), "staff/so-far/"]) != sorted({*ENTRANCES, *MAY})
