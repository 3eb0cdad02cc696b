"""The configuration attack: every door is known, and none leads below the floor or past a release."""

from __future__ import annotations

import argparse
import ast
import math
import re
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import IntegrityError, connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.tree import ROOT, python_files
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared

from replenish.basis.errors import Refused
from replenish.cli.main import parser
from replenish.conditions import gate
from replenish.conditions.models import PublishedRelease, Round
from replenish.conditions.rounds import opening
from replenish.disclosure.attack.at_rest import doors
from replenish.disclosure.bands import FLOOR, effective_floor
from replenish.people.models import Organisation
from replenish.people.roles import RoleKind
from replenish.site import configuration

__all__ = ["instance", "prepared"]

HOSTILE_NUMBERS = [0, 1, -1, 6, 6.9, 6.999999999, math.inf, -math.inf, math.nan, None, "7 ", "1", True, ""]


def floor_read(text: str) -> object:
    return configuration.read_configuration({"REPLENISH_FLOOR": text})["FLOOR"]


def test_every_setting_is_listed_with_what_it_can_do() -> None:
    assert doors.unlisted((setting.name for setting in configuration.SETTINGS), doors.SETTINGS) == ([], [])


def test_no_value_of_the_setting_lowers_the_floor() -> None:
    assert doors.accepted_below_floor(floor_read) == []
    assert floor_read("9") == 9


def test_a_setting_that_lowers_the_floor_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seeded fault: the floor is read as any whole number."""
    lax = configuration.Setting("FLOOR", "7", "the least number of voices", int, "it must be a number")
    others = tuple(setting for setting in configuration.SETTINGS if setting.name != "FLOOR")
    monkeypatch.setattr(configuration, "SETTINGS", (*others, lax))
    assert {"0", "1", "-1", "6"} <= set(doors.accepted_below_floor(floor_read))


def test_no_other_setting_or_variable_changes_what_is_read_as_the_floor() -> None:
    for setting in configuration.SETTINGS:
        for text in doors.HOSTILE:
            if setting.name == "FLOOR":
                continue
            try:
                found = configuration.read_configuration({configuration.PREFIX + setting.name: text})
            except Refused:
                continue
            assert found["FLOOR"] == FLOOR, (setting.name, text)
    for name in ("REPLENISH_MIN_N", "REPLENISH_DEBUG", "REPLENISH_floor"):
        with pytest.raises(Refused):
            configuration.read_configuration({name: "1"})


@pytest.mark.parametrize("hostile", HOSTILE_NUMBERS, ids=repr)
def test_the_floor_in_force_is_never_below_the_compiled_one(hostile: Any) -> None:  # noqa: ANN401
    try:
        in_force = effective_floor(hostile)
    except (Refused, TypeError, ValueError):
        return
    assert in_force >= FLOOR


@pytest.mark.parametrize("hostile", HOSTILE_NUMBERS, ids=repr)
def test_six_voices_are_not_shown_whatever_the_setting_is_changed_to(
    hostile: Any,  # noqa: ANN401
    instance: Instance,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,  # noqa: ANN401
) -> None:
    """A real round is closed with six voices in a group, and a floor that somebody put into the settings."""
    settings.REPLENISH_FLOOR = hostile
    season = worlds.make_season({("Home", "Ash"): 10})
    monkeypatch.setattr(opening, "organisation_summary", lambda _: SimpleNamespace(floor=FLOOR))
    row = worlds.open_planned(season)
    try:
        floor = opening._floor(season.organisation)
        Round.objects.filter(id=row.id).update(floor=floor)
    except (TypeError, ValueError, OverflowError):
        return
    assert Round.objects.get(id=row.id).floor >= FLOOR
    groups = worlds.groups_of(season, {"Ash": 6})
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    assert_nothing_shown(row)


@pytest.mark.parametrize("hostile", [0, 1, 6, -1])
def test_the_database_refuses_a_floor_below_the_compiled_one(hostile: int, instance: Instance) -> None:
    season = worlds.make_season({("Home", "Ash"): 10})
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(season=season).update(floor=hostile)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            id="1" * 32, name="A home", setting="school", floor=hostile, created_on="2026-01-01"
        )


def test_a_round_whose_floor_was_lowered_past_the_database_still_shows_nothing(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with SQL turns the database's own check off; the compiled floor does not ask the database."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no way to ignore a check but to drop it")
    season = worlds.make_season({("Home", "Ash"): 10})
    row = worlds.open_planned(season)
    groups = worlds.groups_of(season, {"Ash": 6})
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("UPDATE conditions_round SET floor = 1")
    assert_nothing_shown(row)


def test_seven_voices_are_shown(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests above can fail: one voice more, and there is a band."""
    season = worlds.make_season({("Home", "Ash"): 10})
    row = worlds.open_planned(season)
    groups = worlds.groups_of(season, {"Ash": 7})
    worlds.contribute(row, groups, worlds.answers(len(groups)))
    worlds.set_day(monkeypatch, row.closes_on)
    with pytest.raises(AssertionError):
        assert_nothing_shown(row)


def assert_nothing_shown(row: Round) -> None:
    try:
        body = gate.close(row.id).body
    except (Refused, TypeError, ValueError):
        assert not PublishedRelease.objects.exists()
        return
    assert '"size":"' not in body
    assert '"band":[' not in body


def test_every_role_is_listed() -> None:
    assert doors.unlisted(RoleKind.values, doors.ROLES) == ([], [])


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        else:
            yield here


def test_every_address_is_listed_with_what_it_shows() -> None:
    found = list(addresses(get_resolver().url_patterns))
    assert len(found) > 10
    assert doors.unlisted(found, doors.ADDRESSES) == ([], [])
    assert set(doors.EXPORTS) <= set(found)


def test_a_new_address_is_noticed() -> None:
    assert doors.unlisted([*doors.ADDRESSES, "staff/so-far/"], doors.ADDRESSES)[0] == ["staff/so-far/"]


def commands() -> dict[str, argparse.ArgumentParser]:
    (choice,) = (each for each in parser()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(choice.choices)


def test_every_command_is_listed_with_what_it_shows() -> None:
    assert doors.unlisted(commands(), doors.COMMANDS) == ([], [])


def options(found: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every option, of subcommands too."""
    for action in found._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from options(inner)
        else:
            yield action


@pytest.mark.parametrize("name", sorted(doors.COMMANDS))
def test_no_option_names_a_floor_that_can_be_lowered(name: str) -> None:
    for option in options(commands()[name]):
        about = " ".join(option.option_strings)
        if not any(word in about for word in ("floor", "least", "min-n", "threshold", "suppress")):
            continue
        reads = option.type or str
        assert callable(reads)
        for text in doors.HOSTILE:
            try:
                value = reads(text)
            except (Refused, ValueError, argparse.ArgumentTypeError):
                continue
            if isinstance(value, int | float) and value < FLOOR:
                pytest.fail(f"{name} {about} takes {text!r}") if not refused_later(name) else None


def refused_later(name: str) -> bool:
    """Commands that give their floor to `plan_partition` and `make_release`, which refuse one below seven."""
    return name in {"release", "report", "start", "organisation"}


def test_no_command_of_django_is_added_by_this_project() -> None:
    assert [name for name, app in get_commands().items() if app.startswith("replenish")] == []


@cache
def nodes() -> list[tuple[str, ast.AST]]:
    return [
        (str(path.relative_to(ROOT / "src" / "replenish")), node)
        for path in python_files("src")
        if re.search(r"\bRelease\(|microdata|FLOOR =|/web/", f"{path}\n{(text := path.read_text('utf-8'))}")
        for node in ast.walk(ast.parse(text))
    ]


def imported() -> Iterator[tuple[str, str]]:
    for name, node in nodes():
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("replenish."):
            yield name, str(node.module).removeprefix("replenish.")


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_a_release_is_constructed_in_one_room_alone() -> None:
    found = {name for name, node in nodes() if isinstance(node, ast.Call) and called(node) == "Release"}
    assert found == doors.CONSTRUCTORS


def test_microdata_is_read_by_the_gate_alone() -> None:
    assert {name for name, module in imported() if module == "voices.microdata"} == doors.READERS


def test_no_page_is_given_more_than_words_facts_and_releases() -> None:
    """Pages import no statistics, no tables, no gate and no rows: what is not there cannot be shown.

    The one exception is what looks at the weeks of a single person, from their own box, on their own page.
    """
    of_one_person = ("web/carer/", "web/public/noticing")
    forbidden = ("statistics", "voices.microdata", "conditions.gate", "conditions.computing")
    found = [
        (name, module)
        for name, module in imported()
        if name.startswith("web/") and (module.startswith(forbidden) or module.endswith(".models"))
        if not (module.startswith("statistics.noticing") and name.startswith(of_one_person))
    ]
    assert found == []


def test_the_floor_stands_in_one_place_in_the_code() -> None:
    """No second seven that somebody could lower."""
    found = {
        name
        for name, node in nodes()
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
        and target.id in ("FLOOR", "LEAST_VOICES")
        and isinstance(node.value, ast.Constant)
    }
    assert found == {"disclosure/bands/sizes.py"}
