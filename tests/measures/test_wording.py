"""Wording brought by an organisation is taken only when it fits the key."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.test_pack_rules import sound

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import WordingFault
from replenish.measures.library import list_packs, load_pack, pack_from_plain
from replenish.measures.pack import Pack
from replenish.measures.wording import WordingRow, check_wording, template, wording_sha256

STSS, PROQOL = load_pack("stss"), load_pack("proqol-5")


def filled(pack: Pack) -> list[WordingRow]:
    return [replace(row, text=f"Question {row.number} of a form we may use") for row in template(pack)]


def fault_of(rows: list[WordingRow], pack: Pack = STSS, **more: object) -> set[Fault]:
    with pytest.raises(Refused) as refused:
        check_wording(pack, rows, file="wording.csv", **more)  # type: ignore[arg-type]
    assert {found.place.file for found in refused.value.problems} == {"wording.csv"}
    return {found.fault for found in refused.value.problems}


@pytest.mark.parametrize("pack", list_packs(), ids=lambda pack: pack.id)
def test_a_filled_template_fits(pack: Pack) -> None:
    rows = template(pack)
    assert [row.code for row in rows] == list(pack.item_codes)
    if pack.licence.wording_included:
        assert all(row.text for row in rows)
    else:
        assert {row.text for row in rows} == {""}
    wording = check_wording(pack, filled(pack))
    assert tuple(wording.texts) == pack.item_codes
    assert (wording.pack, wording.pack_hash, wording.edition) == (pack.id, pack.content_hash, None)


def test_the_template_marks_what_is_reversed() -> None:
    assert [row.number for row in template(PROQOL) if row.reverse == "yes"] == [1, 4, 15, 17, 29]


@given(st.permutations(range(17)))
def test_the_order_of_the_rows_is_of_no_account(order: list[int]) -> None:
    rows = filled(STSS)
    assert check_wording(STSS, [rows[at] for at in order]) == check_wording(STSS, rows)


def test_rows_may_come_as_a_spreadsheet_writes_them() -> None:
    rows = [
        {**asdict(row), "number": f"{row.number}.0", "code": None, "reverse": None} for row in filled(STSS)
    ]
    assert check_wording(STSS, rows).texts["stss3"] == "Question 3 of a form we may use"


def changed(at: int, **changes: object) -> list[WordingRow]:
    rows = filled(STSS)
    rows[at] = replace(rows[at], **changes)  # type: ignore[arg-type]
    return rows


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (filled(STSS)[:-1], WordingFault.WORDING_COUNT),
        ([*filled(STSS), WordingRow(18, "", "", "One too many")], WordingFault.WORDING_COUNT),
        (filled(load_pack("who-5")), WordingFault.WORDING_COUNT),
        (changed(3, number=18), WordingFault.WORDING_NUMBER),
        (changed(3, number=0), WordingFault.WORDING_NUMBER),
        (changed(3, number="four"), WordingFault.WORDING_NUMBER),
        (changed(3, number=5), WordingFault.WORDING_TWICE),
        (changed(3, code="stss5"), WordingFault.WORDING_CODE),
        (changed(3, reverse="yes"), WordingFault.WORDING_REVERSAL),
        (changed(3, reverse="perhaps"), WordingFault.WORDING_REVERSAL),
        (changed(3, text=" \t "), WordingFault.WORDING_EMPTY),
        (changed(3, text="x" * 1001), WordingFault.WORDING_LONG),
        (changed(3, text="question 5 of a form  we may USE"), WordingFault.WORDING_SAME_TEXT),
        (changed(3, text="I had thoughts of suicide"), WordingFault.WORDING_SELF_HARM),
    ],
)
def test_wording_that_does_not_fit_is_refused_by_name(rows: list[WordingRow], fault: Fault) -> None:
    assert fault in fault_of(rows)


def test_a_reversed_item_not_marked_so_is_refused() -> None:
    rows = filled(PROQOL)
    rows[0] = replace(rows[0], reverse="no")
    assert fault_of(rows, PROQOL) == {WordingFault.WORDING_REVERSAL}


def test_a_file_without_texts_is_refused() -> None:
    with pytest.raises(Refused, match="'text' is missing") as refused:
        check_wording(STSS, [{"number": 1}])
    assert refused.value.fault is WordingFault.WORDING_FIELD


def test_the_official_text_is_recognised_without_being_shipped() -> None:
    texts = [f"Texte officiel numéro {n}" for n in (1, 2, 3)]
    known = {"edition": "2026", "sha256": wording_sha256(texts), "source": "Ours", "mark": "S"}
    pack = pack_from_plain(sound(official_wording=[known]))
    rows = [replace(row, text=texts[row.number - 1]) for row in template(pack)]
    assert check_wording(pack, rows, official=True).edition == "2026"
    # The same accents written in two characters, and other white space, are the same text.
    split = [unicodedata.normalize("NFD", row.text).replace(" ", " \t ") for row in rows]
    other = [replace(row, text=f" {text}\n") for row, text in zip(rows, split, strict=True)]
    assert [row.text for row in other] != [row.text for row in rows]
    assert check_wording(pack, other, official=True).edition == "2026"
    rows[1] = replace(rows[1], text="Texte changé")
    assert check_wording(pack, rows).edition is None
    assert fault_of(rows, pack, official=True) == {WordingFault.WORDING_NOT_OFFICIAL}


def test_a_sum_given_by_the_owner_is_checked() -> None:
    rows = filled(STSS)
    right = wording_sha256(row.text for row in rows)
    assert check_wording(STSS, rows, sha256=right.upper()).sha256 == right
    assert fault_of(rows, sha256="0" * 64) == {WordingFault.WORDING_NOT_OFFICIAL}
    assert fault_of(rows, official=True) == {WordingFault.WORDING_NO_OFFICIAL}
