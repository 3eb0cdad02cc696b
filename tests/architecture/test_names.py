"""Rooms are named for the work: no drawers, no unfinished words, no package host in a lock file."""

import re

import pytest
from tests.architecture.tree import ROOT, python_files, tracked

DRAWERS = {
    "common",
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
    "lib",
}
# Assembled so that this file does not find itself.
UNFINISHED = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "Not" + "ImplementedError"]) + r")\b"
)
BUILD_FILES = ("requirements.lock", "requirements-dev.lock", "pyproject.toml", "run", ".ci/run")


def test_no_file_or_folder_is_a_drawer() -> None:
    drawers = [
        str(path.relative_to(ROOT))
        for path in python_files("src", "tests", "bench")
        if DRAWERS & {path.stem, *path.relative_to(ROOT).parts}
    ]
    assert drawers == []


def test_nothing_is_left_unfinished_in_the_code() -> None:
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in python_files("src", "tests", "bench", "docs")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert left == []


@pytest.mark.parametrize("name", BUILD_FILES)
def test_build_files_name_no_host(name: str) -> None:
    assert re.findall(r"https?://\S+", (ROOT / name).read_text(encoding="utf-8")) == []


def test_modules_are_not_imported_by_string() -> None:
    """What import-linter cannot see must not exist: imports by name escape the contracts."""
    hidden = [
        str(path.relative_to(ROOT))
        for path in python_files("src")
        if re.search(r"\bimportlib\.import_module\b|\b__import__\(", path.read_text(encoding="utf-8"))
    ]
    assert hidden == []


# Takes a port of this machine for a moment to see whether it is free; it neither connects nor listens.
BINDS_A_PORT = "src/replenish/cli/demo/ports.py"


def test_nothing_connects_to_a_network() -> None:
    """Nothing opens a connection of its own: no module that could is imported (but for addresses)."""
    network = re.compile(
        r"^\s*(?:from|import) (socket|urllib(?!\.parse)|http(?!\.cookies)|ssl|ftplib|smtplib|requests|httpx"
        r"|aiohttp)\b",
        re.MULTILINE,
    )
    found = [
        str(p.relative_to(ROOT)) for p in python_files("src") if network.search(p.read_text(encoding="utf-8"))
    ]
    assert found == [BINDS_A_PORT]
    assert not re.search(r"\.(connect|create_connection|listen|accept)\(", (ROOT / BINDS_A_PORT).read_text())


def test_no_table_of_answers_is_kept_in_the_project() -> None:
    """Real answers never enter the repository: no data file outside tests, and none that is large."""
    kept = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".csv", ".xlsx", ".parquet", ".sav", ".rds"}
        and (path.relative_to(ROOT).parts[0] != "tests" or path.stat().st_size > 200_000)
    ]
    assert kept == []
