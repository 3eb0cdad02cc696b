"""Debriefs and supervision as they are lived, and what a thief of the whole server makes of it.

The thief has every file: the database with its free pages, and the folder of the server's keys. What people
wrote, who accepted support, and who is asked again must be in none of it.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.conditions import worlds
from tests.conditions.instances import Instance
from tests.debrief.incident_world import facilitator_of, said
from tests.people.cast import FIRST_DAY, Cast, make_cast
from tests.supervision.pairs import agreed

from replenish.conditions.facts.from_rooms import count_rooms
from replenish.debrief.conversations.holding import About, Held, Learnt, write_held
from replenish.debrief.incidents.asking import Line, keep_list
from replenish.debrief.incidents.told import Became
from replenish.debrief.incidents.writing import say_step, write_down
from replenish.disclosure.attack.at_rest.sqlite_file import raw_bytes, read_tables
from replenish.people.actions import appoint
from replenish.people.askers import Asker
from replenish.people.models import RecordKey as PublicHalves
from replenish.people.record_keys import make_key, opened_key
from replenish.sealing.record_key import RecordKey, RecordSecret
from replenish.supervision.models import Meeting
from replenish.supervision.notebook import OwnNote, begin_notebook, keep_own_note
from replenish.supervision.notes import share_agenda, write_shared

ASKED = ("Zebedee Quill", "Wilhelmina Thrush", "Ottoline Vetch", "Peregrine Loam", "Isolde Marsh")
"""People whom facilitators ask again; they have no account."""
HEX = re.compile(r"[0-9a-f]{32,128}")
EVERY = 28
KEY_BYTES, LONGEST_PIECE = 32, 600


@dataclass(frozen=True)
class Story:
    """How much is lived through, and what each of those asked answers.

    Attributes:
        debriefs: how many.
        pairs: how many pairs meet.
        sessions: of each pair.
        accepts: by number of a line, "yes" or "no".
    """

    debriefs: int
    pairs: int
    sessions: int
    accepts: Callable[[int], str] = lambda _line: "yes"


@dataclass(frozen=True)
class LivedThrough:
    """What was written, and by whom; the thief has none of this.

    Attributes:
        organisation: where.
        content: every text that was sealed.
        people: names of those who were asked.
    """

    organisation: str
    content: tuple[str, ...]
    people: tuple[str, ...]


def live(story: Story, patch: pytest.MonkeyPatch) -> LivedThrough:
    """Live it through, all by the actions that pages call, and let the night count."""
    worlds.set_day(patch, FIRST_DAY)
    cast = make_cast("Harbour House")
    content = [*_debriefs(story, cast, patch), *_sessions(story, cast, patch)]
    count_rooms()
    return LivedThrough(cast.organisation, tuple(content), ASKED)


def _debriefs(story: Story, cast: Cast, patch: pytest.MonkeyPatch) -> Iterator[str]:
    leads = facilitator_of(cast)
    for number in range(story.debriefs):
        day = FIRST_DAY + timedelta(days=number)
        worlds.set_day(patch, day)
        happened = said((cast.oak, cast.elm)[number % 2], day)
        incident = write_down(asker=cast.steward, said=happened)
        point = Learnt("One person in each shift is named who can cover.", "process", agreed=True)
        write_held(
            asker=leads.asker,
            key=secrets.token_hex(16),
            about=About("hot", day, incident),
            held=Held(8, 4, (point,)),
        )
        say_step(
            asker=cast.steward, incident=incident, step="check_in", became=Became("offered", happened.when)
        )
        lines = [
            Line(f"{who}, {number}", check_in=story.accepts(at), second_check=story.accepts(at + 1))
            for at, who in enumerate(ASKED)
        ]
        keep_list(asker=leads.asker, incident=incident, secret=leads.secret, lines=lines)
        yield from (line.who for line in lines)


def _sessions(story: Story, cast: Cast, patch: pytest.MonkeyPatch) -> Iterator[str]:
    begins = FIRST_DAY
    supervisors = [_keyed(cast, f"Supervisor {number}", "supervisor") for number in range(3)]
    for number in range(story.pairs):
        who, key = _keyed(cast, f"Carer {number}", "facilitator")
        by, _ = supervisors[number % 3]
        unit = (cast.oak, cast.elm)[number % 2]
        parties = {by.account or "": "supervisor", who.account or "": "supervisee"}
        pair = agreed(cast.organisation, unit, parties, since=begins, every_days=EVERY)
        begin_notebook(who)
        for session in range(story.sessions):
            day = begins + timedelta(days=EVERY * (session + 1))
            worlds.set_day(patch, day)
            yield from _session(pair, day, by, who, key, f"{number}-{session}")


def _session(pair: str, day: date, by: Asker, who: Asker, key: RecordKey, number: str) -> Iterator[str]:
    meeting = Meeting.objects.create(
        id=secrets.token_hex(16), agreement_id=pair, due_on=day, day=day, begins="10:00", state="held",
        minutes=60, interrupted=False, reflective_kept=True, functions=["restorative"],
        wellbeing_offered=True, raised=1,
    )  # fmt: skip
    agenda, shared, own = (
        f"{kind} {number}: the long nights on the ward wear me out" for kind in ("agenda", "shared", "own")
    )
    share_agenda(asker=who, agreement=pair, meeting=meeting.id, text=agenda)
    write_shared(asker=by, agreement=pair, meeting=meeting.id, text=shared)
    keep_own_note(who, key, OwnNote(number, pair, meeting.id, is_for_agenda=False, text=own), read=None)
    yield from (agenda, shared, own)


def _keyed(cast: Cast, name: str, role: str) -> tuple[Asker, RecordKey]:
    account = appoint(asker=cast.operator, name=name, role=role).account
    asker, secret = Asker(cast.organisation, account), RecordSecret.new()
    make_key(asker=asker, secret=secret)
    return asker, opened_key(asker, secret)


# What the thief does.


def stolen(instance: Instance) -> bytes:
    """Every byte: the database with journal and free pages, each cell, and the folder of keys."""
    cells = (
        bytes(cell) if isinstance(cell, bytes) else str(cell).encode()
        for table in read_tables(Path(instance.database))
        for row in table.rows
        for cell in row
    )
    files = (path.read_bytes() for path in sorted(instance.keys.rglob("*")) if path.is_file())
    return b"\n".join([raw_bytes(Path(instance.database)), *cells, *files])


def found_in(everything: bytes, words: Sequence[str]) -> list[str]:
    """Which of these words stand there, in either of the usual encodings."""
    return [one for one in words if any(one.encode(code) in everything for code in ("utf-8", "utf-16-le"))]


def keys_lying_open(instance: Instance) -> int:
    """How many private halves of people lie in the server's keys or in short cells, as bytes or in digits."""
    halves = {bytes(half) for half in PublicHalves.objects.values_list("public", flat=True)}
    tried = {
        piece[at : at + KEY_BYTES]
        for piece in _pieces(instance)
        for at in range(max(0, len(piece) - KEY_BYTES + 1))
    }
    return sum(RecordKey(X25519PrivateKey.from_private_bytes(one)).public() in halves for one in tried)


def _pieces(instance: Instance) -> Iterator[bytes]:
    cells = (
        cell
        for table in read_tables(Path(instance.database))
        if table.name.startswith("people_")
        for row in table.rows
        for cell in row
    )
    files = (path.read_bytes() for path in sorted(instance.keys.rglob("*")) if path.is_file())
    for piece in (*cells, *files):
        if isinstance(piece, bytes):
            yield piece[:LONGEST_PIECE]
        for digits in re.findall(r"[0-9a-f]{64}", str(piece)):
            yield bytes.fromhex(digits)


def without_chance(instance: Instance, *, after: int = 0) -> Counter[tuple[object, ...]]:
    """What every row tells beside random bytes: ids as such, sealed bytes as their length.

    Args:
        instance: where.
        after: entries of the ledger that were there before, which nobody can delete.
    """
    found: Counter[tuple[object, ...]] = Counter()
    for table in read_tables(Path(instance.database)):
        if table.name == "ledger_entry":
            at = table.columns.index("number")
            rows = [
                (*row[:at], int(str(row[at])) - after, *row[at + 1 :])
                for row in table.rows
                if int(str(row[at])) > after
            ]
        elif table.name.startswith(("debrief_", "supervision_", "conditions_room")):
            rows = list(table.rows)
        else:
            continue
        found.update((table.name, *(_plain(cell) for cell in row)) for row in rows)
    return found


def entries_in_ledger(instance: Instance) -> int:
    """How many entries there are."""
    return sum(
        len(table.rows) for table in read_tables(Path(instance.database)) if table.name == "ledger_entry"
    )


def _plain(cell: object) -> object:
    if isinstance(cell, bytes):
        return f"{len(cell)} bytes"
    return HEX.sub("id", cell) if isinstance(cell, str) else cell
