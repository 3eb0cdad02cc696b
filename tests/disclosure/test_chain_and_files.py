"""Releases on paper: the chain, the file, and every way of tampering that reading must notice."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from replenish.basis.errors import Fault, Refused
from replenish.basis.faults import DisclosureFault, TableFault
from replenish.basis.identifiers import content_hash
from replenish.disclosure.model_results import disclose_effect, disclose_icc
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import (
    FORMAT,
    Release,
    from_plain,
    make_release,
    read_releases,
    releases_from_plain,
    to_plain,
    write_releases,
)
from replenish.disclosure.scale import AnswerScale

HEADCOUNT: dict[tuple[str, ...], int] = {
    ("M", "Ash"): 14,
    ("M", "Elm"): 12,
    ("M", "Oak"): 12,
    ("S", "Fir"): 30,
}
PARTITION = plan_partition(HEADCOUNT)
SCALES = (AnswerScale("load", 1, 5), AnswerScale("seen", 0, 1, 1))


def a_round(name: str, earlier: list[Release], *, mean: float = 3.0, seed: int = 0) -> Release:
    rng = np.random.default_rng([seed, len(earlier)])
    units = [("M", "Ash")] * 13 + [("M", "Elm")] * 5 + [("M", "Oak")] * 4 + [("S", "Fir")] * 25
    results = (
        disclose_effect(
            outcome="load",
            condition="pace",
            kind="own reports",
            estimate=12.2,
            low=-31.0,
            high=55.0,
            people=7000,
            groups=90,
            conditions=2,
        ),
        disclose_icc(outcome="load", icc=0.1, people=7000, groups=90),
    )
    return make_release(
        round=name,
        partition=PARTITION,
        units=units,
        values={
            "load": np.clip(rng.normal(mean, 0.3, len(units)), 1, 5),
            "seen": rng.integers(0, 2, len(units)).astype(float),
        },
        scales=SCALES,
        earlier=earlier,
        headcount=HEADCOUNT,
        model_results=results,
    )


def a_chain(means: tuple[float, ...] = (2.2, 2.2, 3.8)) -> list[Release]:
    releases: list[Release] = []
    for number, mean in enumerate(means, start=1):
        releases.append(a_round(str(number), releases, mean=mean))
    return releases


def as_plain(releases: list[Release]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(
        json.dumps({"format": FORMAT, "releases": [to_plain(release) for release in releases]})
    )
    return plain


def rehashed(plain: dict[str, Any]) -> dict[str, Any]:
    """A forger's file: every hash is made to fit what was changed."""
    previous = None
    for release in plain["releases"]:
        release["previous"] = previous
        partition = release["partition"]
        partition["id"] = content_hash({"groups": partition["groups"], "reason": partition["reason"]})
        release["hash"] = content_hash({key: value for key, value in release.items() if key != "hash"})
        previous = release["hash"]
    return plain


def test_what_is_read_equals_what_was_written(tmp_path: Path) -> None:
    releases = a_chain()
    write_releases(tmp_path / "releases.json", releases)
    assert read_releases(tmp_path / "releases.json") == releases
    assert [to_plain(r) for r in read_releases(tmp_path / "releases.json")] == [to_plain(r) for r in releases]


def test_a_read_release_can_be_continued(tmp_path: Path) -> None:
    write_releases(tmp_path / "releases.json", a_chain())
    earlier = read_releases(tmp_path / "releases.json")
    following = a_round("4", earlier)
    assert following.previous == earlier[-1].hash
    write_releases(tmp_path / "releases.json", [*earlier, following])
    assert len(read_releases(tmp_path / "releases.json")) == 4


def test_writing_leaves_no_half_file(tmp_path: Path) -> None:
    write_releases(tmp_path / "releases.json", a_chain())
    assert [path.name for path in tmp_path.iterdir()] == ["releases.json"]


def test_equal_answers_give_equal_bytes(tmp_path: Path) -> None:
    write_releases(tmp_path / "one.json", a_chain())
    write_releases(tmp_path / "two.json", a_chain())
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_each_release_names_the_one_before() -> None:
    releases = a_chain()
    assert [release.previous for release in releases] == [None, releases[0].hash, releases[1].hash]


def test_a_clear_change_has_an_arrow_and_survives_reading() -> None:
    last = a_chain()[-1]
    assert any(group.cells["load"].change == "higher" for group in last.groups)
    assert releases_from_plain(as_plain(a_chain()))[-1] == last


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (lambda chain: chain[1:], DisclosureFault.RELEASE_CHAIN),
        (lambda chain: [chain[0], chain[2]], DisclosureFault.RELEASE_CHAIN),
        (lambda chain: [chain[1], chain[0]], DisclosureFault.RELEASE_CHAIN),
        (lambda chain: [*chain, chain[2]], DisclosureFault.RELEASE_CHAIN),
    ],
    ids=["first missing", "middle missing", "out of order", "twice"],
)
def test_a_broken_chain_is_refused(
    wrong: Callable[[list[Release]], list[Release]], fault: Fault, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        write_releases(tmp_path / "releases.json", wrong(a_chain()))
    assert refused.value.fault is fault
    assert not list(tmp_path.iterdir())


def test_a_round_is_released_once() -> None:
    chain = a_chain()
    with pytest.raises(Refused) as refused:
        a_round("2", chain)
    assert refused.value.fault is DisclosureFault.RELEASE_ROUND_TWICE


def test_a_round_has_a_name() -> None:
    with pytest.raises(Refused) as refused:
        a_round(" ", [])
    assert refused.value.fault is DisclosureFault.RELEASE_ROUND_NAME


@pytest.mark.parametrize(
    ("scales", "named"),
    [
        ([AnswerScale("load", 1, 5)], "seen"),
        ([AnswerScale("load", 0, 5), SCALES[1]], "load"),
        ([*SCALES, AnswerScale("pace", 0, 4)], "pace"),
    ],
)
def test_other_questions_than_before_are_refused_by_name(scales: list[AnswerScale], named: str) -> None:
    with pytest.raises(Refused) as refused:
        make_release(
            round="2",
            partition=PARTITION,
            units=[("M", "Ash")],
            values={scale.name: np.array([1.0]) for scale in scales},
            scales=scales,
            earlier=a_chain()[:1],
        )
    assert refused.value.fault is DisclosureFault.RELEASE_OTHER_SCALES
    assert f"'{named}'" in str(refused.value)


def at_floor(floor: int, earlier: list[Release]) -> Release:
    return make_release(
        round=str(len(earlier) + 1),
        partition=PARTITION,
        units=[("M", "Ash")],
        values={"load": np.array([1.0]), "seen": np.array([1.0])},
        scales=SCALES,
        earlier=earlier,
        floor=floor,
    )


def test_the_floor_may_rise_from_release_to_release_and_never_fall() -> None:
    chain = [at_floor(7, [])]
    chain.append(at_floor(9, chain))
    assert [from_plain(to_plain(chain[1]), earlier=chain[:1]).floor] == [9]
    with pytest.raises(Refused) as refused:
        at_floor(8, chain)
    assert refused.value.fault is DisclosureFault.RELEASE_OTHER_FLOOR


def test_a_model_result_is_given_once() -> None:
    result = disclose_icc(outcome="load", icc=0.1, people=7000, groups=90)
    with pytest.raises(Refused) as refused:
        make_release(
            round="1",
            partition=PARTITION,
            units=[("M", "Ash")],
            values={"load": np.array([1.0]), "seen": np.array([1.0])},
            scales=SCALES,
            model_results=[result, disclose_icc(outcome="load", icc=0.1, people=7001, groups=90)],
        )
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_TWICE


def paths_into(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every single value in a nest of dictionaries and lists."""
    if isinstance(value, dict):
        return [found for key, part in value.items() for found in paths_into(part, (*path, key))]
    if isinstance(value, list):
        return [found for key, part in enumerate(value) for found in paths_into(part, (*path, key))]
    return [path]


def test_every_single_value_is_covered_by_the_hash() -> None:
    plain = as_plain(a_chain()[:1])
    for path in paths_into(plain["releases"]):
        changed = copy.deepcopy(plain)
        place: Any = changed["releases"]
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = "changed"
        with pytest.raises(Refused):
            releases_from_plain(changed)


def _cell(plain: dict[str, Any], group: int = 0, scale: str = "load") -> dict[str, Any]:
    cell: dict[str, Any] = plain["releases"][0]["groups"][group]["cells"][scale]
    return cell


def narrow_band(plain: dict[str, Any]) -> None:
    _cell(plain)["band"] = [30.0, 31.0]


def band_of_another_class(plain: dict[str, Any]) -> None:
    _cell(plain)["band"] = [0.0, 12.5]


def exact_size(plain: dict[str, Any]) -> None:
    _cell(plain)["size"] = "13"


def size_without_band(plain: dict[str, Any]) -> None:
    _cell(plain)["band"] = None


def floor_lowered(plain: dict[str, Any]) -> None:
    plain["releases"][0]["floor"] = 4


def floor_above_the_size(plain: dict[str, Any]) -> None:
    plain["releases"][0]["floor"] = 30


def other_rule(plain: dict[str, Any]) -> None:
    plain["releases"][0]["rule"] = "none"


def overlapping_leaves(plain: dict[str, Any]) -> None:
    groups = plain["releases"][0]["groups"]
    groups.insert(1, copy.deepcopy(groups[0]))


def leaf_left_out(plain: dict[str, Any]) -> None:
    plain["releases"][0]["groups"].pop()


def parent_from_answers(plain: dict[str, Any]) -> None:
    plain["releases"][0]["parents"][0]["cells"]["load"]["middle"] += 0.25


def arrow_without_bands(plain: dict[str, Any]) -> None:
    _cell(plain)["change"] = "higher"


def question_not_shown(plain: dict[str, Any]) -> None:
    del plain["releases"][0]["groups"][0]["cells"]["seen"]


def question_invented(plain: dict[str, Any]) -> None:
    plain["releases"][0]["groups"][0]["cells"]["pace"] = copy.deepcopy(_cell(plain))


def exact_response(plain: dict[str, Any]) -> None:
    plain["releases"][0]["response_quarter"] = "63 %"


def finer_effect(plain: dict[str, Any]) -> None:
    plain["releases"][0]["model_results"][1]["estimate"] += 0.25


def effect_without_enough_people(plain: dict[str, Any]) -> None:
    plain["releases"][0]["model_results"][1]["people_class"] = "12-49"


def icc_as_number(plain: dict[str, Any]) -> None:
    plain["releases"][0]["model_results"][0]["estimate"] = 0.1


def icc_in_other_words(plain: dict[str, Any]) -> None:
    plain["releases"][0]["model_results"][0]["words"] = "Oak is the worst"


FORGERIES = [
    (narrow_band, "none of its size class"),
    (band_of_another_class, "none of its size class"),
    (exact_size, "no size class '13'"),
    (size_without_band, "a size without a band"),
    (floor_lowered, "its floor is 4"),
    (floor_above_the_size, "fewer voices than the floor"),
    (other_rule, "'none' is no rule"),
    (overlapping_leaves, "two groups or in none"),
    (leaf_left_out, "two groups or in none"),
    (parent_from_answers, "a parent does not follow"),
    (arrow_without_bands, "does not follow from its bands"),
    (question_not_shown, "every question once"),
    (question_invented, "every question once"),
    (exact_response, "four quarters"),
    (finer_effect, "not a usable number"),
    (effect_without_enough_people, "not a usable number"),
    (icc_as_number, "not a usable number"),
    (icc_in_other_words, "not a usable number"),
]


@pytest.mark.parametrize(("forge", "why"), FORGERIES, ids=[forge.__name__ for forge, _ in FORGERIES])
def test_a_forger_who_mends_every_hash_is_still_refused(
    forge: Callable[[dict[str, Any]], None], why: str
) -> None:
    plain = as_plain(a_chain()[:1])
    assert releases_from_plain(rehashed(copy.deepcopy(plain)))
    forge(plain)
    with pytest.raises(Refused) as refused:
        releases_from_plain(rehashed(plain))
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", DisclosureFault.RELEASE_FORMAT),
        ("[]", DisclosureFault.RELEASE_FORMAT),
        ("{}", DisclosureFault.RELEASE_FORMAT),
        ('{"format": "other", "releases": []}', DisclosureFault.RELEASE_FORMAT),
        (f'{{"format": "{FORMAT}", "releases": {{}}}}', DisclosureFault.RELEASE_FORMAT),
        (f'{{"format": "{FORMAT}", "releases": [1]}}', DisclosureFault.RELEASE_FORMAT),
        (f'{{"format": "{FORMAT}", "releases": [], "note": 1}}', DisclosureFault.RELEASE_FORMAT),
        ("\u00fffe", DisclosureFault.RELEASE_FORMAT),
    ],
)
def test_another_file_is_refused_by_name(text: str, fault: Fault, tmp_path: Path) -> None:
    path = tmp_path / "releases.json"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(Refused) as refused:
        read_releases(path)
    assert refused.value.fault is fault
    assert refused.value.problems[0].place.file == str(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_releases(tmp_path / "none.json")
    assert refused.value.fault is TableFault.FILE_MISSING


def test_an_empty_chain_is_a_file_too(tmp_path: Path) -> None:
    write_releases(tmp_path / "releases.json", [])
    assert read_releases(tmp_path / "releases.json") == []


def test_a_field_too_many_is_refused() -> None:
    plain = as_plain(a_chain()[:1])
    plain["releases"][0]["groups"][0]["n"] = 13
    with pytest.raises(Refused) as refused:
        from_plain(plain["releases"][0])
    assert refused.value.fault is DisclosureFault.RELEASE_FORMAT
