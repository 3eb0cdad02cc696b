"""The card on a device: hidden, locked, held open for a while; what is found later opens nothing."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.web.carer_world import CarerWorld, client_with
from tests.web.device_world import CODE, later, lock_with_code, shared_client, try_quickly, value

from replenish.basis import clock
from replenish.sealing import device_lock
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.device_lock import held_open
from replenish.sealing.secret import Secret
from replenish.voices import rate_limit
from replenish.voices.rate_limit import RateLimit
from replenish.web.carer import urls
from replenish.web.carer.card_cookie import CARD_COOKIE
from replenish.web.carer.kept_card import (
    SHARED_MINUTES,
    USUAL_MINUTES,
    read_kept,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    try_quickly(monkeypatch)


@pytest.fixture
def secret(world: CarerWorld) -> Secret:
    return Secret.new()


@pytest.fixture
def client(secret: Secret) -> Client:
    return client_with(secret)


@pytest.fixture
def shared(secret: Secret) -> Client:
    return shared_client(secret)


@pytest.fixture
def locked(client: Client) -> Client:
    return lock_with_code(client)


def test_a_shared_device_never_holds_the_card_itself(shared: Client, secret: Secret) -> None:
    assert shared.get("/my/").status_code == 200
    assert secret.code() not in value(shared)
    assert secret.code()[:22] not in value(shared)
    assert shared.cookies[CARD_COOKIE]["max-age"] == ""


def test_a_shared_device_forgets_after_ten_minutes_without_a_page(
    shared: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        later(monkeypatch, minutes=9)
        assert shared.get("/my/").status_code == 200
    before = value(shared)
    later(monkeypatch, minutes=SHARED_MINUTES, seconds=1)
    answer = shared.get("/my/")
    assert answer.status_code == 403
    assert "closed after a while without use" in answer.text
    assert value(shared) == before, "nothing that is over is begun anew"


def test_what_was_left_on_a_device_opens_with_no_file_of_the_server_two_days_later(
    shared: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every key file and the cookie that stayed behind, and a clock that was set back."""
    left, came = value(shared), clock.now()
    later(monkeypatch, days=1)
    assert Client().get("/my/device/").status_code == 403
    keys = DeviceKeys(settings.REPLENISH_KEYS)
    assert read_kept(left, keys, came).secret is not None  # type: ignore[union-attr]
    keys.holding(clock.today() + timedelta(days=1))
    found = read_kept(left, keys, came)
    assert found is not None
    assert found.secret is None
    for path in settings.REPLENISH_KEYS.glob("*"):
        assert (
            path.is_dir()
            or held_open(left.split(".")[-1], [path.read_bytes()], came, bound_to="s.10.") is None
        )


def test_a_card_stays_open_over_midnight(shared: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = datetime.combine(clock.today() + timedelta(days=1), time(), UTC)
    for minutes in (-12, -4, 4, 12):
        monkeypatch.setattr(clock, "now", lambda: midnight + timedelta(minutes=minutes))  # noqa: B023
        if minutes == -12:
            shared.post("/my/return/", {"words": " ".join(Secret.new().words()), "shared": "on"})
        assert shared.get("/my/").status_code == 200


def test_what_a_script_fetches_is_no_sign_of_life(shared: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, minutes=6)
    before = value(shared)
    assert shared.get("/my/check-in/queued/").status_code == 200
    assert value(shared) == before
    later(monkeypatch, minutes=6)
    assert shared.get("/my/").status_code == 403


def test_a_shared_device_says_how_long_a_note_may_take(shared: Client, client: Client) -> None:
    assert "closes ten minutes after it was opened" in shared.get("/my/reflect/", {"with": "free"}).text
    assert "closes ten minutes" not in client.get("/my/reflect/", {"with": "free"}).text


def test_hiding_shows_nothing_until_the_person_comes_back(client: Client) -> None:
    gone = client.get("/my/hide/")
    assert (gone.status_code, gone["Location"]) == (302, "/quiet/")
    for path in ("/my/", "/my/reflect/", "/my/data/my-answers.json", "/my/device/"):
        page = client.get(path)
        assert page.status_code == 403
        assert "This page is hidden" in page.text
        assert page["Cache-Control"] == "no-store"
    assert client.post("/my/check-in/", {"sign.dread": "1"}).status_code == 403
    assert "This page is hidden" in client.get("/my/open/").text
    assert client.post("/my/open/")["Location"] == "/my/"
    assert client.get("/my/").status_code == 200


def test_hiding_a_shared_device_does_not_keep_it_open(
    shared: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.get("/my/hide/")
    assert "This page is hidden" in shared.get("/my/").text
    later(monkeypatch, minutes=11)
    assert "closed after a while" in shared.get("/my/").text
    assert shared.post("/my/open/").status_code == 403


def test_hiding_without_a_card_leaves_no_cookie(world: CarerWorld) -> None:
    client = Client()
    assert client.get("/my/hide/")["Location"] == "/quiet/"
    assert CARD_COOKIE not in client.cookies


def test_the_head_of_a_page_is_a_sign_of_life(shared: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "data-held" in shared.get("/my/reflect/").text
    for _ in range(3):
        later(monkeypatch, minutes=9)
        assert shared.head("/my/reflect/").status_code == 200
    later(monkeypatch, minutes=9)
    assert shared.get("/my/").status_code == 200


def test_a_code_opens_the_page_again(locked: Client, secret: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret.code() not in value(locked)
    assert locked.cookies[CARD_COOKIE]["max-age"] == 400 * 24 * 60 * 60
    later(monkeypatch, minutes=USUAL_MINUTES - 1)
    assert locked.get("/my/").status_code == 200
    later(monkeypatch, minutes=USUAL_MINUTES, seconds=1)
    page = locked.get("/my/")
    assert page.status_code == 403
    assert "The code of this device" in page.text
    assert 'type="password"' in page.text
    wrong = locked.post("/my/open/", {"code": "271829"})
    assert "That is not the code of this device" in wrong.text
    assert locked.get("/my/").status_code == 403
    assert locked.post("/my/open/", {"code": f" {CODE} "})["Location"] == "/my/"
    assert locked.get("/my/").status_code == 200


def test_hiding_locks(locked: Client) -> None:
    locked.get("/my/hide/")
    assert "The code of this device" in locked.get("/my/").text
    assert locked.post("/my/open/").status_code == 403
    assert locked.post("/my/open/", {"code": CODE}).status_code == 302


def test_a_locked_card_is_not_replaced_by_accident(locked: Client, world: CarerWorld) -> None:
    locked.get("/my/hide/")
    before = value(locked)
    for path, sent in (("/my/join/", {"code": world.codes[0]}), ("/my/new-card/", {})):
        assert "The code of this device" in locked.get(path).text
        assert locked.post(path, sent).status_code == 403
    assert value(locked) == before


def test_a_forgotten_code_gives_way_to_the_words(locked: Client, secret: Secret) -> None:
    locked.get("/my/hide/")
    assert locked.post("/my/return/", {"words": " ".join(secret.words())}).status_code == 302
    assert locked.get("/my/").status_code == 200


def test_the_lock_can_be_changed_and_taken_off(locked: Client, secret: Secret) -> None:
    locked.post("/my/device/", {"step": "lock", "new-code": "cat hat mat", "code-again": "cat hat mat"})
    locked.get("/my/hide/")
    assert locked.post("/my/open/", {"code": CODE}).status_code == 403
    assert locked.post("/my/open/", {"code": "cat hat mat"}).status_code == 302
    locked.post("/my/device/", {"step": "unlock"})
    assert value(locked) == secret.cookie()


@pytest.mark.parametrize(
    ("code", "again", "sentence"),
    [
        ("12345", "12345", "6 to 64 letters or digits"),
        ("x" * 65, "x" * 65, "6 to 64 letters or digits"),
        ("111111", "111111", "are the same"),
        ("271828", "271829", "The two codes differ"),
        ("", "", "6 to 64"),
    ],
)
def test_a_code_that_helps_nobody_is_refused(client: Client, code: str, again: str, sentence: str) -> None:
    before = value(client)
    answer = client.post("/my/device/", {"step": "lock", "new-code": code, "code-again": again})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert value(client) == before
    assert code not in answer.text or not code


def test_codes_are_tried_slowly_for_each_card_alone(locked: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    now = [0.0]
    monkeypatch.setattr(device_lock, "MEMORY_KIBIBYTES", 64)
    for name, each in (("_CODES", 1_000), ("_CODES_OF_A_CARD", 5)):
        monkeypatch.setattr(rate_limit, name, RateLimit(each=each, together=1_000, seconds=lambda: now[0]))
    locked.get("/my/hide/")
    for _ in range(5):
        assert "not the code" in locked.post("/my/open/", {"code": "000001"}).text
    assert "Too many codes" in locked.post("/my/open/", {"code": CODE}).text
    other = client_with(Secret.new())
    other.post("/my/device/", {"step": "lock", "new-code": CODE, "code-again": CODE})
    other.get("/my/hide/")
    assert other.post("/my/open/", {"code": CODE}).status_code == 302
    now[0] = 61.0
    assert locked.post("/my/open/", {"code": CODE}).status_code == 302


@pytest.mark.parametrize("minutes", [2, 60, 0])
def test_the_time_until_the_screen_hides_is_chosen_on_the_device(client: Client, minutes: int) -> None:
    assert f'data-hide-after="{USUAL_MINUTES}"' in client.get("/my/").text
    client.post("/my/device/", {"step": "minutes", "minutes": str(minutes)})
    page = client.get("/my/device/").text
    assert f'value="{minutes}" checked' in page
    assert (f'<body data-hide-after="{minutes}">' in page) is (minutes > 0)


@pytest.mark.parametrize("forged", ["1", "999999", "-5", "x", ""])
def test_no_other_time_is_taken(client: Client, forged: str) -> None:
    client.post("/my/device/", {"step": "minutes", "minutes": forged})
    assert f'value="{USUAL_MINUTES}" checked' in client.get("/my/device/").text


def test_a_locked_device_always_closes(locked: Client) -> None:
    assert 'value="0"' not in locked.get("/my/device/").text
    locked.post("/my/device/", {"step": "minutes", "minutes": "0"})
    assert f'data-hide-after="{USUAL_MINUTES}"' in locked.get("/my/").text


def test_a_shared_device_cannot_be_made_to_wait(shared: Client) -> None:
    page = shared.post("/my/device/", {"step": "minutes", "minutes": "60"}).text
    assert "after 10 minutes without a page" in page
    assert "<fieldset" not in page
    assert (
        shared.post("/my/device/", {"step": "lock", "new-code": CODE, "code-again": CODE}).status_code == 200
    )
    assert "You said that others use this device" in shared.get("/my/device/").text


def test_no_page_leaves_another_cookie_than_the_card_and_the_key_of_forms(
    client: Client, shared: Client, locked: Client
) -> None:
    for browser in (client, shared, locked, Client()):
        for pattern in urls.urlpatterns:
            browser.get(f"/my/{pattern.pattern}")
            browser.post("/my/open/", {"code": CODE})
        assert set(browser.cookies) <= {CARD_COOKIE, settings.CSRF_COOKIE_NAME}
        assert all(cookie["path"] == "/my/" for cookie in browser.cookies.values() if cookie["path"])


@pytest.mark.parametrize(
    ("path", "sent"),
    [("/my/leave/", {}), ("/my/data/destroy/", {"understood": "on"})],
    ids=["leave", "destroy"],
)
def test_leaving_takes_all_that_the_browser_stored_and_says_what_stays(
    client: Client, path: str, sent: dict[str, str]
) -> None:
    page = client.post(path, sent)
    assert page["Clear-Site-Data"] == '"cache", "storage"'
    assert "Files you downloaded stay" in page.text
    assert "Clear-Site-Data" not in client.get("/my/leave/")
