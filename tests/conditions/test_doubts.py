"""A doubt is shown by the night, answered with two keys, and gone with its season; nobody is named."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.conditions.organisations import Staffed, staffed

from replenish.basis.errors import Refused
from replenish.basis.faults.rounds import RoundFault
from replenish.cli.main import main
from replenish.conditions import rounds
from replenish.conditions.doubts import (
    LONGEST_ANSWER,
    agree_on_answer,
    doubt_about,
    doubts_of,
    propose_answer,
    show_doubts,
)
from replenish.conditions.models import Season
from replenish.conditions.rounds.seasons import end_of
from replenish.ledger.queries import entries
from replenish.people.actions import appoint
from replenish.people.askers import Asker
from replenish.sealing.secret import Secret
from replenish.voices import actions
from replenish.voices.doubts import raise_doubt

WORDS = "Three people came back in May; the list hangs in the kitchen."


class Begun:
    """An organisation in its first season, and two people with seats in Ash."""

    def __init__(self) -> None:
        self.made: Staffed = staffed()
        self.season: Season = rounds.plan_season(asker=self.made.steward)
        proposal = self.made.agree_on_slips(self.season.id, {"Ash": 2})
        self.cards = [Secret.new(), Secret.new()]
        slips = rounds.draw_slips(asker=self.made.operator, proposal=proposal)
        for card, slip in zip(self.cards, slips, strict=True):
            actions.spend_slip(card, slip.code)
        path = next(tuple(path) for path in self.season.unit_paths.values() if path[-1] == "Ash")
        plain = next(one for one in self.season.partition["groups"] if list(path) in one["units"])
        self.label: str = plain["label"]
        self.group: str = self.season.group_codes[self.label]


@pytest.fixture
def begun(instance: Instance, monkeypatch: pytest.MonkeyPatch) -> Begun:
    worlds.set_day(monkeypatch, worlds.BEGINS)
    return Begun()


def events(begun: Begun) -> list[str]:
    return [entry.event for entry in entries(begun.made.id) if entry.event.startswith("doubt_")]


def test_nobody_reads_a_doubt_before_the_night_and_all_of_the_group_after_it(begun: Begun) -> None:
    raise_doubt(begun.cards[0])
    assert doubt_about(begun.group) is None
    assert show_doubts() == 1
    shown = doubt_about(begun.group)
    assert shown is not None
    assert (shown.group, shown.answer) == (begun.label, "")
    others = [code for code in begun.season.group_codes.values() if code != begun.group]
    assert [doubt_about(code) for code in others] == [None] * len(others)
    assert doubts_of(begun.made.id) == (shown,)


def test_one_doubt_and_several_look_alike(begun: Begun) -> None:
    for card in (*begun.cards, begun.cards[0]):
        raise_doubt(card)
    assert show_doubts() == 1
    raise_doubt(begun.cards[1])
    assert show_doubts() == 0
    (entry,) = [entry for entry in entries(begun.made.id) if entry.event == "doubt_shown"]
    assert (entry.actor, dict(entry.content)) == (
        "timetable",
        {"season": begun.season.id, "group": begun.label},
    )


def test_an_answer_takes_both_keys(begun: Begun) -> None:
    raise_doubt(begun.cards[0])
    show_doubts()
    made = begun.made
    propose_answer(asker=made.steward, group=begun.label, words=f"  {WORDS}\n")
    shown = doubt_about(begun.group)
    assert shown is not None
    assert shown.answer == "", "what one key wrote is shown to nobody else"
    (waiting,) = doubts_of(made.id)
    assert (waiting.proposed, waiting.waits_for) == (WORDS, "representative")
    assert refused(lambda: agree_on_answer(asker=made.steward, group=begun.label)) is RoundFault.DOUBT_KEY
    assert agree_on_answer(asker=made.representative, group=begun.label) == WORDS
    shown = doubt_about(begun.group)
    assert shown is not None
    assert shown.answer == WORDS
    assert events(begun) == ["doubt_shown", "doubt_answered"]
    assert refused(lambda: agree_on_answer(asker=made.steward, group=begun.label)) is RoundFault.DOUBT_UNKNOWN


def test_after_an_answer_somebody_may_doubt_again(begun: Begun) -> None:
    raise_doubt(begun.cards[0])
    show_doubts()
    propose_answer(asker=begun.made.representative, group=begun.label, words=WORDS)
    agree_on_answer(asker=begun.made.steward, group=begun.label)
    raise_doubt(begun.cards[1])
    assert show_doubts() == 1
    shown = doubt_about(begun.group)
    assert shown is not None
    assert shown.answer == ""
    assert events(begun) == ["doubt_shown", "doubt_answered", "doubt_shown"]


def test_no_answer_without_a_key_without_a_doubt_or_without_words(begun: Begun) -> None:
    made, label = begun.made, begun.label
    assert refused(lambda: propose_answer(asker=made.steward, group=label, words=WORDS)) is (
        RoundFault.DOUBT_UNKNOWN
    )
    raise_doubt(begun.cards[0])
    show_doubts()
    elsewhere = appoint(asker=made.operator, role="steward", name="Elsa", unit=made.units["Surgery"])
    for asker in (made.operator, Asker(made.id, elsewhere.account)):
        assert refused(lambda asker=asker: propose_answer(asker=asker, group=label, words=WORDS)) is (
            RoundFault.DOUBT_KEY
        )
    for words in ("", " \n ", "x" * (LONGEST_ANSWER + 1), "a\x00b"):
        assert refused(lambda words=words: propose_answer(asker=made.steward, group=label, words=words)) is (
            RoundFault.DOUBT_WORDS
        )
    assert refused(lambda: agree_on_answer(asker=made.representative, group=label)) is (
        RoundFault.DOUBT_NOT_PROPOSED
    )


def test_a_doubt_ends_with_its_season(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_doubt(begun.cards[0])
    show_doubts()
    worlds.set_day(monkeypatch, end_of(begun.season) - timedelta(days=1))
    show_doubts()
    assert doubt_about(begun.group) is not None
    worlds.set_day(monkeypatch, end_of(begun.season))
    show_doubts()
    assert doubt_about(begun.group) is None


def test_the_command_answers(begun: Begun, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = begun.made
    people = [appoint(asker=made.operator, role=role, name=role) for role in ("steward", "representative")]
    codes = []
    for person in people:
        file = tmp_path / f"{person.account}.code"
        file.write_text(person.code or "")
        codes.append(["--as", person.account, "--code-file", str(file)])
    raise_doubt(begun.cards[0])
    show_doubts()
    command = ["organisation", "answer-doubt", begun.label]
    assert main([*command, "--words", WORDS, *codes[0]]) == 0
    assert main([*command, "--agree", *codes[0]]) == 2
    capsys.readouterr()
    assert main(["organisation", "doubts"]) == 0
    assert "waits for a representative" in capsys.readouterr().err
    assert main([*command, "--agree", *codes[1]]) == 0
    assert main(["organisation", "doubts", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == [{"group": begun.label, "answer": WORDS, "proposed": "", "waits_for": ""}]


def refused(action: object) -> object:
    assert callable(action)
    with pytest.raises(Refused) as refusal:
        action()
    return refusal.value.fault
