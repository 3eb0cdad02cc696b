"""Scores equal those of psych (R) from keys written a second time, in R."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from replenish.measures.library import load_pack
from replenish.measures.scoring import score

REFERENCES = Path(__file__).resolve().parents[1] / "references"
STORED = json.loads((REFERENCES / "measures_scoring.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(STORED))
def test_scores_equal_those_of_psych(name: str) -> None:
    result = score(load_pack(name), np.array(STORED[name]["answers"], dtype=float))
    expected = STORED[name]["scores"]
    assert set(result.scales) == set(expected)
    for code, scores in expected.items():
        np.testing.assert_allclose(result.scales[code], scores, rtol=1e-12)


@pytest.mark.live_r
def test_the_stored_scores_are_those_of_r(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.json"
    subprocess.run(["Rscript", str(REFERENCES / "measures_scoring.R"), str(fresh)], check=True, timeout=120)
    assert json.loads(fresh.read_text(encoding="utf-8")) == STORED
