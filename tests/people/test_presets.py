"""What is usual in each kind of place: whole, sourced, gentle, and replaced by an own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pytest_django import Settings
from tests.web.plain_words import forbidden_in, words_in

from replenish.basis.errors import Refused
from replenish.basis.faults import PeopleFault
from replenish.people.models import Setting
from replenish.people.presets import SHIPPED, Preset, every_preset, preset, preset_named, read_preset

LONGEST = 20
SCHOOL = SHIPPED / "school.yaml"


@pytest.fixture
def instance(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of an installation, with room for files of its own."""
    settings.REPLENISH_INSTANCE = tmp_path
    (tmp_path / "presets").mkdir()
    preset.cache_clear()
    yield tmp_path
    preset.cache_clear()


def said(found: Preset) -> list[str]:
    """Everything in it that people read."""
    rhythms = [words for one in found.supervision for words in (one.who, one.expected, one.source)]
    stretches = [one.name for one in found.calendar.terms] + [one.name for one in found.calendar.shifts]
    named = [found.title, found.people.one, found.people.many, found.calendar.source]
    return [*named, *stretches, *rhythms, *found.hard_encounters, *found.turn_to]


def test_there_is_one_for_every_kind_of_place_and_no_other() -> None:
    assert {path.stem for path in SHIPPED.glob("*.yaml")} == set(Setting.values)
    assert [one.setting for one in every_preset()] == list(Setting)


@pytest.mark.parametrize("setting", list(Setting))
def test_it_is_gentle_short_and_judges_nobody(setting: Setting) -> None:
    for words in said(read_preset(SHIPPED / f"{setting.value}.yaml", setting)):
        assert forbidden_in(words) == []
        assert all(words_in(sentence) <= LONGEST for sentence in words.split(". "))


@pytest.mark.parametrize("setting", list(Setting))
def test_what_is_required_is_never_an_assumption(setting: Setting) -> None:
    found = read_preset(SHIPPED / f"{setting.value}.yaml", setting)
    for rhythm in found.supervision:
        assert rhythm.source
        assert not (rhythm.required and rhythm.mark in {"A", "R?"})
        assert rhythm.minutes is None or rhythm.every_weeks is not None, (
            "a length without a rhythm says little"
        )


def test_the_rhythms_that_were_read_in_a_source_are_these() -> None:
    """Social work in England: once a week, then every two weeks, then monthly, an hour and a half each."""
    rhythms = read_preset(SHIPPED / "social-work.yaml", Setting.SOCIAL_WORK).supervision
    assert [(one.every_weeks, one.minutes, one.mark) for one in rhythms[:3]] == [
        (1, 90, "S"), (2, 90, "S"), (5, 90, "S"),
    ]  # fmt: skip


def test_a_file_of_the_installation_wins(instance: Path) -> None:
    own = yaml.safe_load(SCHOOL.read_text("utf-8"))
    own["people"] = {"one": "learner", "many": "learners"}
    (instance / "presets" / "school.yaml").write_text(yaml.safe_dump(own), "utf-8")
    assert preset(Setting.SCHOOL).people.many == "learners"
    assert preset(Setting.HOSPICE).people.one == "patient or relative"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"setting": "hospice"}, "must say school"),
        ({"people": {"one": "pupil"}}, "people > many"),
        ({"turn_to": []}, "turn_to"),
        ({"supervision": [{"who": "All", "expected": "Often", "source": "Us", "mark": "certain"}]}, "mark"),
        ({"written_on": "yesterday"}, "written_on"),
    ],
    ids=["another place", "half a word", "nobody to turn to", "no such mark", "no date"],
)
def test_a_broken_file_is_refused_by_name_and_place(
    instance: Path, change: dict[str, object], reason: str
) -> None:
    path = instance / "presets" / "school.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(SCHOOL.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(Refused, match=reason) as refused:
        preset(Setting.SCHOOL)
    assert refused.value.fault is PeopleFault.PRESET


def test_a_file_that_is_no_yaml_is_refused(instance: Path) -> None:
    (instance / "presets" / "school.yaml").write_text("a: [", "utf-8")
    with pytest.raises(Refused):
        every_preset()


def test_a_name_that_is_no_kind_of_place_finds_nothing() -> None:
    assert preset_named("../school") is None
    assert preset_named("school") is not None
