"""What a browser keeps so that help, practices and texts can be read without a connection.

The list is not written by hand: it is every page for anybody that can be reached by links from the first few.
Pages are drawn without a cookie, an address or anything else of whoever asks, so all copies are alike.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from replenish.measures.library import load_pack
from replenish.web.carer.question_form import questions_block
from replenish.web.shared.questions import WEEKLY

FIRST = ("welcome", "help-now", "practise", "understand", "who-can-see-what", "quiet", "check-in-offline")
SHELL = "check-in-offline"
OWN_PAGES = "/my/"
PUBLIC_ROOM = "replenish.web.public."
MOST_PAGES = 100
FILES = "web"
WORKER = "web/worker.js"
# Scripts and looks that no page for anybody uses: without a connection they would serve nothing.
_OF_STAFF = (
    "debrief-clock.js",
    "keep-trying.js",
    "once.js",
    "organisation.css",
    "passkey.js",
    "session-clock.js",
)
_OF_CARERS = ("report.css", "still-here.js", "words.js")
NOT_FOR_ANYBODY = {WORKER, *(f"{FILES}/{name}" for name in (*_OF_STAFF, *_OF_CARERS))}
_LINK = re.compile(r'href="(/[^"#?]*)"')
_FORM_KEY = "csrfmiddlewaretoken"
OK = 200


@dataclass(frozen=True)
class Kept:
    """The pages in one language, packed, and a version that changes with any of them or with any file."""

    version: str
    pages: bytes
    packed: bytes


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """The script that keeps the pages. A browser asks for it at every visit, and takes a changed one."""
    told = {
        "version": kept_pages(get_language() or "").version,
        "pages": reverse("offline-pages"),
        "shell": reverse(SHELL),
        "own": OWN_PAGES,
        "files": [static(name) for name in files()],
    }
    script = f"const REPLENISH = {json.dumps(told, sort_keys=True)};\n{_source(WORKER).decode()}"
    return _revalidated(HttpResponse(script, content_type="text/javascript; charset=utf-8"))


@require_safe
def offline_pages(request: HttpRequest) -> HttpResponse:
    """All of them in one answer: one way to the server instead of thirty, and little to carry.

    It holds no secret and repeats nothing that was sent, so packing it gives nothing away.
    """
    kept = kept_pages(get_language() or "")
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(kept.packed if packed else kept.pages, content_type="application/json")
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return _revalidated(response)


@require_safe
def check_in_offline(request: HttpRequest) -> HttpResponse:
    """The check-in that works without a connection: the questions, the same page for everybody."""
    pack = load_pack(WEEKLY)
    return render(
        request, "public/check_in_offline.html", {"pack": pack, "questions": questions_block(pack, {})}
    )


@cache
def kept_pages(language: str) -> Kept:  # noqa: ARG001 - the language that is in force
    """Every page that is kept, drawn in the language in force."""
    pages: dict[str, str] = {}
    found = [reverse(name) for name in FIRST]
    while found and len(pages) < MOST_PAGES:
        path = found.pop(0)
        page = None if path in pages else _page_for_anybody(path)
        if page is not None:
            pages[path] = page
            found += _LINK.findall(page)
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":")).encode()
    version = hashlib.sha256(text)
    for name in files():
        version.update(name.encode() + b"\0" + _source(name))
    return Kept(version.hexdigest()[:16], text, gzip.compress(text, mtime=0))


@cache
def files() -> tuple[str, ...]:
    """The style sheets, scripts and pictures of the pages."""
    found = {
        name
        for finder in finders.get_finders()
        for name, _storage in finder.list([])
        if name.startswith(f"{FILES}/") and name not in NOT_FOR_ANYBODY
    }
    return tuple(sorted(found))


def _page_for_anybody(path: str) -> str | None:
    """A page as a stranger without cookies sees it; None for what is none, or holds the key of a form."""
    if path.startswith(OWN_PAGES):
        return None
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if not found.func.__module__.startswith(PUBLIC_ROOM):
        return None
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"SERVER_NAME": settings.ALLOWED_HOSTS[0], "SERVER_PORT": "443"}
    request.resolver_match = found
    response = found.func(request, *found.args, **found.kwargs)
    page = response.content.decode() if response.status_code == OK else ""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return page if page and is_page and _FORM_KEY not in page else None


def _source(name: str) -> bytes:
    path = finders.find(name)
    with open(str(path), "rb") as file:  # noqa: PTH123 - the finder gives a name
        return file.read()


def _revalidated(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
