"""How a card lies on a device: what is written is read again, and nothing else opens it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.secret import Secret
from replenish.web.carer.kept_card import MINUTES, Device, KeptCard, read_kept, write_kept

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

KEPT = st.builds(
    KeptCard,
    device=st.sampled_from(Device),
    secret=st.binary(min_size=16, max_size=16).map(Secret),
    minutes=st.sampled_from(MINUTES[:-1]),
    hidden=st.booleans(),
).map(lambda kept: replace(kept, locked="AB-c_" if kept.device is Device.LOCKED else ""))


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> DeviceKeys:
    return DeviceKeys(tmp_path_factory.mktemp("keys"))


@given(kept=KEPT)
def test_what_is_written_is_read_again(keys: DeviceKeys, kept: KeptCard) -> None:
    written = write_kept(kept, keys, NOON)
    assert read_kept(written, keys, NOON) == kept
    assert re.fullmatch(r"[A-Za-z0-9._-]+", written)
    shut = read_kept(written, keys, NOON + timedelta(minutes=61))
    assert shut is not None
    assert (shut.secret is None) is (kept.device is not Device.PRIVATE)
    assert (kept.secret.cookie()[:22] in written) is (kept.device is Device.PRIVATE)  # type: ignore[union-attr]


@given(
    text=st.one_of(
        st.text(max_size=60), st.lists(st.text("2phsl0159.A", max_size=6), max_size=7).map(".".join)
    )
)
def test_a_cookie_of_anything_opens_nothing(keys: DeviceKeys, text: str) -> None:
    kept = read_kept(text, keys, NOON)
    assert kept is None or kept.secret is None


@given(kept=KEPT, minutes=st.sampled_from(["60", "999999", "0"]), kind=st.sampled_from("psl"))
def test_a_changed_time_or_kind_closes_what_is_held_open(
    keys: DeviceKeys, kept: KeptCard, minutes: str, kind: str
) -> None:
    written = write_kept(kept, keys, NOON)
    if kept.device is Device.PRIVATE or not written.startswith("2."):
        return
    parts = written.split(".")
    changed = [parts[0], kind, minutes, *parts[3:]]
    found = read_kept(".".join(changed), keys, NOON)
    same = (kind, minutes) == (parts[1][0], parts[2])
    assert same or found is None or found.secret is None
