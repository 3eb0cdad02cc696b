"""What signs make sense of: a person's own answers side by side, at most three, never a cause."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.languages.readability import sentences
from tests.languages.test_readability import FORBIDDEN, too_hard
from tests.web.carer_world import CarerWorld, client_with
from tests.web.picture_people import NO_SUPPORT, box_of, every_sign, longer, weekly, weeks_ago

from replenish.measures.library import load_pack
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.asked import possible_answers
from replenish.voices.box_content import CheckIn
from replenish.web.carer.picture.said import SIGNS, running, said_in
from replenish.web.carer.picture.sense import Connection, connections, recent, sense_of
from replenish.web.carer.picture.signs import signs_of
from replenish.web.shared.questions import ROUND

ALL = connections("en-gb")
CAUSES = re.compile(
    r"\b(because|causes?|caused|leads? to|due to|makes? you|your fault|character)\b", re.IGNORECASE
)


def told(*check_ins: CheckIn) -> tuple[str, ...]:
    said = said_in(check_ins)
    return sense_of(signs_of(said), recent(said, running(weeks_ago(0)))).sentences


@pytest.mark.parametrize("connection", ALL, ids=lambda one: f"{one.sign} {one.condition}")
def test_a_connection_is_of_a_sign_and_an_answer_that_there_are(connection: Connection) -> None:
    assert connection.sign in SIGNS
    item = load_pack(ROUND).item(connection.condition)
    assert all(float(answer) in possible_answers(ROUND)[item.code] for answer in connection.answers)
    conditions = {
        code for scale in load_pack(ROUND).scales if scale.kind == "condition" for code in scale.items
    }
    assert item.code in conditions


@pytest.mark.parametrize("connection", ALL, ids=lambda one: f"{one.sign} {one.condition}")
def test_a_connection_is_easy_gentle_and_claims_no_cause(connection: Connection) -> None:
    assert not any(too_hard(sentence) for sentence in sentences(connection.says))
    assert not FORBIDDEN.search(connection.says)
    assert not CAUSES.search(connection.says)
    assert (connection.mark == "reasoned") == connection.source.startswith("Reasoned")


def test_every_sign_has_a_connection_and_no_answer_has_two_for_one_sign() -> None:
    assert {one.sign for one in ALL} == set(SIGNS)
    pairs = [(one.sign, one.condition, answer) for one in ALL for answer in one.answers]
    assert len(set(pairs)) == len(pairs)


def test_slow_recovery_without_time_makes_sense() -> None:
    found = told(weekly({"sign.recovery": 3}, 0), longer({"process.time": 0}))
    assert len(found) == 1
    assert found[0].endswith("That makes sense. Recovery needs time.")


@pytest.mark.parametrize(
    "check_ins",
    [
        (weekly({"sign.recovery": 1}, 0), longer({"process.time": 0})),
        (weekly({"sign.recovery": 3}, 0), longer({"process.time": 4})),
        (weekly({"sign.recovery": 3}, 0), longer({"process.asked": 0})),
        (weekly({"sign.warmth": 4}, 0), longer(NO_SUPPORT)),
        (weekly({"sign.recovery": 3}, 0), longer({"process.time": 0}, 13)),
        (weekly({"sign.recovery": 3}, 13), longer({"process.time": 0})),
        (weekly({"sign.recovery": 3}, 0),),
    ],
    ids=[
        "seldom",
        "time enough",
        "not asked",
        "only warmth",
        "an old longer set",
        "old weeks",
        "no longer set",
    ],
)
def test_without_both_in_ones_own_answers_nothing_is_told(check_ins: tuple[CheckIn, ...]) -> None:
    assert told(*check_ins) == ()


@given(
    st.fixed_dictionaries({code: st.integers(0, 4) for code in SIGNS}),
    st.fixed_dictionaries({code: st.integers(0, 4) for code in sorted({one.condition for one in ALL})}),
)
def test_at_most_three_and_no_sign_or_condition_twice(
    signs: dict[str, int], conditions: dict[str, int]
) -> None:
    found = told(weekly(signs, 0), longer(conditions))
    chosen = [one for one in ALL if one.says in found]
    assert len(found) == len(chosen) <= 3
    assert len({one.sign for one in chosen}) == len({one.condition for one in chosen}) == len(chosen)
    assert all(signs[one.sign] >= 2 and conditions[one.condition] in one.answers for one in chosen)


def test_with_everything_missing_three_are_told_with_their_sources() -> None:
    said = said_in([weekly(every_sign(4), 0), longer(NO_SUPPORT)])
    found = sense_of(signs_of(said), said.longer[running(weeks_ago(0))])
    assert len(found.sentences) == 3
    assert found.sources


def test_the_page_tells_it_with_its_limit_and_with_the_hard_moments(world: CarerWorld) -> None:
    secret = Secret.new()
    said = (weekly(every_sign(3, event_encounters=4), 0), longer(NO_SUPPORT))
    edit_box(secret, lambda _: box_of(*said))
    page = client_with(secret).get("/my/picture/").text
    assert "What this makes sense of" in page
    assert "It does not prove that one caused the other." in page
    assert "Hard moments with people in your newest check-ins, week by week: five or more." in page
    assert "Where this is known from" in page


def test_hard_moments_alone_are_told_as_what_the_weeks_held(world: CarerWorld) -> None:
    secret = Secret.new()
    edit_box(secret, lambda _: box_of(weekly(every_sign(0, event_encounters=3), 0)))
    page = client_with(secret).get("/my/picture/").text
    assert "What these weeks held" in page
    assert "What this makes sense of" not in page
