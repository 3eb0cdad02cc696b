"""Model results join a release that is otherwise exactly the one made without them."""

from unittest.mock import patch

import numpy as np
import pytest

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.model_results import ModelResult, disclose_icc
from replenish.disclosure.partition import plan_partition
from replenish.disclosure.release import (
    Release,
    make_release,
    making,
    releases_from_plain,
    to_plain,
    with_model_results,
)
from replenish.disclosure.scale import AnswerScale


def a_release(
    results: tuple[ModelResult, ...] = (), *, people: int = 30, earlier: tuple[Release, ...] = ()
) -> Release:
    return make_release(
        round=str(len(earlier) + 1),
        partition=plan_partition({("Oak",): people // 2, ("Elm",): people // 2}),
        units=[("Oak",)] * (people // 2) + [("Elm",)] * (people // 2),
        values={"load": np.linspace(0, 100, people // 2 * 2)},
        scales=[AnswerScale("load", 0, 100)],
        earlier=earlier,
        model_results=results,
    )


def icc(outcome: str = "load") -> ModelResult:
    return disclose_icc(outcome=outcome, icc=0.1, people=100, groups=10)


def test_results_attached_afterwards_give_the_release_made_with_them() -> None:
    first = a_release()
    results = (icc("voice"), icc("load"))
    attached = with_model_results(a_release(earlier=(first,)), results)
    assert to_plain(attached) == to_plain(a_release(results, earlier=(first,)))
    assert (
        releases_from_plain(
            {"format": "replenish-releases-1", "releases": [to_plain(first), to_plain(attached)]}
        )[1]
        == attached
    )


def test_bands_are_not_made_again() -> None:
    bands = a_release()
    with patch.object(making, "band_of", side_effect=AssertionError("bands were made again")):
        attached = with_model_results(bands, [icc()])
    assert attached.groups == bands.groups
    assert bands.model_results == ()


@pytest.mark.parametrize("again", [False, True], ids=["in one go", "one after the other"])
def test_a_result_named_twice_is_refused(*, again: bool) -> None:
    bands = with_model_results(a_release(), [icc()]) if again else a_release()
    with pytest.raises(Refused) as refused:
        with_model_results(bands, [icc()] if again else [icc(), icc()])
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_TWICE


def test_results_over_no_groups_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        with_model_results(a_release(people=8), [icc()])
    assert refused.value.fault is DisclosureFault.MODEL_RESULT_SMALL


def test_only_a_genuine_release_takes_results() -> None:
    bands = a_release()
    object.__setattr__(bands, "response_quarter", "three quarters or more")
    with pytest.raises(Refused) as refused:
        with_model_results(bands, [icc()])
    assert refused.value.fault is DisclosureFault.RELEASE_CHANGED
