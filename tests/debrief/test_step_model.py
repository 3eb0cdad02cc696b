"""The steps as dated data: every clock has its source, and a changed file changes what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_django import Settings

from replenish.basis.errors import Refused
from replenish.basis.faults.incidents import IncidentFault
from replenish.debrief.incidents.codes import KINDS, REASONS, SETTINGS, SEVERITIES
from replenish.debrief.incidents.model import FILE, OWN, STEPS, read_model, step_model

WORDS = FILE.parent / "words"


def written() -> Any:  # noqa: ANN401 - whatever the file says
    return yaml.safe_load(FILE.read_text("utf-8"))


def test_every_step_and_limit_has_source_mark_and_day() -> None:
    model = step_model()
    dated = [source for step in model.steps for source in step.sources]
    assert all(date(2026, 1, 1) <= one.checked_on for one in dated)
    assert all(one.source and one.checked_on for one in (model.asking_list, model.pattern))
    assert tuple(model.by_code) == STEPS
    assert {code for step in model.steps for code in step.because} == set(REASONS)


def test_the_clocks_are_those_of_the_model() -> None:
    hours = {code: (step.from_hours, step.until_hours) for code, step in step_model().by_code.items()}
    assert hours["safe_now"] == (0, 2)
    assert hours["check_in"] == (24, 72)
    assert hours["learning_review"][1] == 72
    assert hours["learning_debrief"] == (72, 240)
    assert hours["second_check"] == (28 * 24, 31 * 24)


@pytest.mark.parametrize("language", sorted(one.name for one in WORDS.iterdir()))
def test_every_code_has_its_words(language: str) -> None:
    words = yaml.safe_load((WORDS / language / "words.yaml").read_text("utf-8"))
    for part, codes in (
        ("kinds", KINDS),
        ("settings", SETTINGS),
        ("severities", SEVERITIES),
        ("reasons", REASONS),
        ("steps", STEPS),
    ):
        assert tuple(words[part]) == codes


def test_an_own_file_changes_what_is_due(tmp_path: Path, settings: Settings) -> None:
    own = written()
    own["steps"][0]["until_hours"] = 4
    own["steps"] = own["steps"][:3]
    (tmp_path / OWN).parent.mkdir()
    (tmp_path / OWN).write_text(yaml.safe_dump(own), "utf-8")
    settings.REPLENISH_INSTANCE = tmp_path
    step_model.cache_clear()
    try:
        assert [step.code for step in step_model().steps] == list(STEPS[:3])
        assert step_model().by_code["safe_now"].until_hours == 4
    finally:
        step_model.cache_clear()


def _later(own: Any) -> None:  # noqa: ANN401
    own["asking_list"]["destroy_on_day"] = 32


def _unsourced(own: Any) -> None:  # noqa: ANN401
    del own["steps"][0]["sources"]


def _undated(own: Any) -> None:  # noqa: ANN401
    del own["steps"][0]["sources"][0]["checked_on"]


def _unmarked(own: Any) -> None:  # noqa: ANN401
    own["pattern"]["mark"] = "sure"


def _backwards(own: Any) -> None:  # noqa: ANN401
    own["steps"][4]["until_hours"] = 20


def _twice(own: Any) -> None:  # noqa: ANN401
    own["steps"].append(own["steps"][0])


def _named_after_what_harms(own: Any) -> None:  # noqa: ANN401
    own["steps"][0]["code"] = "psychological_debriefing"


@pytest.mark.parametrize(
    "spoil", [_later, _unsourced, _undated, _unmarked, _backwards, _twice, _named_after_what_harms]
)
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, spoil: Callable[[Any], None]) -> None:
    own = written()
    spoil(own)
    path = tmp_path / "steps.yaml"
    path.write_text(yaml.safe_dump(own), "utf-8")
    with pytest.raises(Refused) as refused:
        read_model(path)
    assert refused.value.problems[0].fault is IncidentFault.FILE
