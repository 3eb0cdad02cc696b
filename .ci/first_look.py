#!/usr/bin/env python3
"""What `./run start` promises on a bare machine: ready in a minute, a page behind every link, a calm end.

Needs nothing but Python: no environment is there yet when it begins.
"""

# ruff: noqa: S603, T201 - it starts our own entry point, and talks to whoever reads the log

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS, STOP_SECONDS, LEAST_LINKS = 60, 30, 10
READY, INVENTED = "Replenish is at ", "This is an invented organisation"
_FORM_KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main() -> int:
    """Start, look behind every link, stop."""
    begun = time.monotonic()
    subprocess.run([ROOT / "run", "replenish", "--version"], cwd=ROOT, check=True)
    print(f"The environment: {time.monotonic() - begun:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        demo = subprocess.Popen(
            [ROOT / "run", "start", "--no-open", "--out", folder], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            links = read_links(demo)
            took = time.monotonic() - begun
            print(f"The demo: {took:.0f} s until {len(links)} links could be opened", flush=True)
            wrong = [said for link in links if (said := look(link))]
        finally:
            demo.send_signal(signal.SIGTERM)
            code = demo.wait(STOP_SECONDS)
    if took > MOST_SECONDS:
        wrong.append(f"the demo took longer than {MOST_SECONDS} s")
    if len(links) < LEAST_LINKS:
        wrong.append(f"only {len(links)} links")
    if code:
        wrong.append(f"it ended with code {code}")
    for said in wrong:
        print(f"First look: {said}", file=sys.stderr)
    return 1 if wrong else 0


def read_links(demo: subprocess.Popen[str]) -> list[str]:
    """The links that are printed, up to the line that says that all is ready."""
    links = []
    for line in demo.stdout or ():
        if line.startswith(READY):
            break
        if line.strip().startswith("http"):
            links.append(line.strip())
    return links


def look(link: str) -> str:
    """Open a link as its form would without a script; what is wrong with the page behind it, or nothing."""
    parts = urlsplit(link)
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    where = f"{parts.scheme}://{parts.netloc}{parts.path}"
    key = _FORM_KEY.search(opened(browser, where)[1])
    if key is None:
        return f"{parts.path}: no form"
    if parts.path.startswith("/staff/"):
        account, _, code = parts.fragment.partition(".")
        fields = {"account": account, "code": code}
        door = "/staff/"
    else:
        fields = {"code": parts.fragment}
        door = "/my/"
    address, page = opened(browser, where, {**fields, "csrfmiddlewaretoken": key[1]})
    if urlsplit(address).path != door:
        return f"{parts.path}: it led to {urlsplit(address).path}"
    return "" if INVENTED in page else f"{door}: the page does not say that it is invented"


def opened(browser: OpenerDirector, address: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
    """The address a request ends at, and the page there."""
    sent = urlencode(fields).encode() if fields else None
    try:
        with browser.open(address, sent, timeout=STOP_SECONDS) as response:
            return response.url, response.read().decode()
    except HTTPError as error:
        return f"{error.url} ({error.code})", ""


if __name__ == "__main__":
    sys.exit(main())
