"""Limits that count attempts and keep no list of who tried."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from replenish.voices import rate_limit
from replenish.voices.rate_limit import RateLimit, slip_attempt_allowed


class Clock:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self.seconds


def test_each_address_has_its_own_limit_for_a_minute() -> None:
    clock = Clock()
    limit = RateLimit(each=3, together=100, seconds=clock)
    assert [limit.allows("10.0.0.1") for _ in range(5)] == [True] * 3 + [False] * 2
    assert limit.allows("10.0.0.2")
    clock.seconds = 59.9
    assert not limit.allows("10.0.0.1")
    clock.seconds = 60.0
    assert limit.allows("10.0.0.1")


def test_all_together_have_a_limit_too() -> None:
    limit = RateLimit(each=3, together=10, seconds=Clock())
    allowed = sum(limit.allows(f"10.0.{number // 250}.{number % 250}") for number in range(1000))
    assert allowed == 10


def test_many_addresses_hardly_ever_share_a_limit() -> None:
    limit = RateLimit(each=2, together=10_000, seconds=Clock())
    refused = sum(not limit.allows(f"10.{n // 62500}.{n // 250 % 250}.{n % 250}") for n in range(1500))
    assert refused <= 3


def test_a_refused_attempt_costs_the_others_nothing() -> None:
    limit = RateLimit(each=2, together=4, seconds=Clock())
    for _ in range(50):
        limit.allows("10.0.0.1")
    assert limit.allows("10.0.0.2")


def test_nothing_of_an_address_is_kept() -> None:
    clock = Clock()
    limit = RateLimit(each=3, together=100, seconds=clock)
    limit.allows("203.0.113.77")
    held = repr([getattr(limit, name) for name in vars(limit)])
    assert "203.0.113.77" not in held
    key, counts = limit._key, limit._counts.tobytes()
    clock.seconds = 61.0
    limit.allows("203.0.113.77")
    assert limit._key != key, "the key is forgotten with its minute"
    assert limit._counts.tobytes() != counts


def _joining(settings: Settings, monkeypatch: pytest.MonkeyPatch, *, told: bool) -> int:
    """How many of 90 people, each at an address of their own, may try a slip behind one server with https."""
    settings.REPLENISH_SECURE = True
    monkeypatch.setattr(rate_limit, "_SLIPS", RateLimit(each=30, together=600, seconds=Clock()))
    allowed = 0
    for person in range(90):
        request = RequestFactory().post("/my/join/", REMOTE_ADDR="127.0.0.1")
        if told:
            request.META["HTTP_X_FORWARDED_FOR"] = f"198.51.100.9, 10.0.0.{person}"
        allowed += slip_attempt_allowed(request)
    return allowed


@pytest.mark.parametrize("told", [True, False])
def test_people_behind_one_server_with_https_do_not_lock_one_another_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, *, told: bool
) -> None:
    assert _joining(settings, monkeypatch, told=told) == 90


def test_behind_a_server_with_https_one_address_still_has_its_limit(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the caller wrote into the header stands before what the server in front added."""
    settings.REPLENISH_SECURE = True
    monkeypatch.setattr(rate_limit, "_SLIPS", RateLimit(each=30, together=600, seconds=Clock()))
    tried = [
        slip_attempt_allowed(
            RequestFactory().post(
                "/my/join/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.9.9.{place}, 203.0.113.5"
            )
        )
        for place in range(40)
    ]
    assert sum(tried) == 30


def test_without_https_in_front_nobody_chooses_their_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REPLENISH_SECURE = False
    monkeypatch.setattr(rate_limit, "_SLIPS", RateLimit(each=30, together=600, seconds=Clock()))
    tried = [
        slip_attempt_allowed(
            RequestFactory().post("/", REMOTE_ADDR="203.0.113.5", HTTP_X_FORWARDED_FOR=f"10.9.9.{place}")
        )
        for place in range(40)
    ]
    assert sum(tried) == 30
