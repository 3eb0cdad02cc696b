"""A whole report on 100,000 rows: seconds, the share of them spent drawing, and memory beyond a tiny report.

    python -m bench.report [--rows N] [--teams N] [--runs N] [--evidence]

The answers are those of a simulated organisation, read from a CSV file by the same command that people use.
Each run is a process of its own, from reading the file to the last written byte; starting Python is left out.

Memory is what a report takes because its table is large. It is the peak of resident memory above the peak
of the same report on a tiny table, divided by the size of the table: rows x answer columns x 8 bytes, as
float64. The tiny report holds the interpreter, the libraries and the engine that draws charts (about 90 MB),
which are the same for any table. It is given twice. "Before drawing" compares the two peaks up to the
finished document: reading, scoring, bands and models. "In all" compares the two peaks at the end, drawing
included. The second can be the smaller one: by then the rows are gone, and a tiny report draws as well.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from bench.timing import keep_evidence, machine_line

from replenish.report.document import Report
from replenish.simulate import simulate_organisation, write_organisation

SECONDS_LIMIT = 10.0
MEMORY_LIMIT = 3.0
TINY_ROWS = 500
HEARD = 0.87  # share of people who answer in a round of the simulated world
PACKS = "replenish-weekly,replenish-round"


@dataclass(frozen=True)
class Run:
    """One report.

    Attributes:
        seconds: wall time in all.
        processor: processor time in all, which a busy machine does not lengthen.
        drawing: wall time of charts, page and PDF.
        peak_before_drawing: peak memory in bytes up to the finished document.
        peak: peak memory in bytes in all.
    """

    seconds: float
    processor: float
    drawing: float
    peak_before_drawing: int
    peak: int


@dataclass(frozen=True)
class Figures:
    """Medians over the runs; memory beyond a tiny report in tables of `table_bytes` (see the module)."""

    rows: int
    columns: int
    teams: int
    seconds: float
    processor: float
    drawing: float
    memory_before_drawing: float
    memory: float
    table_bytes: int

    @property
    def met(self) -> bool:
        """Whether every target is met, memory before drawing included."""
        return self.seconds < SECONDS_LIMIT and max(self.memory, self.memory_before_drawing) < MEMORY_LIMIT

    @property
    def share_drawing(self) -> float:
        """Share of the seconds spent drawing."""
        return self.drawing / self.seconds


def measure(rows: int, teams: int, runs: int) -> Figures:
    """Simulate, then report in fresh processes."""
    with tempfile.TemporaryDirectory() as folder:
        large, table_rows, columns = _write(Path(folder) / "large", rows, teams)
        tiny, _, _ = _write(Path(folder) / "tiny", TINY_ROWS, min(teams, TINY_ROWS // 12))
        timed = [_run(large, Path(folder) / f"out-{turn}") for turn in range(runs)]
        fixed = [_run(tiny, Path(folder) / f"out-tiny-{turn}") for turn in range(runs)]
    table = table_rows * columns * 8
    return Figures(
        rows=table_rows,
        columns=columns,
        teams=teams,
        seconds=statistics.median(run.seconds for run in timed),
        processor=statistics.median(run.processor for run in timed),
        drawing=statistics.median(run.drawing for run in timed),
        memory_before_drawing=_beyond(
            [run.peak_before_drawing for run in timed], [run.peak_before_drawing for run in fixed]
        )
        / table,
        memory=_beyond([run.peak for run in timed], [run.peak for run in fixed]) / table,
        table_bytes=table,
    )


def _beyond(large: Sequence[int], tiny: Sequence[int]) -> float:
    """How far the median peak of the large runs lies above that of the tiny ones, in bytes."""
    return statistics.median(large) - statistics.median(tiny)


def _write(folder: Path, rows: int, teams: int) -> tuple[Path, int, int]:
    people = max(4 * teams, round(rows / HEARD))
    organisation = simulate_organisation(teams=teams, people=people, rounds=1, seed=1)
    held = organisation.round(1)
    return write_organisation(organisation, folder), len(held.row), len(held.answers)


def _run(folder: Path, out: Path) -> Run:
    """One report in a process of its own."""
    command = [sys.executable, "-m", "bench.report", "--child", str(folder), str(out)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the report stopped:\n{done.stderr}")
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def _child(folder: Path, out: Path) -> None:
    """Report and print what it took; runs alone in its process, because it puts clocks around functions."""
    from replenish.cli import main as cli
    from replenish.report import files

    draw, drawing = files._draw_into, []  # noqa: SLF001  all drawing passes here

    peaks = []

    def timed(report: Report, place: Path) -> None:
        peaks.append(_peak())
        begun = time.perf_counter()
        draw(report, place)
        drawing.append(time.perf_counter() - begun)

    options = ["--unit", "service,team", "--instrument", PACKS, "--headcount", str(folder / "headcount.csv")]
    with patch.object(files, "_draw_into", timed):
        start, processor = time.perf_counter(), time.process_time()
        code = cli.main(["report", str(folder / "answers-round-1.csv"), *options, "--out", str(out)])
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
    if code != 0:
        sys.exit(f"`replenish report` answered {code}")
    run = Run(seconds, processor, sum(drawing), max(peaks), _peak())
    print(json.dumps(asdict(run)))


def _peak() -> int:
    """Peak memory of this process in bytes.

    Linux passes the parent's `ru_maxrss` on to a child process; `VmHWM` begins anew with the program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _print(figures: Figures) -> None:
    time_verdict = "met" if figures.seconds < SECONDS_LIMIT else "MISSED"
    table = f"{figures.rows:,} rows x {figures.columns} answers in {figures.teams:,} teams"
    print(f"{table}, from CSV to a written report")
    print(f"  time    {figures.seconds:6.2f} s (under {SECONDS_LIMIT:g} s: {time_verdict})")
    print(f"  of it processor time {figures.processor:6.2f} s")
    print(f"  drawing {figures.drawing:6.2f} s, {figures.share_drawing:.0%} of it")
    print(f"  memory beyond a tiny report, in tables of {figures.table_bytes / 1e6:.1f} MB")
    for name, tables in (("before drawing", figures.memory_before_drawing), ("in all", figures.memory)):
        verdict = "met" if tables < MEMORY_LIMIT else "MISSED"
        print(f"    {name:<14} {tables:6.2f} (under {MEMORY_LIMIT:g}: {verdict})")


def main() -> int:
    """Print the figures; 1 when a target is missed."""
    if len(sys.argv) == 4 and sys.argv[1] == "--child":
        _child(Path(sys.argv[2]), Path(sys.argv[3]))
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--teams", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--evidence", action="store_true", help="keep them in docs/evidence/report.json")
    arguments = parser.parse_args()
    print(machine_line())
    figures = measure(arguments.rows, arguments.teams, arguments.runs)
    _print(figures)
    if arguments.evidence:
        print(
            f"kept in {keep_evidence('report', {**asdict(figures), 'share_drawing': figures.share_drawing})}"
        )
    return 0 if figures.met else 1


if __name__ == "__main__":
    raise SystemExit(main())
