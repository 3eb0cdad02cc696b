"""Packs by name or file, and the wording a person may use, in whatever format it comes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from replenish.measures.formats.detection import read_questionnaire
from replenish.measures.formats.key_match import wording_rows
from replenish.measures.library import load_pack, read_pack
from replenish.measures.pack import Pack
from replenish.measures.tables import read_header, read_table
from replenish.measures.wording import Wording, check_wording

WORDING_COLUMNS = {"number", "text"}
TABLES = {".csv", ".tsv", ".xlsx"}
PACK_FILES = {".yaml", ".yml"}


def find_pack(name: str) -> Pack:
    """A shipped pack by its id, or a pack file of one's own."""
    return read_pack(name) if Path(name).suffix.lower() in PACK_FILES else load_pack(name)


def read_wording(pack: Pack, path: str, *, without: Sequence[str] = ()) -> Wording:
    """A wording file, or a questionnaire in any format that is read, checked against the key."""
    if is_wording_file(Path(path)):
        table = read_table(path)
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.frame.iter_rows()]
        return check_wording(pack, rows, file=path)
    questionnaire = read_questionnaire(path, without=without)
    return check_wording(pack, wording_rows(questionnaire, pack, file=path), file=path)


def is_wording_file(path: Path) -> bool:
    """Whether this is a table with the columns of a wording file, and not a question list with options."""
    if path.suffix.lower() not in TABLES:
        return False
    names = {name.strip().lower() for name in read_header(path)}
    return names >= WORDING_COLUMNS and "options" not in names
