"""Documentation is tested: links lead somewhere, the map names every room, changes are told."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, tracked

MARKDOWN = [path for path in tracked() if path.suffix == ".md"]


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in MARKDOWN
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_map_of_the_house_names_every_room() -> None:
    rooms = {path.name for path in (ROOT / "src" / "replenish").iterdir() if (path / "__init__.py").exists()}
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {room for room in rooms if f"`{room}/`" not in guide} == set()


def test_decisions_are_numbered_once_and_fit_a_page() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(set(numbers)) == len(numbers)
    assert [page.name for page in pages if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name)] == []
    assert [page.name for page in pages if len(page.read_text(encoding="utf-8").split()) > 600] == []


def test_every_change_is_told_in_a_fragment() -> None:
    fragments = [path for path in (ROOT / "changelog.d").glob("*.md") if path.name != "README.md"]
    assert fragments
    assert [path.name for path in fragments if not path.read_text(encoding="utf-8").strip()] == []


def test_no_page_shouts_or_brands() -> None:
    """The tone of the product holds in its documents: no exclamation marks outside code."""
    shouting = []
    for page in MARKDOWN:
        prose = re.sub(r"```.*?```|`[^`]*`|!\[", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        if re.search(r"[A-Za-z]!(\s|$)", prose):
            shouting.append(str(page.relative_to(ROOT)))
    assert shouting == []


def test_pages_of_the_reference_are_current(tmp_path: Path) -> None:
    """Generated pages say what the code says: regenerate with `./run docs`."""
    from docs.generate import write_pages

    for page in write_pages(tmp_path):
        kept = ROOT / "docs" / "reference" / page.name
        assert kept.exists(), page.name
        assert kept.read_text(encoding="utf-8") == page.read_text(encoding="utf-8"), page.name
