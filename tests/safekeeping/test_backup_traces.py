"""Two data backups show nothing about which boxes were used between them."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.safekeeping.artefacts import boxes, tables, text, traces
from tests.safekeeping.household import PEOPLE, Household, night

from replenish.basis import clock
from replenish.basis.errors import Refused
from replenish.basis.faults import SafekeepingFault
from replenish.safekeeping import backup, nightly, policy
from replenish.safekeeping.places import Places, backups_in
from replenish.sealing.device_keys import DeviceKeys
from replenish.sealing.names import box_name, seat_name, voice_name
from replenish.sealing.wrap_keys import WrapKeys


def two_nights(household: Household, places: Places) -> None:
    """A backup, two people use their boxes, one joins, and a second backup."""
    night(places)
    household.day(1)
    for card in household.cards[:2]:
        household.use(card, 3.0)
    household.use(household.join())
    night(places)


def test_two_backups_differ_in_every_box_used_or_not(household: Household, places: Places) -> None:
    two_nights(household, places)
    first, second = backups_in(places.data)
    found = traces(first, second)
    assert found.none, found
    assert len(boxes(first)) == PEOPLE
    assert len(boxes(second)) == PEOPLE + 1


def test_the_new_ones_stand_among_the_others(household: Household, places: Places) -> None:
    """Who came on a day is known by the night alone: there is no second table and no last place for them."""
    two_nights(household, places)
    newest = tables(backups_in(places.data)[-1])
    names = {str(row["name"]) for row in newest["voices_box"]}
    seats = {str(row["name"]) for row in newest["voices_seat"]}
    card = household.cards[-1]
    assert box_name(card) in names
    assert seat_name(card, household.season.id) in seats
    assert not any("arriving" in name for name in newest)


def test_a_night_without_its_rewrite_is_refused(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(places)
    monkeypatch.setattr(nightly, "rewrite", lambda **_: None)
    with pytest.raises(Refused) as refused:
        night(places)
    assert refused.value.fault is SafekeepingFault.WRAPPED_TWICE
    assert len(backups_in(places.data)) == 1


def test_seeded_fault_a_rewrite_left_out_shows_who_was_there(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(places)
    held = WrapKeys(settings.REPLENISH_KEYS).held()
    monkeypatch.setattr(nightly, "rewrite", lambda **_: None)
    monkeypatch.setattr(backup, "_fresh_wrap_keys", lambda used, _: {key: held[key].hex() for key in used})
    household.use(household.cards[0], 2.0)
    night(places)
    found = traces(*backups_in(places.data))
    assert len(found.unchanged_boxes) == PEOPLE - 1
    assert box_name(household.cards[0]) not in found.unchanged_boxes
    assert found.shared_keys


def leaks(household: Household, places: Places) -> set[str]:
    """What must be in neither artefact, and is."""
    forbidden = {
        f"voice of {place}": voice_name(card, household.round.id)
        for place, card in enumerate(household.cards)
    }
    for path in (settings.REPLENISH_KEYS / "rounds").glob("*.key"):
        forbidden[f"round key {path.name}"] = path.read_text().split('"private": "')[1][:64]
    for path in (settings.REPLENISH_KEYS / "devices").glob("*.key"):
        forbidden[f"key of devices {path.name}"] = path.read_text().split('"key": "')[1][:64]
    forbidden["key of forms"] = (settings.REPLENISH_KEYS / "forms.key").read_text()
    said = "".join(text(path) for path in (*backups_in(places.data), places.keys / "replenish-keys.zip"))
    return {name for name, secret in forbidden.items() if secret in said}


def test_no_contribution_and_no_round_key_is_in_either_artefact(household: Household, places: Places) -> None:
    (settings.REPLENISH_KEYS / "forms.key").write_text("k" * 48)
    DeviceKeys(settings.REPLENISH_KEYS).holding(clock.today())
    night(places)
    assert leaks(household, places) == set()


def test_seeded_fault_contributions_in_a_backup_are_found(
    household: Household, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.REPLENISH_KEYS / "forms.key").write_text("k" * 48)
    monkeypatch.setattr(policy, "KEPT", (*policy.KEPT, "voices_contribution"))
    night(places)
    assert leaks(household, places) == {f"voice of {place}" for place in range(PEOPLE)}


def test_the_key_file_names_no_box_and_no_seat(household: Household, places: Places) -> None:
    night(places)
    said = text(places.keys / "replenish-keys.zip")
    for card in household.cards:
        assert box_name(card) not in said
        assert seat_name(card, household.season.id) not in said
