"""What was published is read ahead by servers alone, and a chain that cannot be read stops no server."""

from __future__ import annotations

import pytest
from django.db import connections
from tests.architecture.tree import python_files
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.long_chain import publish_chain
from tests.web.report_world import HEADCOUNT, found_organisation

from replenish.basis.errors import Refused
from replenish.conditions import published, reading_ahead
from replenish.conditions.models import PublishedRelease
from replenish.conditions.published import chain_of, releases_of
from replenish.conditions.reading_ahead import read_ahead
from replenish.site import warming

__all__ = ["instance", "prepared"]


@pytest.fixture
def rounds(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rounds of one organisation, of which this process has read nothing yet."""
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    row = publish_chain(HEADCOUNT, rounds=2)
    worlds.set_day(monkeypatch, row.closes_on + (row.closes_on - row.starts_on))
    monkeypatch.setattr(published, "_checked", {})


def test_a_chain_that_was_read_ahead_is_not_read_again(rounds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(reading_ahead, "PIECE", 1)
    assert read_ahead(worlds.ORGANISATION, rest=rests.append) == 2
    assert len(rests) == 2
    ahead = published._checked[worlds.ORGANISATION].releases
    assert all(one is two for one, two in zip(ahead, releases_of(chain_of(worlds.ORGANISATION)), strict=True))


def test_what_is_not_to_be_read_yet_is_not_read_ahead(rounds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = PublishedRelease.objects.get(number=2)
    worlds.set_day(monkeypatch, newest.visible_from.replace(day=newest.visible_from.day - 1))
    assert read_ahead(worlds.ORGANISATION, rest=lambda _seconds: None) == 1


def test_a_shorter_chain_never_takes_the_place_of_a_longer_one(rounds: None) -> None:
    rows = chain_of(worlds.ORGANISATION)
    whole = releases_of(rows)
    first = published._Checked(published._checked[worlds.ORGANISATION].prints[:1], tuple(whole[:1]))
    published._remember(worlds.ORGANISATION, first)
    assert len(published._checked[worlds.ORGANISATION].releases) == 2


def test_a_chain_that_was_changed_stops_nothing_and_is_still_refused(
    rounds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(*_asked: object, **_named: object) -> int:
        releases_of([PublishedRelease(organisation="x", number=1, body="{}", signature="", public_key="")])
        return 0

    monkeypatch.setattr(warming, "read_ahead", changed)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    warming._warm(0)
    with pytest.raises(Refused):
        changed()


def test_only_the_door_of_a_server_begins_to_read_ahead() -> None:
    """A thread beside a command that closes a round or makes a backup would read while it writes."""
    named = {
        path.name
        for path in python_files("src")
        if "site.warming" in path.read_text("utf-8") and path.name != "warming.py"
    }
    assert named == {"wsgi.py"}
