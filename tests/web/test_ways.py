"""No page leads into nothing: every file that a template names is there, and every address is led to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from tests.web.carer_world import client_with

from replenish.basis import clock
from replenish.sealing.secret import Secret
from replenish.voices.actions import check_in
from replenish.voices.weeks import week_of
from replenish.web import carer
from replenish.web.carer.urls import urlpatterns

TEMPLATES = Path(carer.__file__).parents[1] / "templates"
_FILE = re.compile(r"{% static '([^']+)' %}")
_LINK = re.compile(r'(?:href|action)="(/my/[^"#?]*)"')
# Script asks for it, a notice leads to it, or it answers a form of another page.
NOT_LED_TO = {"/my/check-in/queued/", "/my/check-in/more/", "/my/open/", "/my/card/", "/my/card/picture/"}
# They are led to where a group has a report, or slips.
OF_A_GROUP = ("/my/report/", "/my/doubt/")


def test_every_file_that_a_template_names_is_there() -> None:
    named = {name for path in TEMPLATES.rglob("*.html") for name in _FILE.findall(path.read_text("utf-8"))}
    assert len(named) > 5
    assert {name for name in named if finders.find(name) is None} == set()


@pytest.mark.django_db
def test_every_page_of_a_carer_is_led_to() -> None:
    secret = Secret.new()
    check_in(secret, {"replenish-weekly": {"sign.dread": 1.0}}, week_of(clock.today()))
    client = client_with(secret)
    found: set[str] = set()
    ahead = ["/", "/my/"]
    while ahead:
        path = ahead.pop()
        found.add(path)
        if path not in ("/my/leave/", "/my/hide/"):
            page = client.get(path)
            if page.get("Content-Type", "").startswith("text/html"):
                ahead += set(_LINK.findall(page.text)) - found - set(ahead)
    there = {f"/my/{address.pattern}" for address in urlpatterns}
    left = {path for path in there - found - NOT_LED_TO if not path.startswith(OF_A_GROUP)}
    assert left == set()
