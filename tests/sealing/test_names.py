"""Names of different purposes, seasons, rounds and people never meet, and one module alone derives them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.sealing import readable, secrets, tokens

from replenish.basis.errors import Refused
from replenish.basis.faults.sealing import SealingFault
from replenish.sealing.names import box_key, box_name, seat_name, voice_name
from replenish.sealing.secret import Secret

SOURCE = Path(__file__).resolve().parents[2] / "src" / "replenish"


@given(st.sets(tokens, min_size=2, max_size=2), st.sets(readable, min_size=1, max_size=4))
def test_no_two_names_of_any_purpose_season_round_or_person_are_equal(
    people: set[bytes], times: set[str]
) -> None:
    made = []
    for token in people:
        secret = Secret(token)
        made += [box_name(secret), box_key(secret).hex(), secret.derive(b"check").hex(), token.hex()]
        made += [name(secret, time) for time in times for name in (seat_name, voice_name)]
    assert len(set(made)) == len(made)


@given(secrets, readable)
def test_names_are_64_digits_and_the_same_each_time(secret: Secret, when: str) -> None:
    again = Secret.of_code(secret.code())
    for name in (seat_name(secret, when), voice_name(secret, when), box_name(secret)):
        assert re.fullmatch("[0-9a-f]{64}", name)
    assert seat_name(secret, when) == seat_name(again, when)
    assert voice_name(secret, when) == voice_name(again, when)
    assert (box_name(secret), box_key(secret)) == (box_name(again), box_key(again))


def test_a_name_cannot_be_built_that_runs_into_another_purpose() -> None:
    secret = Secret.new()
    assert voice_name(secret, "box key") != box_key(secret).hex()
    assert seat_name(secret, "a") != voice_name(secret, "a") != seat_name(secret, "voice a")


@pytest.mark.parametrize("when", ["", "\n", "a\nb", "\x00", "\ud800"])
def test_an_unreadable_season_or_round_is_refused(when: str) -> None:
    for name in (seat_name, voice_name):
        with pytest.raises(Refused) as refused:
            name(Secret.new(), when)
        assert refused.value.fault is SealingFault.NAME_EMPTY


def test_one_module_alone_derives_from_a_secret() -> None:
    deriving = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if ".derive(" in path.read_text(encoding="utf-8")
    }
    # From the halves of a round's key; from a code somebody chose, and from a key of the server; from the
    # phrase of a named person's records, and from the key of one record.
    no_secret_of_a_person = {
        "sealing/round_split.py",
        "sealing/device_lock.py",
        "sealing/record_hold.py",
        "sealing/record_key.py",
        "sealing/shared_record.py",
    }
    assert deriving - no_secret_of_a_person == {"sealing/names.py", "sealing/secret.py"}
    assert len((SOURCE / "sealing" / "names.py").read_text(encoding="utf-8").splitlines()) < 80
