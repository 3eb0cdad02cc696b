"""Only the disclosure room makes what may be published, and nothing of it is copied or changed."""

import ast
import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import replenish
from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.construction import KEY, ConstructionKey, Sealed, _genuine, require_genuine
from replenish.disclosure.model_results import ModelResult, disclose_icc
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import (
    RULE,
    Release,
    make_release,
    to_plain,
    with_model_results,
    write_releases,
)
from replenish.disclosure.release.rules import require_rules
from replenish.disclosure.scale import AnswerScale
from replenish.report.build import build_report

PARTITION = plan_partition({("Oak",): 12})


def a_release() -> Release:
    return make_release(
        round="1",
        partition=PARTITION,
        units=[("Oak",)] * 9,
        values={"load": np.full(9, 50.0)},
        scales=[AnswerScale("load", 0, 100)],
    )


def a_result() -> ModelResult:
    return disclose_icc(outcome="load", icc=0.2, people=100, groups=10)


MAKERS = pytest.mark.parametrize("make", [a_release, a_result], ids=["release", "model result"])


@pytest.mark.parametrize("key", [None, ConstructionKey()])
def test_a_release_cannot_be_put_together_elsewhere(key: ConstructionKey | None) -> None:
    with pytest.raises(Refused) as refused:
        Release("1", 1, RULE, 7, PARTITION, (), (), (), None, (), None, key=key)
    assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


def test_a_model_result_cannot_be_put_together_elsewhere() -> None:
    with pytest.raises(Refused) as refused:
        ModelResult("load", "pace", "own reports", 3.0, 1.0, 5.0, 1.0, None, "50-99", "5-9", 1)
    assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


@MAKERS
@pytest.mark.parametrize(
    "trick",
    [
        copy.copy,
        copy.deepcopy,
        pickle.dumps,
        lambda made: made.__reduce__(),
        lambda made: made.__reduce_ex__(2),
        lambda made: made.__replace__(),
        lambda made: dataclasses.replace(made),
    ],
    ids=["copy", "deepcopy", "pickle", "reduce", "reduce_ex", "__replace__", "replace"],
)
def test_copies_are_refused(make: Callable[[], Sealed], trick: Callable[[Sealed], object]) -> None:
    with pytest.raises(Refused) as refused:
        trick(make())
    assert refused.value.fault in (
        DisclosureFault.RELEASE_COPIED,
        DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE,
    )


@MAKERS
def test_a_twin_made_behind_the_constructor_is_recognised(make: Callable[[], Sealed]) -> None:
    made = make()
    twin = object.__new__(type(made))
    for part in dataclasses.fields(made):  # type: ignore[arg-type]
        object.__setattr__(twin, part.name, getattr(made, part.name))
    require_genuine(made, type(made))
    with pytest.raises(Refused) as refused:
        require_genuine(twin, type(made))
    assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


@MAKERS
def test_nothing_can_be_assigned(make: Callable[[], Sealed]) -> None:
    made = make()
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.hash = "0"  # type: ignore[attr-defined]


def test_a_change_behind_the_back_is_recognised() -> None:
    release = a_release()
    object.__setattr__(release, "round", "2")
    with pytest.raises(Refused) as refused:
        to_plain(release)
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED


@MAKERS
def test_a_change_with_a_hash_that_fits_is_recognised(make: Callable[[], Sealed]) -> None:
    made = make()
    object.__setattr__(made, "round" if isinstance(made, Release) else "outcome", "2")
    object.__setattr__(made, "hash", made.content_hash())  # type: ignore[attr-defined]
    with pytest.raises(Refused) as refused:
        require_genuine(made, type(made))
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED


def test_a_change_deep_inside_is_recognised() -> None:
    release = a_release()
    cell = release.groups[0].cells["load"]
    object.__setattr__(cell, "change", "higher")
    with pytest.raises(Refused) as refused:
        require_genuine(release, Release)
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED


def test_what_is_no_longer_used_is_forgotten() -> None:
    made = [a_result() for _ in range(5)]
    known = {id(result) for result in made}
    assert known <= _genuine.keys()
    made.clear()
    assert not known & _genuine.keys()


READS_FOR_PUBLICATION: list[Callable[[Release], object]] = [
    to_plain,
    lambda release: write_releases(Path("never-written.json"), [release]),
    lambda release: with_model_results(release, []),
    lambda release: make_release(
        round="2",
        partition=PARTITION,
        units=[("Oak",)] * 9,
        values={"load": np.full(9, 50.0)},
        scales=[AnswerScale("load", 0, 100)],
        earlier=[release],
    ),
    lambda release: require_rules(release),
    lambda release: build_report([release], []),
]


@pytest.mark.parametrize(
    "read",
    READS_FOR_PUBLICATION,
    ids=["plain", "file", "results", "next round", "rules", "report"],
)
def test_whatever_reads_a_release_for_publication_notices_a_change(read: Callable[[Release], object]) -> None:
    release = a_release()
    object.__setattr__(release, "response_quarter", "three quarters or more")
    object.__setattr__(release, "hash", release.content_hash())
    with pytest.raises(Refused) as refused:
        read(release)
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED


def test_cells_cannot_be_exchanged() -> None:
    cells = a_release().groups[0].cells
    with pytest.raises(TypeError):
        cells["load"] = cells["load"]  # type: ignore[index]


def test_a_subclass_is_refused() -> None:
    with pytest.raises(Refused) as refused:

        class Lookalike(Release):
            pass

    assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


def test_a_base_of_ones_own_is_refused() -> None:
    with pytest.raises(Refused) as refused:

        class Lookalike(Sealed):
            pass

    assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


def test_another_thing_is_no_release() -> None:
    for impostor in ("release", None, {"round": "1"}, a_result()):
        with pytest.raises(Refused) as refused:
            require_genuine(impostor, Release)
        assert refused.value.fault is DisclosureFault.RELEASE_CONSTRUCTED_OUTSIDE


def test_the_key_is_used_in_the_disclosure_room_alone() -> None:
    assert isinstance(KEY, ConstructionKey)
    source = Path(replenish.__file__).parent
    users = set()
    for path in source.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "construction" in text else ():
            names = (
                [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom | ast.Import) else []
            )
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            holds_key = module == "replenish.disclosure.construction" and {"KEY", "_genuine"} & set(names)
            if holds_key or "replenish.disclosure.construction" in names:
                users.add(path.relative_to(source).parts[0])
    assert users == {"disclosure"}
