"""The R scripts behind the stored results still write what is stored."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.statistics.condition_references import REFERENCES, stored


def leaves(value: object, path: str = "") -> dict[str, object]:
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return {path: value}
    return {key: leaf for name, part in pairs for key, leaf in leaves(part, f"{path}/{name}").items()}


@pytest.mark.live_r
@pytest.mark.parametrize("topic", ["reliability", "agreement", "split_voice", "ridge"])
def test_the_script_still_writes_what_is_stored(topic: str, tmp_path: Path) -> None:
    script = REFERENCES / f"statistics_{topic}.R"
    subprocess.run(["Rscript", str(script), str(tmp_path)], check=True, capture_output=True)
    made = leaves(json.loads((tmp_path / f"statistics_{topic}.json").read_text(encoding="utf-8")))
    expected = leaves(stored(topic))
    assert made.keys() == expected.keys()
    for place, value in expected.items():
        if isinstance(value, float):
            assert made[place] == pytest.approx(value, rel=1e-5, abs=1e-5), place
        else:
            assert made[place] == value, place
