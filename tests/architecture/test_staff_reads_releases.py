"""What the staff pages draw their numbers from: releases that may be read, facts, answers, and the calendar.

The pages of named people import neither the carers' side nor the gate (a contract of import-linter). Here it
is seen that what they do import from the room of rounds and releases gives nothing else either: each module
is listed with what it speaks of, and each function they use says what it gives, in types that are listed too.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache

import pytest
from django.db.models import Model, QuerySet
from tests.architecture.tree import ROOT, python_files

STAFF = ROOT / "src/replenish/web/staff"
ROOM = "replenish.conditions"

SPEAKS_OF: Mapping[str, str] = {
    "actions": "actions that leaders planned, and what readable releases tell of their effect",
    "calendar": "days of rounds and holidays",
    "composition": "which units are read together, from headcounts that two keys declared",
    "doubts": "doubts that a whole group reads, and their answers",
    "facts": "facts of provision, and who may enter them",
    "following": "what leaders promised, and what they say became of it",
    "places": "names of units, and which have no declared headcount",
    "queries": "seasons and rounds, as everybody in the organisation may see them",
    "ratings": "releases of what people said after sessions of supervision, over a whole organisation",
    "read_together": "which units are read together, by their names",
    "response": "releases behind the gate of leaders, and what leaders answered",
    "rounds": "planning, pausing and ending rounds; how many slips two keys agreed on",
    "shared_list": "points a team agreed on, in its own words",
    "telling": "days and sentences that everybody is told alike",
}
"""Modules of the room, and what a page learns from them. None of them speaks of who answered."""

NEVER = {
    "releases": "it reads a day before the members; `response.readable_to` is the gate",
    "releases_for_members": "it knows no gate for leaders; `response.readable_to` does",
    "latest_of_group": "it knows no gate for leaders; `response.readable_to` does",
}

ROWS_OF_SEASONS: Mapping[str, str] = {
    "rounds.pause": "the rounds that moved: days and states, as the calendar has them",
    "rounds.plan_of": "what planning would do: it holds the season before, with its days and groups",
    "rounds.plan_season": "the season it wrote; the page goes on to another address",
}
"""Rows of seasons and rounds that actions give; these tables hold nothing of a person."""

SPOKEN_IN = (
    "replenish.basis.", "replenish.disclosure.", "replenish.people.", "replenish.leadership.queries", ROOM,
    "datetime",
)  # fmt: skip
PLAIN = {str, int, bool, bytes, float, Decimal, type(None)}

Used = Mapping[tuple[str, str], str]


@cache
def used() -> Used:
    """Module and name of everything the staff pages take from the room, with a file that does."""
    found: dict[tuple[str, str], str] = {}
    for path in python_files("src"):
        if not path.is_relative_to(STAFF):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        modules: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(ROOM):
                for one in node.names:
                    if node.module == ROOM:
                        modules[one.asname or one.name] = f"{ROOM}.{one.name}"
                    else:
                        found[str(node.module), one.name] = str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
            ):
                found[modules[node.value.id], node.attr] = str(path.relative_to(ROOT))
    return found


def given_by(function: typing.Callable[..., object]) -> Iterator[type]:
    """Every type in what a function gives, through containers and the fields of results."""
    yield from _types(typing.get_type_hints(function).get("return", object), set())


def _types(hint: object, seen: set[object]) -> Iterator[type]:
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Literal:
        return
    for one in inner:
        if one is not Ellipsis and not isinstance(one, list):
            yield from _types(one, seen)
    if isinstance(hint, type) and not inner and hint not in seen:
        seen.add(hint)
        yield hint
        # What a release holds, only the disclosure room can write; a problem holds the words of its sentence.
        if dataclasses.is_dataclass(hint) and not hint.__module__.startswith(SPOKEN_IN[:2]):
            for field in typing.get_type_hints(hint).values():
                yield from _types(field, seen)


def unspeakable(kind: type) -> bool:
    """Whether it is a row of a table, something that could be anything, or of a room nobody listed."""
    if issubclass(kind, Model | QuerySet):
        return True
    if kind in PLAIN or issubclass(kind, Enum):
        return False
    return not kind.__module__.startswith(SPOKEN_IN) and not kind.__module__.startswith("django.utils")


def test_each_module_the_staff_pages_read_is_listed_with_what_it_speaks_of() -> None:
    taken = {module.removeprefix(f"{ROOM}.").split(".")[0]: path for (module, _), path in used().items()}
    unlisted = {module: path for module, path in taken.items() if module not in SPEAKS_OF}
    assert unlisted == {}, (
        "A staff page takes from a module that is not listed. If all it gives follows from releases behind "
        "the gate, facts, answers or the calendar, say in SPEAKS_OF what it speaks of; if not, it may not."
    )


def test_releases_come_to_the_staff_pages_through_the_gate_of_leaders_alone() -> None:
    taken = {name: path for (_, name), path in used().items() if name in NEVER}
    assert taken == {}, "\n".join(f"{name}: {NEVER[name]}" for name in taken)
    assert (f"{ROOM}.response", "readable_to") in used()


def test_each_function_the_staff_pages_use_gives_listed_types() -> None:
    found, looked = {}, 0
    for (module, name), path in used().items():
        function = getattr(importlib.import_module(module), name)
        if not inspect.isfunction(function):
            continue
        looked += 1
        named = f"{module.removeprefix(f'{ROOM}.')}.{name}"
        odd = {kind.__qualname__ for kind in given_by(function) if unspeakable(kind)}
        if odd and named not in ROWS_OF_SEASONS:
            found[named] = (odd, path)
    assert looked > 20
    assert found == {}, (
        "A staff page uses a function that gives rows of a table, or a type that could hold anything. Give a "
        "small frozen result of named entries instead, in a module that SPEAKS_OF lists."
    )


@pytest.mark.parametrize("given", ["QuerySet[typing.Any]", "list[complex]", "object", "_Holding"])
def test_a_function_that_could_give_anything_is_noticed(given: str) -> None:
    @dataclasses.dataclass
    class Holding:
        rows: list[complex]

    def leaky() -> None: ...

    leaky.__annotations__["return"] = {
        "QuerySet[typing.Any]": QuerySet,
        "list[complex]": list[complex],
        "object": object,
        "_Holding": Holding,
    }[given]
    assert any(unspeakable(kind) for kind in given_by(leaky))
