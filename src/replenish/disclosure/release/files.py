"""The file of releases: written whole or not at all, checked whole when read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from replenish.basis.errors import Refused, refuse
from replenish.basis.faults import DisclosureFault, TableFault
from replenish.disclosure.fields import fields_of
from replenish.disclosure.release.chain import require_chain
from replenish.disclosure.release.plain import chain_from_plain, to_plain
from replenish.disclosure.release.published import Release

FORMAT = "replenish-releases-1"


def write_releases(path: str | Path, releases: Sequence[Release]) -> None:
    """Write a chain of releases, oldest first; an existing file is replaced only by one that continues it.

    Raises:
        Refused: the releases do not form a chain, one was made or changed elsewhere, or the file exists and
            holds something else than the first of these releases.
    """
    require_chain(releases)
    target = Path(path)
    if target.exists():
        _require_continued(target, releases)
    text = json.dumps(
        {"format": FORMAT, "releases": [to_plain(release) for release in releases]},
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
        allow_nan=False,
    )
    half = target.with_name(target.name + ".part")
    half.write_text(text + "\n", encoding="utf-8", newline="\n")
    half.replace(target)


def _require_continued(target: Path, releases: Sequence[Release]) -> None:
    """P8: nothing published is ever made again, so no release of an existing file may get lost."""
    published = [release.hash for release in read_releases(target)]
    if published != [release.hash for release in releases[: len(published)]]:
        refuse(DisclosureFault.RELEASE_OVERWRITTEN, file=target)


def read_releases(path: str | Path) -> list[Release]:
    """Read a chain of releases, oldest first, checking its form, its hashes, its order and its rules.

    Raises:
        Refused: the file is missing or no file of releases, was changed after it was published, or says
            more than the rules allow; the problem names the file.
    """
    source = Path(path)
    if not source.is_file():
        refuse(TableFault.FILE_MISSING, file=source)
    try:
        plain = json.loads(source.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        refuse(DisclosureFault.RELEASE_FORMAT, file=source, why="it is not JSON")
    try:
        return releases_from_plain(plain)
    except Refused as refused:
        raise Refused(
            [replace(found, place=replace(found.place, file=str(source))) for found in refused.problems]
        ) from None


def releases_from_plain(plain: object) -> list[Release]:
    """The releases of a file's content, oldest first; the checks of `read_releases`.

    Raises:
        Refused: see `read_releases`.
    """
    read = fields_of(plain, "file", ("format", "releases"))
    if read["format"] != FORMAT:
        refuse(DisclosureFault.RELEASE_FORMAT, why=f"its format is not {FORMAT}")
    return chain_from_plain(read.list("releases"))
