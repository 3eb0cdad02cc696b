"""The kinds of places at the command line: listed with what each brings, and chosen at set-up."""

from __future__ import annotations

import json

import pytest

from replenish.cli.main import main
from replenish.people.models import Setting
from replenish.people.queries import organisations

pytestmark = pytest.mark.django_db


def test_every_kind_is_listed_and_can_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "settings"]) == 0
    said = capsys.readouterr().out
    assert all(setting.value in said for setting in Setting)
    for setting in Setting:
        assert main(["organisation", "create", f"A {setting.value}", "--setting", setting.value]) == 0
    assert {one.setting for one in organisations()} == set(Setting.values)


def test_a_kind_is_printed_whole_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "settings", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["setting"] for one in told] == list(Setting.values)
    assert all(rhythm["source"] and rhythm["mark"] for one in told for rhythm in one["supervision"])


def test_a_kind_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["organisation", "create", "A palace", "--setting", "palace"]) == 2
    assert "there is no kind of place 'palace'" in capsys.readouterr().err.lower()
