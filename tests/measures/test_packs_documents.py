"""The page on packs is true: its pack is sound, its code runs, and it names every field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from replenish.measures import pack_parts as records
from replenish.measures.library import pack_from_plain, read_yaml
from replenish.measures.pack import Pack
from replenish.measures.pack_parts import Mark

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "packs.md"
TEXT = PAGE.read_text(encoding="utf-8")
RECORDS = [records.Item, records.Option, records.Response, records.Scale, records.Range, records.Licence]
RECORDS += [Pack, records.Band, records.Norm, records.Reliability, records.Fact, records.OfficialWording]
RECORDS += [records.MissingRule, records.Dispute]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_pack_of_the_page_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "our-pulse.yaml"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    pack = pack_from_plain(read_yaml(path))
    assert [item.code for item in pack.items if item.reverse] == ["pulse2"]


def test_the_code_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "our-pulse.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    python = blocks("python")
    assert len(python) == 2
    for block in python:
        exec(compile(block, str(PAGE), "exec"), {})  # noqa: S102  the page itself is what is tested


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_on_the_page(record: type[BaseModel]) -> None:
    assert [name for name in record.model_fields if not re.search(rf"\b{name}\b", TEXT)] == []


def test_every_mark_is_on_the_page() -> None:
    assert [mark for mark in Mark if f"| `{mark}` |" not in TEXT] == []
