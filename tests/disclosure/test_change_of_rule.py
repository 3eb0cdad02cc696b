"""An installation outlives its rule: a chain goes from a rule to a later one, and is read whole."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from tests.disclosure.earlier_rules import in_force
from tests.disclosure.test_chain_and_files import a_round, as_plain, rehashed

from replenish.basis.errors import Refused
from replenish.basis.faults import DisclosureFault
from replenish.disclosure.attack import FindingKind, proof_attack
from replenish.disclosure.bands import RULE, RULES, SIZE_CLASSES, band_of
from replenish.disclosure.change import change_between
from replenish.disclosure.release import Release, read_releases, releases_from_plain, write_releases

FIRST = RULES[0].name
LOW_MEAN = 1.2  # its band ends at the outermost cut, which is another one under each rule


def upgraded(means: tuple[float, ...] = (LOW_MEAN, LOW_MEAN, 4.8), *, after: int = 2) -> list[Release]:
    """A chain whose first releases were made under the first rule, and the others under the one in force."""
    releases: list[Release] = []
    for number, mean in enumerate(means):
        with in_force(FIRST if number < after else RULE):
            releases.append(a_round(str(number + 1), releases, mean=mean))
    return releases


def test_what_was_published_before_an_upgrade_is_read_and_continued(tmp_path: Path) -> None:
    chain = upgraded()
    assert [release.rule for release in chain] == [FIRST, FIRST, RULE]
    write_releases(tmp_path / "releases.json", chain)
    assert read_releases(tmp_path / "releases.json") == chain
    assert any(group.cells["load"].change == "higher" for group in chain[-1].groups)
    assert proof_attack(as_plain(chain), colluders="promised").holds


def test_the_change_of_rule_itself_draws_no_arrow() -> None:
    """One mean lies in its band under both rules, so the two bands overlap, whatever the sizes."""
    for mean in np.linspace(0, 100, 401):
        for now, before in itertools.product(SIZE_CLASSES, repeat=2):
            for share in (False, True):
                earlier = band_of(mean, before, share=share, rule=FIRST)
                assert change_between(band_of(mean, now, share=share), [earlier, earlier]) is None


def test_each_release_is_held_to_its_own_rule() -> None:
    """A band of the other rule is none of its own, whatever all the hashes say."""
    for release, other in ((0, 35.0), (2, 37.5)):
        plain = as_plain(upgraded((LOW_MEAN, LOW_MEAN, LOW_MEAN)))
        for group in plain["releases"][release]["groups"]:
            band = group["cells"]["load"]["band"]
            if band and band[0] == 0:
                band[1] = other
        plain["releases"][release]["parents"] = []
        with pytest.raises(Refused, match="none of its size class") as refused:
            releases_from_plain(rehashed(plain))
        assert refused.value.fault is DisclosureFault.RELEASE_RULE_BROKEN


def test_a_chain_never_goes_back_to_an_earlier_rule() -> None:
    chain = upgraded((3.0, 3.0), after=0)
    with in_force(FIRST), pytest.raises(Refused, match="never back") as refused:
        a_round("3", chain)
    assert refused.value.fault is DisclosureFault.RELEASE_OTHER_RULE

    plain = as_plain(upgraded())
    first, _, last = plain["releases"]
    first["rule"], last["rule"] = last["rule"], first["rule"]
    with pytest.raises(Refused):
        releases_from_plain(rehashed(plain))
    assert proof_attack(plain).found(FindingKind.RULE_WENT_BACK)
    assert not proof_attack(plain).holds


def test_a_rule_that_nobody_knows_is_refused() -> None:
    plain = as_plain(upgraded())
    plain["releases"][-1]["rule"] = "replenish-rule-99"
    with pytest.raises(Refused, match=f"replenish-rule-99.*{RULE}") as refused:
        releases_from_plain(rehashed(plain))
    assert refused.value.fault is DisclosureFault.RULE_UNKNOWN
