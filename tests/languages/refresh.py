"""Bring the file of a language up to date: `python -m tests.languages.refresh es`.

New strings come in empty and must be filled in by hand; strings that are gone go out; nothing is guessed.
What is read by the server is compiled from the file beside it.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

# A date in the file would change with every run and say nothing.
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
LOCALE = Path(__file__).parents[2] / "src/replenish/web/locale"


def file_of(language: str) -> Path:
    """The file that people edit."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def catalogue_in(path: Path, language: str) -> Catalog:
    """What is translated so far."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as written:
        return read_po(written, locale=language)


def refreshed(old: Catalog, language: str) -> Catalog:
    """Every string of today with its translation, where there is one already."""
    from tests.languages.catalogue import messages

    new = Catalog(
        locale=language, project="Replenish", version="1", msgid_bugs_address="", fuzzy=False,
        last_translator="The Replenish maintainers", language_team="",
        creation_date=BEGUN, revision_date=BEGUN,
        header_comment=old.header_comment if len(old) else f"# Replenish in the language {language}.",
    )  # fmt: skip
    for message in messages():
        identity = (message.text, message.plural) if message.plural else message.text
        known = old.get(message.text, message.context or None)
        new.add(
            identity,
            known.string if known is not None else "",
            context=message.context or None,
            auto_comments=[message.place],
            flags=[flag for flag in (known.flags if known is not None else ()) if flag != "fuzzy"],
        )
    return new


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the server reads it."""
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def main(languages: list[str]) -> int:
    """Refresh the files, and say what is still to be translated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    open_strings = 0
    for language in languages:
        path = file_of(language)
        catalogue = refreshed(catalogue_in(path, language), language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as written:
            write_po(written, catalogue, width=110, omit_header=False, sort_output=False)
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        untranslated = [message for message in catalogue if message.id and not _is_translated(message.string)]
        open_strings += len(untranslated)
        print(f"{language}: {len(catalogue)} strings, {len(untranslated)} to translate in {path}")  # noqa: T201
    return 1 if open_strings else 0


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or sorted(folder.name for folder in LOCALE.iterdir())))
