"""A brought questionnaire and the key of a pack: they fit item by item, or the misfit is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.measures.form_samples import refusal

from replenish.basis.faults import QuestionnaireFault, WordingFault
from replenish.measures.formats.key_match import wording_rows
from replenish.measures.formats.pack_form import pack_form
from replenish.measures.formats.questionnaire import Asked, Choice, Kind, Questionnaire
from replenish.measures.library import list_packs, load_pack
from replenish.measures.pack import Pack
from replenish.measures.wording import check_wording


def brought(pack: Pack) -> Questionnaire:
    """A questionnaire with made-up texts that fits the key of a pack, under the codes of another system."""
    form = pack_form(pack)
    asked = tuple(
        replace(
            question, code=f"x_{place}", text=f"made-up text {'abcdefghij'[place % 10]}{place}", reverse=None
        )
        for place, question in enumerate(form.asked, start=1)
    )
    return replace(form, format="made", asked=asked)


@pytest.mark.parametrize("pack", list_packs(), ids=lambda pack: pack.id)
def test_a_questionnaire_that_fits_gives_the_wording_of_every_pack(pack: Pack) -> None:
    form = brought(pack)
    wording = check_wording(pack, wording_rows(form, pack))
    assert list(wording.texts) == list(pack.item_codes)
    assert list(wording.texts.values()) == [question.text for question in form.asked]


def test_questions_with_the_codes_of_the_pack_may_stand_in_any_order_and_among_others() -> None:
    pack = load_pack("who-5")
    form = brought(pack)
    named = [replace(q, code=code) for q, code in zip(form.asked, pack.item_codes, strict=True)]
    other = replace(named[0], code="age", options=(Choice("1", "one", 1.0), Choice("2", "two", 2.0)))
    shuffled = replace(form, asked=(*reversed(named), other))
    rows = wording_rows(shuffled, pack)
    assert [(row.code, row.text) for row in rows] == [(q.code, q.text) for q in named]


def test_questions_about_something_else_are_passed_over() -> None:
    pack = load_pack("who-5")
    form = brought(pack)
    free = Asked("comment", "Anything else", Kind.TEXT)
    sex = Asked("sex", "Sex", Kind.ONE, options=(Choice("f", "female", None), Choice("m", "male", None)))
    assert len(wording_rows(replace(form, asked=(sex, *form.asked, free)), pack)) == 5


def test_codes_that_do_not_count_say_nothing_about_the_order() -> None:
    pack = load_pack("who-5")
    codes = ("/44250-9", "/44255-8", "/44259-0", "/44254-1", "/44251-7")
    form = brought(pack)
    asked = tuple(replace(q, code=code) for q, code in zip(form.asked, codes, strict=True))
    assert [row.number for row in wording_rows(replace(form, asked=asked), pack)] == [1, 2, 3, 4, 5]


def test_a_list_without_options_is_taken_as_it_stands() -> None:
    pack = load_pack("who-5")
    asked = tuple(replace(q, kind=Kind.TEXT, options=()) for q in brought(pack).asked)
    assert len(wording_rows(Questionnaire("question list", "", asked), pack)) == 5


def test_a_misfit_is_named() -> None:
    pack = load_pack("cbi")
    form = brought(pack)
    short = replace(form, asked=form.asked[:-1])
    assert refusal(lambda: wording_rows(short, pack)).fault is QuestionnaireFault.FORM_KEY_COUNT
    swapped = replace(form, asked=(form.asked[1], form.asked[0], *form.asked[2:]))
    error = refusal(lambda: wording_rows(swapped, pack))
    assert [problem.fault for problem in error.problems] == [QuestionnaireFault.FORM_KEY_ORDER] * 2
    wider = (*form.asked[0].options, Choice("999", "more", 999.0))
    stretched = replace(form, asked=(replace(form.asked[0], options=wider), *form.asked[1:]))
    error = refusal(lambda: wording_rows(stretched, pack))
    assert error.fault is QuestionnaireFault.FORM_KEY_RANGE
    assert "'x_1'" in str(error)
    turned = tuple(
        replace(q, reverse=not item.reverse) for q, item in zip(form.asked, pack.items, strict=True)
    )
    error = refusal(lambda: wording_rows(replace(form, asked=turned), pack))
    assert {problem.fault for problem in error.problems} == {WordingFault.WORDING_REVERSAL}
    assert len(error.problems) == len(pack.items)
