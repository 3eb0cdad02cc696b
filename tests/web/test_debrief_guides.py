"""The guides of debriefs: steps with sources, facts that change the page, plain words, two languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.translation import override
from tests.web.plain_words import forbidden_in, sentences, words_in
from tests.web.staff_world import StaffWorld, ours, quick, signed_in

from replenish.basis.errors import Refused
from replenish.debrief.conversations import facts as facts_of_room
from replenish.debrief.conversations.facts import FILE, facts, read_facts
from replenish.debrief.incidents.codes import REASONS as STEP_REASONS
from replenish.debrief.models import ConversationKind
from replenish.people.roles import RoleKind
from replenish.web.staff.debriefs import leading
from replenish.web.staff.debriefs.guides import FOLDER, frame, guide, guides, read_guide
from replenish.web.staff.debriefs.told import REASONS

__all__ = ["ours", "quick"]
TEXTS = sorted((FOLDER / "en").glob("*.yaml"))
LONGEST = 25
ASKS_FOR_FEELINGS = re.compile(
    r"how (?:do|did|are) (?:you|we|they|it) feel|how you feel|from 0 to|on a scale|relive", re.IGNORECASE
)


def said_in(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "code":
                yield from said_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from said_in(value)
    else:
        assert isinstance(node, str)
        yield node


def shape_of(node: object) -> object:
    if isinstance(node, dict):
        return {key: value if key == "code" else shape_of(value) for key, value in node.items()}
    if isinstance(node, list):
        return [shape_of(value) for value in node]
    return "words"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_guide_is_plain_and_gentle(path: Path) -> None:
    said = list(said_in(yaml.safe_load(path.read_text("utf-8"))))
    assert [one for text in said for one in sentences(text) if words_in(one) > LONGEST] == []
    assert [found for text in said for found in forbidden_in(text)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_guide_has_the_same_shape_in_every_language(path: Path) -> None:
    here = yaml.safe_load(path.read_text("utf-8"))
    for folder in FOLDER.iterdir():
        assert shape_of(yaml.safe_load((folder / path.name).read_text("utf-8"))) == shape_of(here)


@pytest.mark.parametrize("kind", ConversationKind.values)
def test_no_step_asks_anybody_to_go_through_it_again_or_to_rate_a_feeling(kind: str) -> None:
    for step in guide(kind).steps:
        assert not ASKS_FOR_FEELINGS.search(f"{step.words.does} {step.words.ask}"), step


def test_a_question_about_feelings_is_found() -> None:
    """A seeded fault: somebody adds the step that this must never have."""
    assert ASKS_FOR_FEELINGS.search("Ask each of them: how did you feel, from 0 to 10?")


def test_everything_has_a_source_a_mark_and_a_day() -> None:
    known = facts().by_source
    for one in guides().values():
        for code in (one.facts.source, *(step.source for step in one.facts.steps)):
            source = known[code]
            assert source.mark in {"S", "R", "R?", "C"}
            assert source.checked_on <= date(2030, 1, 1)
    assert guide("hot").facts.minutes <= guide("hot").facts.most_minutes == 10


def test_times_follow_one_another() -> None:
    for one in guides().values():
        ends = [0, *(step.until for step in one.steps)]
        assert [step.since for step in one.steps] == ends[:-1]
        assert ends[-1] == one.facts.minutes


def test_every_reason_has_words_and_is_one_of_the_steps() -> None:
    codes = [reason.code for reason in facts().not_held]
    assert set(codes) == set(REASONS)
    assert set(codes) <= set(STEP_REASONS)


def test_the_words_come_in_the_language_of_the_reader_and_else_in_english() -> None:
    with override("es"):
        assert guide("hot").words.title == "Encuentro en caliente"
        assert frame().stop.title == "Para enseguida si"
    with override("fr"):
        assert guide("hot").words.title == "Hot debrief"


def changed(tmp_path: Path, change: Any) -> Path:  # noqa: ANN401 - a function that changes what was read
    written = yaml.safe_load(FILE.read_text("utf-8"))
    change(written)
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump(written), "utf-8")
    return path


def test_a_changed_fact_changes_the_page(
    ours: StaffWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shorter(written: dict[str, Any]) -> None:
        written["guides"][0]["steps"][3]["minutes"] = 2
        written["guides"][0]["most_points"] = 2

    known = read_facts(changed(tmp_path, shorter))
    monkeypatch.setattr(facts_of_room, "facts", lambda: known)
    for module in (leading, __import__("replenish.web.staff.debriefs.guides", fromlist=["facts"])):
        monkeypatch.setattr(module, "facts", lambda: known)
    client = signed_in(ours.people[RoleKind.FACILITATOR])
    page = client.get("/staff/debriefs/lead/?kind=hot").text
    assert "Step by step, in 9 minutes" in page
    assert page.count('class="question learnt"') == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda written: written["guides"].pop(),
        lambda written: written["guides"][0]["steps"][0].update(minutes=60),
        lambda written: written["guides"][0]["steps"][0].update(source="nobody"),
        lambda written: written["guides"][0]["steps"].pop(4),
        lambda written: written["guides"][0].update(feelings=True),
        lambda written: written["sources"][0].update(mark="sure"),
        lambda written: written["sources"][0].pop("checked_on"),
        lambda written: written.update(not_held=[{"code": "no_cover", "source": "own"}] * 2),
    ],
)
def test_a_file_of_limits_that_is_wrong_is_refused(tmp_path: Path, change: Any) -> None:  # noqa: ANN401 - as above
    with pytest.raises(Refused, match="cannot be used"):
        read_facts(changed(tmp_path, change))


def test_a_guide_without_a_part_is_refused(tmp_path: Path) -> None:
    written = yaml.safe_load((FOLDER / "en" / "hot.yaml").read_text("utf-8"))
    del written["free"]
    path = tmp_path / "hot.yaml"
    path.write_text(yaml.safe_dump(written), "utf-8")
    with pytest.raises(Refused, match="cannot be used"):
        read_guide(path)
