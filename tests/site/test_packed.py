"""What is the same for everybody travels packed; a page of a person never does."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

from replenish.sealing.secret import Secret
from replenish.web.carer.card_cookie import CARD_COOKIE

PACKED = {"accept-encoding": "gzip"}


def test_style_sheets_and_scripts_travel_packed() -> None:
    for path in ("/static/web/style.css", "/static/web/page.js"):
        plain, packed = Client().get(path), Client().get(path, headers=PACKED)
        sent, whole = packed.getvalue(), plain.getvalue()
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(sent) == whole
        assert len(sent) < len(whole) / 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/my/", "/my/check-in/", "/my/data/", "/my/data/my-answers.json", "/", "/staff/"]
)
def test_no_page_is_packed(path: str) -> None:
    client = Client(headers=PACKED)
    client.cookies[CARD_COOKIE] = Secret.new().cookie()
    assert "Content-Encoding" not in client.get(path)
