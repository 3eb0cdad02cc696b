"""Promises on the pages: chosen from a list, said to be kept or not, and what releases say beside them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.urls import reverse
from django.utils.translation import override
from tests.conditions.instances import Instance, instance, prepared
from tests.web.plain_words import forbidden_in, too_long
from tests.web.rounds_world import VOICES, RoundsWorld, begin_rounds_world, days_after_close, live_round
from tests.web.staff_world import quick, signed_in

from replenish.basis.errors import Refused
from replenish.basis.faults import LeadershipFault
from replenish.conditions.following import promised_by
from replenish.conditions.models import Round
from replenish.conditions.response import Promise, conditions_named, respond
from replenish.leadership.queries import responses_of
from replenish.people.roles import LEADERS, READERS, RoleKind
from replenish.web.staff.answers.library import FILE, FOLDER, ideas, read_library

__all__ = ["instance", "prepared", "quick"]

WHY = "Two of four, <because> of the rota."
WORDS = "I go to my own supervision."


def answered(patch: pytest.MonkeyPatch) -> tuple[RoundsWorld, Round]:
    """One round, answered for the whole with a promise that names a condition and the day after."""
    world = begin_rounds_world(patch)
    row = live_round(patch, world, shift=-18)
    promise = Promise(WORDS, "supervision", row.closes_on + timedelta(days=1))
    respond(asker=world.asker(RoleKind.STEWARD), round_id=row.id, unit=None, promises=(promise,))
    days_after_close(patch, row, 2)
    return world, row


def test_each_condition_has_four_commitments_in_both_languages() -> None:
    told = []
    for language in ("en", "es"):
        with override(language):
            told.append(ideas())
    english, spanish = told
    assert [(one.code, one.condition) for one in english] == [(one.code, one.condition) for one in spanish]
    assert [sum(one.condition == name for one in english) for name in conditions_named()] == [4] * 6
    assert not {one.words for one in english} & {one.words for one in spanish}
    # A promise of a leader is about what the leader does.
    assert all(re.search(r"\bI\b", one.words) for one in english)


def test_the_commitments_are_plain_and_judge_nobody() -> None:
    with override("en"):
        said = "\n\n".join(one.words for one in ideas())
    assert too_long(said) == []
    assert forbidden_in(said) == []


@pytest.mark.parametrize(
    "change", [("condition: supervision", "about: it"), ("own-supervision", "no-meeting-over-it")]
)
def test_a_broken_list_is_refused_by_its_entry(tmp_path: Path, change: tuple[str, str]) -> None:
    broken = tmp_path / FILE
    broken.write_text((FOLDER / "en" / FILE).read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(Refused) as refusal:
        read_library(broken)
    assert refusal.value.fault is LeadershipFault.LIBRARY_FILE
    assert yaml.safe_load(broken.read_text("utf-8"))


def test_what_is_chosen_fills_the_empty_rows_and_is_published_in_ones_own_words(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row = answered(monkeypatch)
    client, write = signed_in(world.people[RoleKind.STEWARD]), reverse("staff-answers-write")
    assert 'name="idea" value="ten-minutes"' in client.get(write, {"round": row.id}).text
    form = {"round": row.id, "unit": "whole", "words-1": WORDS}
    taken = client.post(write, {**form, "idea": ["ten-minutes", "my-break", "no such"], "step": "take"})
    assert taken.status_code == 200
    assert "I take over the floor for ten minutes" in taken.text
    assert taken.text.count('<option value="process" selected>') == 1
    assert len(responses_of(world.organisation)) == 1
    # Forgetting the button loses nothing: what is ticked is on the last look as well.
    look = client.post(write, {**form, "idea": ["ten-minutes"], "step": "look"})
    assert "I take over the floor for ten minutes" in look.text
    full = {f"words-{place}": WORDS for place in range(1, 6)}
    crowded = client.post(write, {**form, **full, "idea": ["ten-minutes"], "step": "look"})
    assert crowded.status_code == 400
    assert "There is room for 5. This was left out: After a hard incident" in crowded.text


def test_a_leader_says_what_became_of_it_and_everybody_reads_it_beside_the_promise(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, row = answered(monkeypatch)
    other = begin_rounds_world(monkeypatch, "Other House")
    days_after_close(monkeypatch, row, 2)
    client, kept = signed_in(world.people[RoleKind.STEWARD]), reverse("staff-answers-kept")
    (one,) = promised_by(world.asker(RoleKind.STEWARD))
    asked = {"commitment": one.made.commitment}
    assert "The day of a promise has come." in client.get(reverse("staff-answers")).text
    assert WORDS in client.get(kept).text
    assert "Was it kept?" in client.get(kept, asked).text
    for wrong, field in (({"why": WHY}, "outcome"), ({"outcome": "partly", "why": ""}, "why")):
        said = client.post(kept, {**asked, **wrong})
        assert said.status_code == 400
        assert f'href="#{field}"' in said.text
    for _ in range(2):
        said = client.post(kept, {**asked, "outcome": "partly", "why": WHY})
        assert (said.status_code, said["Location"]) == (302, "/staff/answers/?said=yes")
    escaped = "Two of four, &lt;because&gt; of the rota."
    for kind in READERS:
        page = signed_in(world.people[kind]).get(reverse("staff-answers")).text
        assert f"Said to be partly kept by Ada Steward on 4 February 2026. Why: {escaped}" in page
        assert page.count(escaped) == 1
        report = signed_in(world.people[kind]).get(reverse("staff-report")).text
        assert escaped in report
    for leader in LEADERS:
        stranger = signed_in(other.people[leader])
        assert stranger.get(kept, asked).status_code == 404
        assert stranger.post(kept, {**asked, "outcome": "kept", "why": "x"}).status_code == 404
        assert WHY not in stranger.get(reverse("staff-answers")).text
    assert len(responses_of(world.organisation)[0].made[0].log) == 1


def test_what_staff_said_since_stands_beside_it_from_readable_releases_alone(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, first = answered(monkeypatch)
    steward, speaker, page = RoleKind.STEWARD, RoleKind.REPRESENTATIVE, reverse("staff-answers")
    assert "What staff said about" not in signed_in(world.people[speaker]).get(page).text
    days_after_close(monkeypatch, first, 3)
    row = live_round(monkeypatch, world, voices=VOICES, shift=18)
    days_after_close(monkeypatch, row, 2)
    reader = signed_in(world.people[speaker])
    told = reader.get(page).text
    said = re.search(r"What staff said about “Reflective supervision” in round 2: [^<]*", told)
    assert said is not None
    assert "In round 1, before the promise:" in said.group()
    assert "The one need not come from the other." in told
    # The steward has not answered the second round, so nothing of it stands here for them.
    assert "What staff said about" not in signed_in(world.people[steward]).get(page).text
    report = reader.get(reverse("staff-report")).text
    assert "In round 1, before the promise:" in report


def test_a_promise_that_names_no_condition_has_nothing_beside_it(
    instance: Instance, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = begin_rounds_world(monkeypatch)
    row = live_round(monkeypatch, world)
    respond(
        asker=world.asker(RoleKind.STEWARD), round_id=row.id, unit=None, promises=(Promise("Something."),)
    )
    row = live_round(monkeypatch, world)
    days_after_close(monkeypatch, row, 2)
    told = signed_in(world.people[RoleKind.REPRESENTATIVE]).get(reverse("staff-answers")).text
    assert "Something." in told
    assert "What staff said about" not in told
    assert "need not come from the other" not in told
