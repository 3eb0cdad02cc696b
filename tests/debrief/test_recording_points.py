"""What laws want recorded after a restraint: dated data with sources, and words in every language."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from replenish.basis.errors import Refused
from replenish.debrief.incidents.recording import FILE, read_places, recording_places

WORDS = FILE.parent / "words"


def test_every_place_has_law_day_source_and_mark() -> None:
    for place in recording_places():
        assert place.law
        assert place.source
        assert place.in_force <= date(2026, 11, 23) <= place.checked_on
    england = {place.code: place for place in recording_places()}["school_england"]
    assert (england.in_force, england.mark) == (date(2026, 4, 1), "S")
    act = {place.code: place for place in recording_places()}["mental_health_unit_england"]
    assert len(act.points) == 16, "section 6(5) names the points (a) to (p); (b) is place, day and duration"


@pytest.mark.parametrize("language", sorted(one.name for one in WORDS.iterdir()))
def test_every_point_and_duty_has_its_words_and_no_word_stands_alone(language: str) -> None:
    words = yaml.safe_load((WORDS / language / "recording.yaml").read_text("utf-8"))
    places = recording_places()
    assert set(words["points"]) == {code for place in places for code in place.points}
    assert set(words["duties"]) == {duty.code for place in places for duty in place.duties}
    assert set(words["settings"]) == {place.setting for place in places}


def test_a_place_without_a_source_is_refused(tmp_path: Path) -> None:
    own = yaml.safe_load(FILE.read_text("utf-8"))
    del own["places"][0]["source"]
    path = tmp_path / "recording.yaml"
    path.write_text(yaml.safe_dump(own), "utf-8")
    with pytest.raises(Refused):
        read_places(path)
