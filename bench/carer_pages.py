"""What each page of a carer costs the server, with thousands of boxes, against a bare Django view.

    python -m bench.carer_pages [--people N] [--requests N] [--evidence]

The pages are served by granian with 2 workers from SQLite, and asked for one after the other by one card with
two years of weeks in its box. The peer is a view of this project, with its settings and its middleware, that
inserts one row and answers one word: what any view of it pays. It is asked in turn with each page.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

from bench.timing import keep_evidence, machine_line
from bench.web.people import WEEKLY
from bench.web_requests import ROOT, prepared, served

AIM_MILLISECONDS = 50.0
WEEKS = 104
PAGES = (
    "/my/", "/my/check-in/", "/my/check-in/more/", "/my/picture/", "/my/words/", "/my/case/", "/my/ask/",
    "/my/reflect/", "/my/reflect/supervision/", "/my/device/", "/my/data/", "/my/data/answers/",
    "/my/report/", "/practise/", "/understand/", "/help-now/", "/how-noticing-works/", "/who-can-see-what/",
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One page."""

    page: str
    milliseconds: float
    slowest_milliseconds: float
    peer_milliseconds: float

    @property
    def ratio(self) -> float:
        """The time of the page in times of the peer."""
        return self.milliseconds / self.peer_milliseconds


def main() -> int:
    """Measure, print, and keep the evidence when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=60, help="of each page")
    parser.add_argument("--evidence", action="store_true", help="keep the figures in docs/evidence")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = _measured(Path(folder) / "instance", chosen)
    print(machine_line())
    for one in figures:
        late = "" if one.milliseconds < AIM_MILLISECONDS else f"   aim {AIM_MILLISECONDS:g} ms missed"
        print(
            f"{one.page:<26} {one.milliseconds:6.1f} ms, slowest {one.slowest_milliseconds:6.1f} ms"
            f"   {one.ratio:4.1f} x the bare insert ({one.peer_milliseconds:.1f} ms){late}"
        )
    if chosen.evidence:
        keep_evidence("carer_pages", {one.page: {**asdict(one), "ratio": one.ratio} for one in figures})
    return 0 if all(one.milliseconds < AIM_MILLISECONDS for one in figures) else 1


def _measured(instance: Path, chosen: argparse.Namespace) -> list[Figure]:
    environment = {
        **os.environ, "REPLENISH_INSTANCE": str(instance), "REPLENISH_DATABASE": "",
        "REPLENISH_HOSTS": "localhost", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }  # fmt: skip
    requests = prepared(environment, chosen.people, 0)
    card = _card_with_two_years()
    with (
        served("bench.web.project_peer:application", environment) as peer,
        served("bench.web.ours:application", environment) as ours,
    ):
        return [
            _page(page, card, ours, peer, requests.insert_in_project(), chosen.requests) for page in PAGES
        ]


def _card_with_two_years() -> str:
    from django.db import connection

    from replenish.basis import clock
    from replenish.measures.library import load_pack
    from replenish.sealing.secret import Secret
    from replenish.voices.actions import check_in
    from replenish.voices.weeks import week_of

    secret = Secret.new()
    for ago in range(WEEKS, -1, -1):
        answers = {
            code: float((ago * 7 + place) % 5) for place, code in enumerate(load_pack(WEEKLY).item_codes)
        }
        check_in(secret, {WEEKLY: answers}, week_of(clock.today() - timedelta(weeks=ago)))
    connection.close()
    return secret.cookie()


def _page(page: str, card: str, ours: int, peer: int, insert: bytes, requests: int) -> Figure:
    times: list[float] = []
    peers: list[float] = []
    head, _, body = insert.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    for number in range(requests + 5):
        spent = _seconds(ours, "GET", page, {"Host": "localhost", "Cookie": f"replenish_card={card}"})
        beside = _seconds(peer, "POST", lines[0].split()[1], headers, body)
        if number >= 5:  # the first ones warm both
            times.append(spent)
            peers.append(beside)
    return Figure(page, 1000 * statistics.median(times), 1000 * max(times), 1000 * statistics.median(peers))


def _seconds(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    begun = time.perf_counter()
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    spent = time.perf_counter() - begun
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return spent


if __name__ == "__main__":
    sys.exit(main())
