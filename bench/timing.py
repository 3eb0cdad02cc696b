"""Timing shared by the benchmarks: warm medians in this Python and in R, and one line about the machine.

A published figure is a ratio of two medians measured in one run on one machine, never a bare time.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from replenish.basis.clock import today

EVIDENCE = Path(__file__).resolve().parent.parent / "docs" / "evidence"


class PeerMissing(Exception):
    """The program to compare with is not on this machine; the message says what to install."""


def median_seconds(function: Callable[[], object], runs: int = 5, warmup: int = 1) -> float:
    """Median wall time of `function()` in seconds over `runs` calls, after `warmup` untimed calls.

    Memory is collected before each call, so that no call pays for the one before it.
    """
    for _ in range(warmup):
        function()
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def r_seconds(
    script: str,
    calls: Mapping[str, str],
    *,
    packages: Sequence[str] = (),
    runs: int = 5,
    warmup: int = 1,
    results: Sequence[str] = (),
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Time R expressions in a fresh R process; nothing but the expression itself is inside the clock.

    Args:
        script: R code run once, untimed: it reads the data and prepares what the calls need.
        calls: name -> R expression; each is run `warmup` times untimed, then `runs` times timed.
        packages: R packages the script attaches.
        runs: timed calls of each expression.
        warmup: untimed calls before them.
        results: R expressions giving numeric vectors, evaluated after the timing, so that the benchmark can
            check that both sides computed the same.

    Returns:
        Median seconds by name, and the numeric results by expression.

    Raises:
        PeerMissing: R, jsonlite or one of the packages is not installed.
    """
    program = shutil.which("Rscript")
    if program is None:
        raise PeerMissing("Rscript is not on this machine: install R (https://www.r-project.org) to compare.")
    code = _R_FRAME.format(
        packages=_r_strings([*packages, "jsonlite"]),
        script=script,
        calls="list(" + ", ".join(f"{json.dumps(k)} = quote({v})" for k, v in calls.items()) + ")",
        results="list(" + ", ".join(f"{json.dumps(k)} = quote({k})" for k in results) + ")",
        runs=runs,
        warmup=warmup,
    )
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "bench.R", Path(folder) / "out.json"
        source.write_text(code, encoding="utf-8")
        done = subprocess.run(
            [program, "--vanilla", source, out], capture_output=True, text=True, check=False
        )
        if done.returncode == 3:
            raise PeerMissing(done.stderr.strip().splitlines()[-1])
        if done.returncode != 0:
            raise RuntimeError(f"the R side of the benchmark stopped:\n{done.stderr}")
        answer = json.loads(out.read_text(encoding="utf-8"))
    seconds = {name: statistics.median(times) for name, times in answer["seconds"].items()}
    return seconds, {name: list(map(float, values)) for name, values in answer["results"].items()}


def machine_line() -> str:
    """The processor, its cores, the system and the versions that the figures depend on."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line
        ]
        model = names[0] if names else model
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, numpy {np.__version__}"
    )


def keep_evidence(name: str, figures: Mapping[str, object]) -> Path:
    """Write the figures with the machine, the date and the command to docs/evidence/NAME.json."""
    EVIDENCE.mkdir(parents=True, exist_ok=True)
    path = EVIDENCE / f"{name}.json"
    command = " ".join(["python", "-m", f"bench.{Path(sys.argv[0]).stem}", *sys.argv[1:]])
    page = {
        "command": command,
        "date": today().isoformat(),
        "machine": machine_line(),
        "figures": dict(figures),
    }
    path.write_text(json.dumps(page, indent=2) + "\n", encoding="utf-8")
    return path


def _r_strings(values: Sequence[str]) -> str:
    return "c(" + ", ".join(json.dumps(value) for value in values) + ")"


_R_FRAME = """
for (package in {packages}) {{
  if (!requireNamespace(package, quietly = TRUE)) {{
    message("the R package ", package, " is not installed: install it in R to compare.")
    quit(status = 3)
  }}
  suppressPackageStartupMessages(library(package, character.only = TRUE))
}}
{script}
seconds <- lapply({calls}, function(call) {{
  for (i in seq_len({warmup})) eval(call, globalenv())
  vapply(seq_len({runs}), function(i) {{
    gc()
    start <- Sys.time()
    eval(call, globalenv())
    as.numeric(difftime(Sys.time(), start, units = "secs"))
  }}, numeric(1))
}})
results <- lapply({results}, function(call) as.numeric(eval(call, globalenv())))
names(results) <- names({results})
jsonlite::write_json(list(seconds = seconds, results = results), commandArgs(TRUE)[1],
  digits = NA, auto_unbox = FALSE, na = "string")
"""
