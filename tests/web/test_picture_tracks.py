"""Two kinds of weight: who carries which gets their own next steps, and who cannot be told is told so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.carer_world import CarerWorld, client_with
from tests.web.picture_people import (
    BEARING,
    OVERLOADED,
    RESTED,
    UNTOUCHED,
    box_of,
    every_sign,
    longer,
    weekly,
    weeks_ago,
)

from replenish.measures.library import load_pack
from replenish.measures.position import TrackPicture, TwoTracks, position_in_norm, two_tracks
from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import CheckIn
from replenish.web.carer.picture.said import running, said_in
from replenish.web.carer.picture.steps import NAMES, step_of
from replenish.web.carer.picture.tracks import OVERLOAD, RELATIONAL, WITNESS, answer_of, profile_of, reach
from replenish.web.shared.questions import ROUND, WEEKLY

PEOPLE = 400
WEEKS = 6
Levels = tuple[float, float, float]
"""How far somebody stands from the design values in truth: relational signs, witness, overload; in SD."""


def person(rng: np.random.Generator, levels: Levels) -> list[CheckIn]:
    """Six weeks and a longer set of one person, answered with the error of the design values."""
    relational, witness, overload = levels
    weeks = [weekly(_answers(rng, WEEKLY, RELATIONAL, relational), ago) for ago in range(WEEKS)]
    set_ = {**_answers(rng, ROUND, WITNESS, witness), **_answers(rng, ROUND, OVERLOAD, overload)}
    return [*weeks, longer(set_, 1)]


def _answers(rng: np.random.Generator, pack_id: str, scale: str, level: float) -> dict[str, float]:
    pack = load_pack(pack_id)
    norm, items = pack.norm(scale), pack.scale(scale).items
    assert norm.alpha is not None
    error = norm.sd * np.sqrt((1 - norm.alpha) * len(items))
    points = norm.mean + level * norm.sd + rng.normal(0, error, len(items))
    return dict(zip(items, np.clip(np.round(points / 25), 0, 4).tolist(), strict=True))


def shares(levels: Levels, seed: int = 1) -> Mapping[TwoTracks, float]:
    """Of people with these levels, how many get which answer."""
    rng = np.random.default_rng(seed)
    now = running(weeks_ago(0))
    counted = Counter(profile_of(said_in(person(rng, levels)), now).says for _ in range(PEOPLE))
    return {answer: counted[answer] / PEOPLE for answer in TwoTracks}


def test_overload_only() -> None:
    """Two SD of overload and nothing else; drawn shares: .93 overload, .07 not clear."""
    found = shares((0, 0, 2))
    assert found[TwoTracks.OVERLOAD] >= 0.8
    assert found[TwoTracks.RELATIONAL] == 0
    assert found[TwoTracks.BOTH] <= 0.05


def test_exposure_without_support() -> None:
    """Two SD of signs and of witness, a usual load; drawn shares: .96 relational, .03 both."""
    found = shares((2, 2, 0))
    assert found[TwoTracks.RELATIONAL] >= 0.8
    assert found[TwoTracks.OVERLOAD] == 0
    assert found[TwoTracks.BOTH] <= 0.1


def test_a_mixed_person() -> None:
    found = shares((2, 2, 2))
    assert found[TwoTracks.BOTH] >= 0.85
    assert found[TwoTracks.RELATIONAL] + found[TwoTracks.OVERLOAD] <= 0.1


def test_people_like_most_are_told_that_it_is_not_clear() -> None:
    found = shares((0, 0, 0))
    assert found[TwoTracks.NOT_CLEAR] >= 0.85
    assert found[TwoTracks.RELATIONAL] + found[TwoTracks.OVERLOAD] + found[TwoTracks.BOTH] <= 0.05


@pytest.mark.parametrize(
    "said",
    [
        [],
        [weekly(every_sign(4), 0), weekly(every_sign(4), 1)],
        [weekly(every_sign(4), 0), longer({**OVERLOADED, **BEARING})],
        [weekly(every_sign(4), ago) for ago in range(8)],
        [*(weekly(every_sign(4), ago) for ago in range(8)), longer(BEARING)],
        [*(weekly(every_sign(4), ago) for ago in range(8)), longer({**RESTED, **BEARING}, 13)],
        [*(weekly(every_sign(4), ago) for ago in range(8, 20)), longer({**RESTED, **BEARING})],
    ],
    ids=["nothing", "few", "one week", "no longer set", "no overload", "an old longer set", "old weeks"],
)
def test_with_little_data_it_is_not_clear_however_high_the_answers_are(said: list[CheckIn]) -> None:
    profile = profile_of(said_in(said), running(weeks_ago(0)))
    assert profile.says is TwoTracks.NOT_CLEAR
    assert profile.picture is None
    assert profile.check_ins_needed or profile.longer_needed


@given(*(st.floats(-2, 4) for _ in range(3)))
def test_the_answer_fits_the_picture(relational: float, witness: float, overload: float) -> None:
    """A named track is clearly above its design value; an unclear one never hides two clear ones."""
    picture = _picture(relational, witness, overload)
    says = answer_of(picture)
    if says is TwoTracks.RELATIONAL:
        assert picture.relational > 0
        assert picture.low > 0
    if says is TwoTracks.OVERLOAD:
        assert picture.overload > 0
        assert picture.high < 0
    (low, high), (other_low, other_high) = reach(picture)
    if says is TwoTracks.NOT_CLEAR:
        assert min(low, other_low) <= 0 <= max(high, other_high)
        assert picture.low <= 0 <= picture.high
    if says is TwoTracks.BOTH:
        assert min(low, other_low) > 0


def _picture(relational: float, witness: float, overload: float) -> TrackPicture:
    weekly_pack, round_pack = load_pack(WEEKLY), load_pack(ROUND)
    norms = (weekly_pack.norm(RELATIONAL), round_pack.norm(WITNESS), round_pack.norm(OVERLOAD))
    at = [
        position_in_norm(norm.mean + z * norm.sd, norm)
        for norm, z in zip(norms, (relational, witness, overload), strict=True)
    ]
    return two_tracks(relational=at[0], witness=at[1], overload=at[2])


CARRYING = {
    "Mostly overload": ([weekly(every_sign(1), ago) for ago in range(6)], {**OVERLOADED, **UNTOUCHED}),
    "Mostly the weight of bearing witness": (
        [weekly(every_sign(3), ago) for ago in range(6)],
        {**RESTED, **BEARING},
    ),
    "Both stand out": ([weekly(every_sign(3), ago) for ago in range(6)], {**OVERLOADED, **BEARING}),
    "Not clear yet": ([weekly(every_sign(1), 0)], {**OVERLOADED, **BEARING}),
}
STEPS = {
    "Mostly overload": ("Find out who decides.", "What could wait, be shared, or be dropped?"),
    "Mostly the weight of bearing witness": (
        "Ask for a debrief.",
        "Ask for supervision with room to reflect.",
    ),
    "Both stand out": ("Helping with one of them alone does not last",),
    "Not clear yet": ("It cannot be told yet which of the two weighs more, and that is an answer too.",),
}


@pytest.mark.parametrize("title", CARRYING)
def test_each_answer_leads_to_its_own_next_steps(world: CarerWorld, title: str) -> None:
    weeks, answers = CARRYING[title]
    secret = Secret.new()
    edit_box(secret, lambda _: box_of(*weeks, longer(answers)))
    page = client_with(secret).get("/my/picture/").text
    assert f"<h3>{title}</h3>" in page
    for other, sentences in STEPS.items():
        for sentence in sentences:
            assert (sentence in page) == (other == title)


def test_the_uncertainty_of_the_tracks_is_drawn_and_in_the_table(world: CarerWorld) -> None:
    weeks, answers = CARRYING["Mostly overload"]
    secret = Secret.new()
    edit_box(secret, lambda _: box_of(*weeks, longer(answers)))
    page = client_with(secret).get("/my/picture/").text
    assert len(re.findall(r'class="drawn interval"', page)) == 2
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td>', page)
    by_name = {name: (distance, stretch) for name, distance, stretch in rows}
    # Overload: 100 against a mean of 40 and an SD of 22; its error is sqrt(1 - .80) SD, 1.96 times.
    assert by_name["Overload"] == ("+2.7", "+1.9 to +3.6")


def test_every_answer_has_its_text() -> None:
    assert set(NAMES) == set(TwoTracks)
    assert len({step_of(answer).title for answer in TwoTracks}) == len(TwoTracks)
