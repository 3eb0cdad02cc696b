"""One battery that every shipped instrument passes."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.strategies.answers import plain_score, possible_answers

from replenish.basis.errors import Refused
from replenish.basis.faults import PackFault
from replenish.measures.library import PACKS, list_packs, load_pack, pack_from_plain, read_yaml
from replenish.measures.pack import Pack, scale_range
from replenish.measures.pack_parts import Mark, Scale
from replenish.measures.scoring import Scores, score

IDS = sorted(folder.name for folder in PACKS.iterdir() if folder.is_dir())
OWN = ("replenish-round", "replenish-supervision", "replenish-weekly")
HASHES = json.loads((Path(__file__).parent / "pack_hashes.json").read_text(encoding="utf-8"))


@pytest.fixture(params=IDS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


def scored(pack: Pack, table: object) -> Scores:
    confirmed = [pack.id] if pack.disputed else []
    return score(pack, np.array(table, dtype=float), confirmed=confirmed)


def lowest_and_highest(pack: Pack, scale: Scale) -> tuple[list[float], list[float]]:
    """The forms that give the lowest and the highest score of a scale."""
    low, high = [], []
    for item in pack.items:
        answers = [
            a for a in possible_answers(pack, item) if a is not None and a not in pack.response.not_applicable
        ]
        if item.options:
            worth = {option.code: option.value for option in item.options}
            answers = [a for a in answers if worth[a] is not None] or answers
            answers.sort(key=lambda a: worth[a] or 0.0)
        low.append(answers[-1] if item.reverse else answers[0])
        high.append(answers[0] if item.reverse else answers[-1])
    return low, high


def test_the_library_holds_every_folder() -> None:
    assert [pack.id for pack in list_packs()] == IDS
    assert set(OWN) < set(IDS)
    assert len(IDS) >= 15


def test_each_end_of_the_range_is_reached_exactly(pack: Pack) -> None:
    for scale in pack.scales:
        scores = scored(pack, lowest_and_highest(pack, scale)).scales[scale.code]
        assert tuple(scores) == scale_range(pack, scale.code)


def test_every_item_moves_its_scales_in_its_own_direction_and_no_other_scale(pack: Pack) -> None:
    low, high = lowest_and_highest(pack, pack.scales[0])
    before = scored(pack, [low])
    for at, item in enumerate(pack.items):
        after = scored(pack, [[*low[:at], high[at], *low[at + 1 :]]])
        for scale in pack.scales:
            moved = after.scales[scale.code][0] - before.scales[scale.code][0]
            assert (moved > 0) == (item.code in scale.items), (item.code, scale.code)
            assert moved >= 0


def test_turning_every_answer_round_mirrors_the_score(pack: Pack) -> None:
    if any(item.options for item in pack.items):
        assert pack.id in OWN
        return
    rng = np.random.default_rng(5)
    steps = round((pack.response.max - pack.response.min) / (pack.response.step or 1))
    table = pack.response.min + (pack.response.step or 1) * rng.integers(0, steps + 1, (50, len(pack.items)))
    one, other = scored(pack, table), scored(pack, pack.response.min + pack.response.max - table)
    for scale in pack.scales:
        low, high = scale_range(pack, scale.code)
        np.testing.assert_allclose(one.scales[scale.code] + other.scales[scale.code], low + high, rtol=1e-13)


def test_a_scale_is_scored_as_long_as_enough_items_are_answered(pack: Pack) -> None:
    for scale in pack.scales:
        _, high = lowest_and_highest(pack, scale)
        positions = [pack.item_codes.index(code) for code in scale.items]
        rows = []
        for answered in range(len(positions) + 1):
            row = np.array(high)
            row[positions[answered:]] = np.nan
            rows.append(row)
        result = scored(pack, rows)
        has_score = ~np.isnan(result.scales[scale.code])
        assert has_score.tolist() == [answered >= scale.needed for answered in range(len(positions) + 1)]
        assert result.missing[scale.code].total == scale.needed
        # What is left are answers at the top, so gaps never pull a score down.
        assert set(result.scales[scale.code][has_score]) == {scale_range(pack, scale.code)[1]}


def test_the_order_of_the_columns_is_of_no_account(pack: Pack) -> None:
    low, high = lowest_and_highest(pack, pack.scales[0])
    table = np.array([low, high, [*low[: len(low) // 2], *high[len(low) // 2 :]]])
    columns = {code: table[:, at] for at, code in enumerate(pack.item_codes)}
    turned = dict(reversed(columns.items()))
    confirmed = [pack.id] if pack.disputed else []
    for scale in pack.scales:
        expected = scored(pack, table).scales[scale.code]
        np.testing.assert_array_equal(score(pack, turned, confirmed=confirmed).scales[scale.code], expected)


def test_what_does_not_apply_is_never_scored(pack: Pack) -> None:
    empty = {
        item.code: [option.code for option in item.options if option.value is None] for item in pack.items
    }
    for scale, (at, item) in itertools.product(pack.scales, enumerate(pack.items)):
        if item.code not in scale.items:
            continue
        for code in [*pack.response.not_applicable, *empty[item.code]]:
            _, row = lowest_and_highest(pack, scale)
            gap, skipped = [*row], [*row]
            gap[at], skipped[at] = code, math.nan
            result = scored(pack, [gap, skipped]).scales[scale.code]
            np.testing.assert_array_equal(result[0], result[1])


def test_the_worked_example_is_met(pack: Pack) -> None:
    example = read_yaml(PACKS / pack.id / "example.yaml")
    assert example["pack"] == pack.id
    cases = example["cases"]
    assert isinstance(cases, list)
    assert len(cases) >= 2
    for case in cases:
        form = case.get("table") or [case["answers"].get(code) for code in pack.item_codes]
        assert set(case["scores"]) == {scale.code for scale in pack.scales}
        result = scored(pack, [form])
        for scale in pack.scales:
            expected = case["scores"][scale.code]
            expected = math.nan if expected is None else expected
            assert result.scales[scale.code][0] == pytest.approx(expected, rel=1e-12, nan_ok=True), case[
                "name"
            ]
            assert plain_score(pack, scale, form) == pytest.approx(expected, rel=1e-12, nan_ok=True), case[
                "name"
            ]


def sourced(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Every record of a pack that states something: all but the fields of the key itself."""
    parts = ("norms", "bands", "facts", "reliability", "provenance", "official_wording")
    assert isinstance(value, Mapping)
    for part in parts:
        for at, record in enumerate(value.get(part, ())):
            yield f"{part}[{at}]", record
    for part in ("licence", "disputed"):
        if part in value:
            yield part, value[part]


def test_every_fact_has_a_source_and_a_mark(pack: Pack) -> None:
    plain = yaml.safe_load((PACKS / pack.id / "pack.yaml").read_text(encoding="utf-8"))
    stated = list(sourced(plain))
    assert len(stated) >= 6
    for path, record in stated:
        assert record.get("source"), path
        assert record.get("mark") in set(Mark), path


def test_a_shaky_key_is_disputed(pack: Pack) -> None:
    shaky = any(part.mark is Mark.SHAKY for part in pack.provenance)
    assert shaky == (pack.disputed is not None)


def test_no_wording_of_a_published_instrument_is_here(pack: Pack) -> None:
    assert sorted(path.name for path in (PACKS / pack.id).iterdir()) == ["example.yaml", "pack.yaml"]
    if pack.id in OWN:
        assert all(item.text and item.gloss and item.why for item in pack.items)
        return
    assert not pack.licence.wording_included
    assert [item for item in pack.items if item.text or item.gloss or item.why or item.options] == []


def test_bands_not_read_in_their_source_are_shown_to_nobody(pack: Pack) -> None:
    for band in pack.bands:
        assert band.shown == (band.mark is Mark.SEEN)
        assert band.individual


def test_the_hash_names_this_very_pack(pack: Pack) -> None:
    # A pack is immutable once answers point at it: a change needs a new version, then a new line here.
    assert HASHES[f"{pack.id} {pack.version}"] == pack.content_hash
    plain = pack.model_dump(mode="json")
    assert pack_from_plain(dict(reversed(plain.items()))).content_hash == pack.content_hash
    assert pack_from_plain({**plain, "version": "99"}).content_hash != pack.content_hash


def test_every_item_is_scored_or_says_why_not(pack: Pack) -> None:
    for item in pack.items:
        assert bool(pack.scales_of(item.code)) != bool(item.unscored)


def test_a_misspelt_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(Refused, match="proqol-5, psychological-safety") as refused:
        load_pack("proqol")
    assert refused.value.fault is PackFault.PACK_UNKNOWN
    with pytest.raises(Refused, match="cs, bo, sts"):
        load_pack("proqol-5").scale("CS")
    with pytest.raises(Refused) as refused:
        load_pack("proqol-5").item("proqol31")
    assert refused.value.fault is PackFault.PACK_NO_SUCH_ITEM
    with pytest.raises(Refused) as refused:
        load_pack("olbi").norm("exhaustion")
    assert refused.value.fault is PackFault.PACK_NO_NORM
