"""Everything an attacker finds at one installation, and what each attack on it gives, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from replenish.disclosure.attack.at_rest.leftovers import (
    contributions_of_closed_rounds,
    deleted_names,
    keys_in_backups,
    keys_of_closed_rounds,
    unchanged_between,
)
from replenish.disclosure.attack.at_rest.logs import telling_lines
from replenish.disclosure.attack.at_rest.schema import Found, walk
from replenish.disclosure.attack.at_rest.snapshot import Snapshot
from replenish.disclosure.attack.report import ProofReport

MUST_NOT_CHANGE = ("conditions_publishedrating", "conditions_publishedrelease", "ledger_entry")
NEVER_IN_BACKUPS = (
    "voices_arrivingbox", "voices_arrivingseat", "voices_contribution", "voices_groupdoubt",
)  # fmt: skip


@dataclass(frozen=True)
class Installation:
    """What lies at rest, as plain data.

    Attributes:
        snapshot: the database with its hidden numbers and the bytes of its files.
        round_keys: names of the files in the folder of the keys of rounds.
        open_to_others: key files that others on the computer can read.
        keys_beside_database: whether keys and database lie on one volume; None where it cannot be told.
        backups: for each data backup, its entries and their bytes.
        backup_copies: the tables of the data backups, oldest first.
        logs: by name.
        proofs: the proof attack on everything published, by organisation.
        doubts: what is wrong with signatures, chains and the ledger.
        guarded: tables that the database itself refuses to change.
    """

    snapshot: Snapshot
    round_keys: tuple[str, ...] = ()
    open_to_others: tuple[str, ...] = ()
    keys_beside_database: bool | None = None
    backups: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    backup_copies: tuple[Snapshot, ...] = ()
    logs: Mapping[str, str] = field(default_factory=dict)
    proofs: Mapping[str, ProofReport] = field(default_factory=dict)
    doubts: tuple[Found, ...] = ()
    guarded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Check:
    """One attack that was tried.

    Attributes:
        name: a short stable name.
        question: what somebody would want to know.
        tried: what was done.
        found: what must not be there.
        advice: what is allowed but not wise; it does not count as found.
        skipped: why it could not be tried, or None.
    """

    name: str
    question: str
    tried: str
    found: tuple[Found, ...] = ()
    advice: tuple[str, ...] = ()
    skipped: str | None = None


@dataclass(frozen=True)
class InstanceFindings:
    """All attacks on one installation."""

    checks: tuple[Check, ...]

    @property
    def found(self) -> tuple[Found, ...]:
        """Everything that must not be there."""
        return tuple(found for check in self.checks for found in check.found)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.found

    def to_plain(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "holds": self.holds,
            "checks": [
                {
                    "name": check.name,
                    "question": check.question,
                    "tried": check.tried,
                    "skipped": check.skipped,
                    "found": [{"place": each.place, "wrong": each.wrong} for each in check.found],
                    "advice": list(check.advice),
                }
                for check in self.checks
            ],
        }


def attack_installation(installation: Installation) -> InstanceFindings:
    """Try everything that can be tried without waiting for the next check-in."""
    attacks: Iterable[Callable[[Installation], Check]] = (
        _who_is_whose,
        _left_behind,
        _read_deleted,
        _keys,
        _backups,
        _logs,
        _releases,
        _changed_afterwards,
    )
    return InstanceFindings(tuple(attack(installation) for attack in attacks))


def _who_is_whose(here: Installation) -> Check:
    rows = sum(len(table.rows) for table in here.snapshot.tables)
    return Check(
        "rows",
        "Can somebody with the whole database tell whose row is whose?",
        f"Every table and every column was read, {len(here.snapshot.tables)} tables with {rows} rows, and "
        "the hidden numbers that the database keeps. Looked for: a column that should not be there, a time, "
        "a count, a value that stands in two kinds of rows, an order that tells who came first.",
        tuple(walk(here.snapshot)),
        tuple(_still_apart(here.snapshot)),
    )


def _still_apart(snapshot: Snapshot) -> Iterable[str]:
    waiting = [
        len(table.rows)
        for name in ("voices_arrivingseat", "voices_arrivingbox")
        if (table := snapshot.table(name)) is not None
    ]
    if sum(waiting):
        yield (
            f"{sum(waiting)} rows of people who came in the last weeks still stand apart. A night every four "
            "weeks mixes them among the others, all together; until then no data backup holds them."
        )


def _left_behind(here: Installation) -> Check:
    found = [
        *contributions_of_closed_rounds(here.snapshot),
        *keys_of_closed_rounds(here.snapshot, here.round_keys),
    ]
    return Check(
        "closed rounds",
        "Are the answers of closed rounds really gone?",
        "Looked for sealed answers of rounds that are closed, and for keys that could open them.",
        tuple(found),
    )


def _read_deleted(here: Installation) -> Check:
    question = "Can deleted rows be read in the files of the database?"
    if not here.snapshot.raw:
        why = "the files of the database belong to another computer or another user"
        return Check("deleted rows", question, "", skipped=why)
    tried = (
        f"All {len(here.snapshot.raw) // 1024:,} kB of the database and its journal were read byte by byte, "
        "and searched for names of rows that are in no table any more."
    )
    return Check("deleted rows", question, tried, tuple(deleted_names(here.snapshot)))


def _keys(here: Installation) -> Check:
    found = tuple(Found(name, "others on this computer can read this key") for name in here.open_to_others)
    beside = (
        "The keys lie on the same volume as the database. A copy of the whole volume, made while a round is "
        "open, takes both. Keep the keys on another volume (REPLENISH_KEYS)."
    )
    question = "Could somebody take the keys together with the database?"
    tried = "Looked at who may read the files of the keys, and where they lie."
    return Check("keys", question, tried, found, (beside,) if here.keys_beside_database else ())


def _backups(here: Installation) -> Check:
    question = "Do backups show more than they should?"
    if not here.backups:
        return Check("backups", question, "", skipped="no folder of backups was given (--backups)")
    found = [
        *keys_in_backups(here.backups, ()),
        *unchanged_between(here.backup_copies),
        *(
            Found(f"backup {number}, {name}", "rows that must not be in a backup")
            for number, copy in enumerate(here.backup_copies, 1)
            for name in NEVER_IN_BACKUPS
            if copy.table(name) is not None
        ),
    ]
    tried = (
        f"{len(here.backups)} backups were opened. Looked for keys, for sealed answers, and for boxes that "
        "stayed the same from one backup to the next while others changed."
    )
    return Check("backups", question, tried, tuple(found))


def _logs(here: Installation) -> Check:
    question = "Does a log tell who was there?"
    if not here.logs:
        return Check("logs", question, "", skipped="no log was given (--log)")
    lines = sum(len(text.splitlines()) for text in here.logs.values())
    counted = "1 line was" if lines == 1 else f"{lines:,} lines were"
    tried = f"{counted} searched for addresses, browsers, names of rows, personal pages and secrets."
    return Check("logs", question, tried, tuple(telling_lines(here.logs)))


def _releases(here: Installation) -> Check:
    question = "Can anybody's answer be worked out from what was published?"
    if not here.proofs:
        return Check("releases", question, "", skipped="nothing has been published yet")
    found = [
        Found(organisation, str(breach))
        for organisation, proof in here.proofs.items()
        for breach in proof.breaches
    ]
    asked = sum(proof.free.values_asked for proof in here.proofs.values())
    rounds = sum(proof.rounds for proof in here.proofs.values())
    tried = (
        f"Everything published in {rounds} {'round' if rounds == 1 else 'rounds'} was taken together, and "
        f"for {asked:,} possible answers it was worked out whether somebody could still have given them, "
        "even if as many colleagues as the rule allows for told their own."
    )
    return Check("releases", question, tried, tuple(found))


def _changed_afterwards(here: Installation) -> Check:
    unguarded = [
        Found(table, "the database would let somebody change or delete what was published or written down")
        for table in MUST_NOT_CHANGE
        if table not in here.guarded and here.snapshot.table(table) is not None
    ]
    return Check(
        "once",
        "Was anything published, or written in the ledger, changed afterwards?",
        "Every signature, every link of the chain of releases and of the ledger was worked out again, and "
        "the database was asked whether it refuses changes.",
        (*here.doubts, *unguarded),
    )
