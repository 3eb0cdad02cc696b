"""Wording brought by an organisation: a template to fill in, and a check of the filled file against the key.

The wording of published instruments belongs to their owners and is not part of this software. A file
with the texts of another version gives scores that look right and are wrong, so every row is compared.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from replenish.basis.errors import Problem, Refused, problem, refuse
from replenish.basis.faults import WordingFault
from replenish.measures.pack import Pack
from replenish.measures.self_harm import asks_about_self_harm

COLUMNS = ("number", "code", "reverse", "text")
_LONGEST = 1000
_YES, _NO = {"yes", "true", "1", "reversed"}, {"", "no", "false", "0"}


@dataclass(frozen=True)
class WordingRow:
    """One row of a wording file: the item as the key has it, and its text."""

    number: int
    code: str
    reverse: str
    text: str


@dataclass(frozen=True)
class Wording:
    """Wording that fits the key of a pack.

    Args:
        pack: id of the pack.
        pack_hash: content hash of the pack it was checked against.
        texts: text of each item by its code, in the order of the pack.
        sha256: of the texts, as `wording_sha256` computes it.
        edition: the official edition it was found equal to; None where that was not asked or not known.
    """

    pack: str
    pack_hash: str
    texts: Mapping[str, str]
    sha256: str
    edition: str | None = None


def template(pack: Pack) -> tuple[WordingRow, ...]:
    """The rows of an empty wording file: number, code and reversal of every item, and room for its text."""
    return tuple(
        WordingRow(item.number, item.code, "yes" if item.reverse else "no", item.text or "")
        for item in pack.items
    )


def wording_sha256(texts: Iterable[str]) -> str:
    """SHA-256 of item texts in their order, whatever the white space and the form of accents.

    Each text is brought to Unicode NFC with single spaces and ends with a line feed, in UTF-8.
    """
    return hashlib.sha256("".join(f"{_plain(text)}\n" for text in texts).encode()).hexdigest()


def check_wording(
    pack: Pack,
    rows: Sequence[Mapping[str, object]] | Sequence[WordingRow],
    *,
    file: object = None,
    official: bool = False,
    sha256: str | None = None,
) -> Wording:
    """Check a wording file against the key.

    Args:
        pack: the instrument.
        rows: one per item with number, code, reverse and text, in any order; empty code or reverse pass.
        file: named in refusals.
        official: whether the text must be one of the official wordings the pack knows by their SHA-256.
        sha256: the SHA-256 the text must have, from the owner of the wording.

    Raises:
        Refused: wrong count, unknown or repeated numbers, a code or reversal that differs from the key,
            an empty or repeated text, a question about self-harm, or not the official text.
    """
    given = [asdict(row) if isinstance(row, WordingRow) else row for row in rows]
    for field in ("number", "text"):
        if any(field not in row for row in given):
            refuse(WordingFault.WORDING_FIELD, file=file, field=field)
    problems = [*_row_problems(pack, given, file)]
    texts = {} if problems else {_number(row["number"]): _plain(row["text"]) for row in given}
    if not problems:
        problems = [*_text_problems(texts, file)]
    if problems:
        raise Refused(problems)
    ordered = {item.code: texts[item.number] for item in pack.items}
    found = wording_sha256(ordered.values())
    edition = next((known.edition for known in pack.official_wording if known.sha256 == found), None)
    _ask_for_the_official_text(pack, found, edition=edition, official=official, sha256=sha256, file=file)
    return Wording(pack.id, pack.content_hash, ordered, found, edition)


def _row_problems(pack: Pack, rows: Sequence[Mapping[str, object]], file: object) -> Iterator[Problem]:
    if len(rows) != len(pack.items):
        yield problem(WordingFault.WORDING_COUNT, file=file, found=len(rows), expected=len(pack.items))
    items = {item.number: item for item in pack.items}
    seen: set[int] = set()
    for at, row in enumerate(rows, start=1):
        number = _number(row["number"])
        item = items.get(number)
        if item is None:
            said = _plain(row["number"])
            yield problem(
                WordingFault.WORDING_NUMBER, file=file, row=at, column="number", number=said, count=len(items)
            )
            continue
        if number in seen:
            yield problem(WordingFault.WORDING_TWICE, file=file, row=at, column="number", number=number)
        seen.add(number)
        code, reverse = _plain(row.get("code")), _plain(row.get("reverse")).lower()
        if code and code != item.code:
            yield problem(
                WordingFault.WORDING_CODE,
                file=file,
                row=at,
                column="code",
                number=number,
                found=code,
                expected=item.code,
            )
        if reverse and reverse not in (_YES if item.reverse else _NO):
            yield problem(WordingFault.WORDING_REVERSAL, file=file, row=at, column="reverse", number=number)
        if asks_about_self_harm(_plain(row["text"]), instrument=(pack.id, pack.title), number=number):
            yield problem(WordingFault.WORDING_SELF_HARM, file=file, row=at, column="text", number=number)


def _text_problems(texts: Mapping[int, str], file: object) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for number, text in sorted(texts.items()):
        if not text:
            yield problem(WordingFault.WORDING_EMPTY, file=file, number=number)
        elif len(text) > _LONGEST:
            yield problem(WordingFault.WORDING_LONG, file=file, number=number, length=len(text))
        elif text.casefold() in first:
            other = first[text.casefold()]
            yield problem(WordingFault.WORDING_SAME_TEXT, file=file, first=other, second=number)
        first.setdefault(text.casefold(), number)


def _ask_for_the_official_text(
    pack: Pack, found: str, *, edition: str | None, official: bool, sha256: str | None, file: object
) -> None:
    if sha256 is not None and sha256.strip().lower() != found:
        refuse(WordingFault.WORDING_NOT_OFFICIAL, file=file, edition=f"{pack.id}, {sha256.strip()[:12]}")
    if official and not pack.official_wording:
        refuse(WordingFault.WORDING_NO_OFFICIAL, file=file, pack=pack.id)
    if official and edition is None:
        editions = ", ".join(known.edition for known in pack.official_wording)
        refuse(WordingFault.WORDING_NOT_OFFICIAL, file=file, edition=editions)


def _plain(value: object) -> str:
    return "" if value is None else " ".join(unicodedata.normalize("NFC", str(value)).split())


def _number(value: object) -> int:
    """The item number, also where a spreadsheet wrote 3 as 3.0; 0, which no item has, for anything else."""
    text = _plain(value)
    text = text.removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
