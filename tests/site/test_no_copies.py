"""Whatever answers below the carers' addresses, and every error, is kept nowhere."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from replenish.web.public import welcome

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/my/"),
        ("get", "/my"),
        ("get", "/my/nothing/"),
        ("get", "/my/card/"),
        ("delete", "/my/check-in/"),
        ("get", "/nothing/"),
        ("post", "/"),
    ],
)
def test_no_answer_to_a_carer_and_no_error_is_kept(method: str, path: str) -> None:
    response = getattr(Client(), method)(path)
    assert response["Cache-Control"] == "no-store"


def test_a_page_that_breaks_is_not_kept_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(welcome, "render", broken)
    response = Client(raise_request_exception=False).get(reverse("welcome"))
    assert (response.status_code, response["Cache-Control"]) == (500, "no-store")


def test_a_host_that_is_not_ours_is_not_kept() -> None:
    response = Client().get("/my/", headers={"host": "elsewhere.example"})
    assert (response.status_code, response["Cache-Control"]) == (400, "no-store")
