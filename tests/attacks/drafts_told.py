"""Drafts that can be edited, as the crawl reads them: their words, and the numbers in what law is called."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from tests.report.test_crawl import numbers_in

from replenish.web.staff.documents.texts import data_protection_words, psychosocial_words


def words_to_edit(content: bytes) -> str:
    """What a person reads of a document that can be edited."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    return "\n".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith(("}p", "}h")))


def of_sources() -> set[float]:
    """Numbers in what laws and standards are called, in what they say, and of the day somebody looked."""
    cited = (*psychosocial_words().law, *data_protection_words().law)
    return numbers_in("\n".join(f"{one.says} {one.source}" for one in cited))
