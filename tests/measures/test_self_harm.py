"""Questions about suicide and self-harm are recognised; hard questions about work are let through."""

from __future__ import annotations

import pytest

from replenish.measures.library import list_packs
from replenish.measures.self_harm import asks_about_self_harm


@pytest.mark.parametrize(
    "text",
    [
        "Have you had thoughts of suicide?",
        "Ideas of harming yourself in some way",
        "I have wanted to end my life",
        "It would be better dead than like this",
        "Feeling that everyone would be better off dead",
        "I wished I were dead",
        "Gedanken, lieber tot zu sein",
        "Suizidgedanken",
        "Pensées suicidaires",
        "self_harm",
        "suicidality.1",
        "44260-8",
        "I thought about taking my own life",
    ],
)
def test_a_question_about_self_harm_is_recognised(text: str) -> None:
    assert asks_about_self_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "I was dead tired after the shift",
        "People at the end of their life need my time",
        "The deadline nearly killed the project",
        "I supported a child after the death of a parent",
        "I let myself be tired, sad or slow without blaming myself.",
        "Somebody tried to hurt me at work",
        "My work takes over my life",
    ],
)
def test_a_hard_question_about_work_is_let_through(text: str | None) -> None:
    assert not asks_about_self_harm(text)


def test_an_item_is_recognised_by_instrument_and_number() -> None:
    assert asks_about_self_harm("phq9", instrument=("phq-9", "Patient Health Questionnaire-9"), number=9)
    assert asks_about_self_harm(None, instrument=("x", "Patient Health Questionnaire 9"), number=9)
    assert not asks_about_self_harm("phq8", instrument=("phq-9",), number=8)


def test_no_shipped_pack_holds_one() -> None:
    for pack in list_packs():
        for item in pack.items:
            assert not asks_about_self_harm(
                item.code, item.text, instrument=(pack.id, pack.title), number=item.number
            )
