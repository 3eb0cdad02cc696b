"""Settings: known names only, values that can be read, and a floor that only rises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replenish.basis.errors import Refused
from replenish.basis.faults import SiteFault
from replenish.disclosure.bands import FLOOR
from replenish.site.configuration import PREFIX, SETTINGS, read_configuration


def test_without_any_variable_every_setting_has_its_default() -> None:
    chosen = read_configuration({})
    assert set(chosen) == {setting.name for setting in SETTINGS}
    assert chosen["FLOOR"] == FLOOR
    assert chosen["SECURE"] is False


def test_a_misspelt_setting_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(Refused, match="REPLENISH_FLOR") as refused:
        read_configuration({"REPLENISH_FLOR": "9"})
    assert refused.value.fault is SiteFault.SETTING_UNKNOWN
    assert "REPLENISH_FLOOR" in str(refused.value)


def test_variables_of_other_programs_are_left_alone() -> None:
    assert read_configuration({"PATH": "/bin", "FLOOR": "1"}) == read_configuration({})


@given(st.text(max_size=12))
def test_no_text_lowers_the_floor(text: str) -> None:
    try:
        chosen = read_configuration({PREFIX + "FLOOR": text})
    except Refused as refused:
        assert refused.fault is SiteFault.SETTING_VALUE  # noqa: PT017 - both outcomes are right, a lower floor never
    else:
        floor = chosen["FLOOR"]
        assert isinstance(floor, int)
        assert floor >= FLOOR


@pytest.mark.parametrize("text", ["6", "0", "-7", "6.9", "1e9", "inf", "nan", "", "seven", "0x7", "10001"])
def test_a_floor_below_seven_or_not_a_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="raise the floor"):
        read_configuration({PREFIX + "FLOOR": text})


def test_the_floor_can_be_raised() -> None:
    assert read_configuration({PREFIX + "FLOOR": "12"})["FLOOR"] == 12
