"""Our own questions: the codes, the values and the promises of their design."""

from __future__ import annotations

import re

import numpy as np
import pytest

from replenish.measures.library import load_pack
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Mark
from replenish.measures.scoring import score

WEEKLY, ROUND = load_pack("replenish-weekly"), load_pack("replenish-round")
CONDITIONS = ("supervision", "process", "workload", "culture", "leaders", "reciprocity")


def test_the_codes_are_those_of_the_design() -> None:
    signs = ("flatness", "patience", "cynicism", "recovery", "motions", "dread", "warmth")
    assert WEEKLY.item_codes == (*(f"sign.{sign}" for sign in signs), "event.encounters")
    assert set(ROUND.item_codes) == {
        *(f"overload.{n}" for n in (1, 2, 3, 4)),
        *(f"witness.{n}" for n in (1, 2, 3)),
        *("meaning.1", "meaning.2", "supervision.held", "supervision.safe", "process.time", "process.asked"),
        *("workload.breaks", "workload.recover", "culture.voice", "culture.said"),
        *(
            "leaders.model",
            "leaders.pushing",
            "reciprocity",
            "valued",
            "selfcompassion.1",
            "selfcompassion.2",
        ),
    }


def test_what_is_better_and_who_may_see_it() -> None:
    kinds = {scale.code: scale.kind for pack in (WEEKLY, ROUND) for scale in pack.scales}
    assert kinds == {
        **dict.fromkeys(("relational", "overload", "witness", "meaning"), "outcome"),
        **dict.fromkeys(CONDITIONS, "condition"),
        **dict.fromkeys(("relational_track", "selfcompassion"), "private"),
    }
    better = {scale.code for pack in (WEEKLY, ROUND) for scale in pack.scales if scale.higher_is_better}
    assert better == {"meaning", *CONDITIONS, "selfcompassion"}


@pytest.mark.parametrize(
    ("item", "values"),
    [
        ("supervision.held", [0, 0, 40, 100]),
        ("process.time", [0, 25, 50, 75, 100]),
        ("culture.voice", [0, 25, 75, 100, None]),
        ("culture.said", [0, 25, 75, 100, None]),
    ],
)
def test_the_values_of_the_answers_are_those_of_the_design(item: str, values: list[float | None]) -> None:
    assert [option.value for option in ROUND.item(item).options] == values
    assert [option.code for option in ROUND.item(item).options] == list(range(len(values)))


def test_the_count_of_hard_moments_is_a_class_and_never_a_scale() -> None:
    item = WEEKLY.item("event.encounters")
    assert [option.label for option in item.options] == [
        "None",
        "One",
        "Two",
        "Three or four",
        "Five or more",
    ]
    assert WEEKLY.scales_of("event.encounters") == ()


def test_cynicism_enters_neither_side_of_the_difference_of_the_tracks() -> None:
    assert "sign.cynicism" in WEEKLY.scale("relational").items
    assert set(WEEKLY.scale("relational").items) - set(WEEKLY.scale("relational_track").items) == {
        "sign.cynicism"
    }


def test_only_the_leader_who_pushes_on_is_reversed() -> None:
    assert [i.code for pack in (WEEKLY, ROUND) for i in pack.items if i.reverse] == ["leaders.pushing"]


def test_a_frequency_stands_for_a_quarter_each() -> None:
    answers = {code: np.full(5, np.nan) for code in ROUND.item_codes}
    answers["valued"] = np.arange(5.0)
    assert score(ROUND, answers).scales["reciprocity"].tolist() == [0, 25, 50, 75, 100]


@pytest.mark.parametrize(
    ("voice", "said", "culture"),
    [(0, 3, 50.0), (3, 4, 100.0), (4, 0, 0.0), (2, np.nan, 75.0), (4, 4, np.nan), (np.nan, 4, np.nan)],
)
def test_one_answer_about_voice_is_enough_and_silence_is_never_an_answer(
    voice: float, said: float, culture: float
) -> None:
    answers = {"culture.voice": np.array([voice]), "culture.said": np.array([said])}
    found = score(ROUND, answers, scales=["culture"]).scales["culture"]
    np.testing.assert_array_equal(found, [culture])


@pytest.mark.parametrize("pack", [WEEKLY, ROUND], ids=lambda pack: pack.id)
def test_nothing_is_claimed_that_was_not_measured(pack: Pack) -> None:
    assert pack.statement is not None
    assert pack.statement.startswith("Not validated yet")
    assert {norm.mark for norm in pack.norms} == {Mark.ASSUMPTION}
    assert all(scale.compare_with for scale in pack.scales)
    assert all(scale.missing.proportion == 0.5 for scale in pack.scales)
    assert "CC0" in pack.licence.attribution


def test_every_track_has_a_design_value_with_a_reliability() -> None:
    for pack, scale in ((WEEKLY, "relational_track"), (ROUND, "witness"), (ROUND, "overload")):
        assert pack.norm(scale).alpha is not None


def syllables(word: str) -> int:
    runs = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and runs > 1
    return max(1, runs - silent)


@pytest.mark.parametrize("pack", [WEEKLY, ROUND], ids=lambda pack: pack.id)
def test_the_questions_can_be_read_at_eleven(pack: Pack) -> None:
    # Grade of Flesch and Kincaid (1975); grade 5 to 6 is age 10 to 12. Single texts may be a little harder.
    for field, limit in (("text", 6.0), ("gloss", 6.0), ("why", 7.5)):
        said = [str(getattr(item, field)) for item in pack.items]
        words = re.findall(r"[A-Za-z']+", " ".join(said))
        sentences = sum(max(1, len(re.findall(r"[.?]", text))) for text in said)
        grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        assert grade <= limit, field
        assert all("!" not in text for text in said)


@pytest.mark.parametrize("pack", [WEEKLY, ROUND], ids=lambda pack: pack.id)
def test_no_question_speaks_of_weakness(pack: Pack) -> None:
    said = " ".join(f"{i.text} {i.gloss} {i.why}" for i in pack.items).lower()
    for word in ("risk", "fail", "resilien", "weak", "symptom", "disorder"):
        assert word not in said
