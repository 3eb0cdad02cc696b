"""Staggered effects by pyfixest, to compare with replenish.statistics.effect.

pyfixest is no dependency of this project: run this with a Python that has it (0.60 was used), from the root.

    python tests/references/statistics_effect_pyfixest.py

reads the panels of statistics_effect.json and writes statistics_effect_pyfixest.json: the average of cells
(start, round) from a regression with absorbed groups and rounds, its standard error by group without
correction (CRV1), and for panels without gaps the average by two-stage differences in differences (Gardner),
which is another way to the same figure.
"""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent


def one(case: dict[str, Any], pf: Any, pd: Any) -> dict[str, float]:  # noqa: ANN401 - not installed here
    rows = [
        {"g": g, "t": t, "start": case["starts"][g], "y": value}
        for g, row in enumerate(case["values"])
        for t, value in enumerate(row)
        if value is not None
    ]
    d = pd.DataFrame(rows)
    d["on"] = (d["start"] >= 0) & (d["t"] >= d["start"])
    on, off = d.groupby("g")["on"].transform("sum"), d.groupby("g")["on"].transform(lambda s: (~s).sum())
    d = d[np.where(d["start"] < 0, off >= 2, (off >= 1) & (on >= 1))].copy()
    gaps = len(d) < d["g"].nunique() * d["t"].nunique()
    cells = []
    for (start, t), part in d[d["on"]].groupby(["start", "t"]):
        name = f"s{start}t{t}"
        d[name] = 0.0
        d.loc[part.index, name] = 1.0
        cells.append((name, len(part)))
    formula = "y ~ " + " + ".join(name for name, _ in cells) + " | g + t"
    ssc = pf.ssc(k_adj=False, G_adj=False)
    fit = pf.feols(formula, d, vcov={"CRV1": "g"}, ssc=ssc, fixef_tol=1e-12)
    weights = np.array([dict(cells)[name] for name in fit.coef().index], dtype=float)
    weights /= weights.sum()
    found = {
        "estimate": float(weights @ fit.coef().to_numpy()),
        "CRV1": float(np.sqrt(weights @ fit._vcov @ weights)),
    }
    if not gaps:
        d["on"] = d["on"].astype(int)
        staged = pf.did2s(
            d, yname="y", first_stage="~ 0 | g + t", second_stage="~ on", treatment="on", cluster="g"
        )
        found["two_stage"] = float(staged.coef()["on"])
    return found


def main() -> None:
    # By name, so that nothing else here needs them.
    pf, pd = (importlib.import_module(name) for name in ("pyfixest", "pandas"))
    warnings.simplefilter("ignore")
    cases = json.loads((HERE / "statistics_effect.json").read_text(encoding="utf-8"))
    kept = {
        "pyfixest": pf.__version__,
        "cases": {name: one(case, pf, pd) for name, case in cases.items()},
    }
    text = json.dumps(kept, indent=1) + "\n"
    (HERE / "statistics_effect_pyfixest.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
