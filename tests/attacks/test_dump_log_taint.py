"""Planted words: a name, an address, an agent, a secret, an answer; no log holds one of them, at any level.

Requests pass through the real pages, calm ones and ones that fail, while every logger of the program and of
Django writes whatever it writes, through the format that the running system uses.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.web.carer_world import SEASON, WEEKLY_ANSWERS, begin_world, client_with, open_first_round
from tests.web.test_queued import QUEUED, Phone

from replenish.basis import clock
from replenish.disclosure.attack.at_rest.logs import canaries_that_meet
from replenish.sealing import names
from replenish.sealing.queue_key import quarter_of
from replenish.sealing.secret import Secret
from replenish.site.quiet_logging import PlaceOnly
from replenish.site.settings import LOGGING
from replenish.voices import actions
from replenish.voices.actions import edit_box, spend_slip
from replenish.voices.box_content import BoxContent, Reflection

WAITED = "AbCdEfGhIjKl"
ADDRESS, AGENT, REFLECTION = "203.0.113.77", "Canary-Browser/7", "Canaria Beispiel wept at half past four"


@contextmanager
def everything_logged(formatter: logging.Formatter) -> Iterator[io.StringIO]:
    """Every logger at the lowest level, into one text."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(formatter)
    known = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    before = [(logger, logger.level, logger.handlers, logger.propagate, logger.disabled) for logger in known]
    for logger in known:
        logger.handlers, logger.propagate, logger.disabled = [], True, False
        logger.setLevel(logging.DEBUG)
    logging.getLogger().handlers = [handler]
    try:
        yield said
    finally:
        for logger, level, handlers, propagate, disabled in before:
            logger.handlers, logger.propagate, logger.disabled = handlers, propagate, disabled
            logger.setLevel(level)


def canaries(secret: Secret, code: str) -> dict[str, list[str]]:
    return {
        "address": [ADDRESS],
        "browser": [AGENT],
        "secret": [secret.code(), secret.cookie(), code],
        "row": [names.box_name(secret), names.seat_name(secret, SEASON)],
        "answer": [REFLECTION, "sign.flatness"],
        "path": ["/my/check-in", "canary=42"],
        "waited": [names.queue_tag(secret, quarter_of(clock.today())), WAITED],
    }


def drive(secret: Secret, code: str, patch: pytest.MonkeyPatch) -> None:
    """Requests that go well and requests that fail, inside and outside the database."""
    client = client_with(secret, raise_request_exception=False)
    client.defaults |= {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    assert client.post("/my/join/", {"code": code}).status_code < 500
    assert client.post("/my/check-in/?canary=42", WEEKLY_ANSWERS).status_code == 200
    phone = Phone(secret, raise_request_exception=False)
    assert phone.send(phone.sealed(id=WAITED), phone.sealed(id=WAITED, week="canary=42"))
    with patch.context() as broken:
        broken.setattr(actions, "check_in", failing(RuntimeError(REFLECTION)))
        body = {"items": [phone.sealed(id=WAITED)]}
        assert phone.client.post(f"{QUEUED}?canary=42", body, "application/json").status_code == 500
    assert client.post(QUEUED, REFLECTION, content_type="application/json").status_code == 400
    edit_box(secret, with_reflection)
    assert client.get("/my/data/my-answers.json").status_code == 200
    assert client.get("/my/nowhere/?canary=42").status_code == 404
    assert client.post("/my/check-in/", {"sign.flatness": REFLECTION}).status_code in (200, 400, 422)
    with patch.context() as broken:
        broken.setattr(actions, "check_in", failing(RuntimeError(REFLECTION)))
        assert client.post("/my/check-in/?canary=42", WEEKLY_ANSWERS).status_code == 500
    with connection.execute_wrapper(failing(DatabaseError(f"near {names.box_name(secret)}"))):
        assert client.post("/my/check-in/?canary=42", WEEKLY_ANSWERS).status_code == 500
    Client(enforce_csrf_checks=True).post("/my/check-in/", WEEKLY_ANSWERS)


def failing(error: Exception) -> Callable[..., None]:
    """Something that fails with words in its message."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def with_reflection(box: BoxContent) -> BoxContent:
    kept = Reflection(week="2026-W03", topic="own-page", text=REFLECTION)
    return box.model_copy(update={"reflections": (kept,)})


@pytest.fixture
def card(db: None) -> tuple[Secret, str]:
    """A new card that has a seat in the open round, and the code of the slip it came with."""
    world = begin_world(open_now=False)
    secret = Secret.new()
    spend_slip(secret, world.codes[0])
    open_first_round(world)
    return secret, world.codes[0]


def test_no_log_holds_a_planted_word_at_any_level(
    card: tuple[Secret, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    connection.force_debug_cursor = True  # Django then logs every statement with its parameters
    try:
        with everything_logged(PlaceOnly()) as said:
            drive(*card, monkeypatch)
    finally:
        connection.force_debug_cursor = False
    out, err = capfd.readouterr()
    texts = {"log": said.getvalue(), "output": out, "errors": err}
    assert "DEBUG django.db.backends" in said.getvalue()
    assert "RuntimeError through" in said.getvalue()
    assert list(canaries_that_meet(texts, canaries(*card))) == []


def test_an_ordinary_log_would_hold_them(card: tuple[Secret, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: Django's usual format, with messages and tracebacks."""
    connection.force_debug_cursor = True
    try:
        with everything_logged(logging.Formatter("%(asctime)s %(message)s")) as said:
            drive(*card, monkeypatch)
    finally:
        connection.force_debug_cursor = False
    (found,) = canaries_that_meet({"log": said.getvalue()}, canaries(*card), apart=2)
    assert "row" in found.wrong
    assert "answer" in found.wrong


def test_the_running_system_writes_through_the_quiet_format_alone() -> None:
    formats = {str(each["()"]) for each in LOGGING["formatters"].values()}  # type: ignore[attr-defined]
    assert formats == {"replenish.site.quiet_logging.PlaceOnly"}
    handlers = LOGGING["handlers"].values()  # type: ignore[attr-defined]
    assert all(handler["formatter"] == "plain" for handler in handlers)
