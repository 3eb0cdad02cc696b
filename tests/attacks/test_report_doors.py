"""The report has no other door: by its types, by its imports, and by what its templates are filled with."""

from __future__ import annotations

import ast
import importlib
import inspect
import typing
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.utils.safestring import SafeString
from tests.conditions import worlds
from tests.conditions.instances import Instance, instance, prepared
from tests.web.carer_world import client_with
from tests.web.report_world import closed, found_organisation, member, opened_to_members, season_of

from replenish.basis.errors import Refused
from replenish.conditions.queries import releases
from replenish.disclosure.attack.at_rest import doors
from replenish.disclosure.partition import Partition
from replenish.web import conditions_report
from replenish.web.carer import report as carer_report
from replenish.web.conditions_report import html, page
from replenish.web.conditions_report.parts import THE_WHOLE, PartInRound
from replenish.web.conditions_report.source import Source

__all__ = ["instance", "prepared"]

Filled = typing.Callable[..., SafeString]
FOLDER = Path(conditions_report.__file__).parent
FILES = sorted(path for path in FOLDER.rglob("*.py"))
# What a function of the report may be given or give: published things, facts, words, plain values.
ROOMS = (
    "replenish.web.conditions_report.", "replenish.report.document", "replenish.report.questions",
    "replenish.report.pdf", "replenish.report.charts.drawing", "replenish.disclosure.release.published",
    "replenish.disclosure.model_results.result", "replenish.disclosure.bands.",
    "replenish.measures.pack_parts",
)  # fmt: skip
BY_NAME = {
    "replenish.conditions.queries.Published",
    "replenish.conditions.queries.RoundSummary",
    "replenish.conditions.facts.kinds.Kind",
    "replenish.conditions.facts.reading.ProvidedInPeriod",
    "replenish.conditions.facts.reading.ProvidedOverTime",
    "decimal.Decimal",
    "replenish.conditions.response.RoundAnswers",
    "replenish.conditions.response.Answer",
    "replenish.leadership.queries.Promise",
    "replenish.leadership.queries.Logged",
    "replenish.leadership.queries.Made",
    "replenish.disclosure.model_results.usefulness.Usefulness",
    "replenish.web.acting.words.ActionTold",
    "replenish.web.conversation_kit.points.PointTold",
    "datetime.date",
    "django.utils.safestring.SafeString",
    "django.utils.functional.Promise",
    "replenish.people.roles.RoleKind",
    "zipfile.ZipInfo",
}
PLAIN = {str, int, float, bool, bytes, object, type(None), Partition}


def modules() -> Iterator[ModuleType]:
    for path in FILES:
        inside = path.relative_to(FOLDER).with_suffix("").parts
        yield importlib.import_module(
            ".".join([conditions_report.__name__, *inside]).removesuffix(".__init__")
        )


def functions() -> Iterator[tuple[str, typing.Callable[..., object]]]:
    for module in modules():
        for name, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__:
                yield f"{module.__name__}.{name}", found


def leaves(hint: object) -> Iterator[type]:
    """The types a hint is made of, containers left out."""
    inner = typing.get_args(hint)
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        yield str
    elif inner:
        for one in inner:
            if one is not Ellipsis:
                yield from leaves(one)
    elif isinstance(hint, type):
        yield hint


def allowed(kind: type) -> bool:
    name = f"{kind.__module__}.{kind.__qualname__}"
    return kind in PLAIN or name in BY_NAME or kind.__module__.startswith(ROOMS)


def foreign(found: typing.Callable[..., object]) -> set[str]:
    hints = typing.get_type_hints(found)
    return {
        f"{kind.__module__}.{kind.__qualname__}"
        for hint in hints.values()
        for kind in leaves(hint)
        if not allowed(kind)
    }


def test_functions_of_the_report_take_published_things_facts_and_words_alone() -> None:
    told = dict(functions())
    assert len(told) > 60
    assert {name: found for name, one in told.items() if (found := foreign(one))} == {}
    assert all(
        set(inspect.signature(one).parameters) <= set(typing.get_type_hints(one)) for one in told.values()
    )


def test_a_function_that_takes_rows_is_noticed() -> None:
    def leaky(values: typing.Annotated[dict[str, complex], "rows"], row: Path) -> str:
        return f"{values}{row}"

    assert foreign(leaky) == {"builtins.complex", "pathlib.Path"}


def test_the_report_imports_what_is_listed() -> None:
    found = {
        node.module
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("replenish.")
    }
    named = {module.removeprefix("replenish.") for module in found if module is not None}
    assert {one for one in named if not one.startswith(doors.REPORT_SOURCES)} == set()
    assert not any("voices" in one or one.startswith("web.carer") for one in named)


def test_a_release_that_was_made_elsewhere_is_refused(
    instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    opened_to_members(monkeypatch, closed(monkeypatch, season_of(), 1))
    (published,) = releases(worlds.ORGANISATION)
    forged = object.__new__(type(published.release))
    for name in type(published.release).__slots__:
        if hasattr(published.release, name):
            object.__setattr__(forged, name, getattr(published.release, name))
    for value in (forged, "a release"):
        fake = object.__new__(type(published))
        object.__setattr__(fake, "release", value)
        with pytest.raises(Refused):
            Source("x", THE_WHOLE, None, (), (PartInRound(fake),), (), False, None, 7, worlds.BEGINS)


def watching(filled: Filled, kinds: set[type]) -> Filled:
    """The same, and the kinds of what templates are given."""

    def watched(template: str, parts: dict[str, str], **chosen: bool) -> SafeString:
        kinds.update(type(part) for part in (*parts.values(), *chosen.values()))
        return filled(template, parts, **chosen)

    return watched


def test_templates_are_filled_with_words_alone(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    found_organisation()
    worlds.set_day(monkeypatch, worlds.BEGINS)
    season = season_of()
    secret = member(season)
    opened_to_members(monkeypatch, closed(monkeypatch, season, 1))
    kinds: set[type] = set()
    for module in (html, page, carer_report):
        monkeypatch.setattr(module, "fill", watching(module.fill, kinds))
    for path in ("", "page/"):
        assert client_with(secret).get(f"/my/report/{path}").status_code == 200
    assert kinds == {str, SafeString, bool}
