"""How an OpenDocument text looks: the colours of the paper, the sizes, and what its archive holds."""

from __future__ import annotations

from importlib.resources import files
from string import Template

from replenish.report.tokens import LIGHT

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
COUNTRIES = {"en": "GB", "es": "ES"}


def styles(language: str, region: str | None) -> bytes:
    """All styles of a document in a language, which spell checkers and screen readers read from here."""
    country = region.upper() if region else COUNTRIES.get(language, "none")
    return (
        Template(_template("odt_styles.xml")).substitute(LIGHT, language=language, country=country).encode()
    )


def manifest() -> bytes:
    """What the archive holds."""
    return _template("odt_manifest.xml").encode()


def _template(name: str) -> str:
    return (files("replenish.report") / "templates" / name).read_text("utf-8")
