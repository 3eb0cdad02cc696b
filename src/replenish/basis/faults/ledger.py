"""What the ledger refuses to write or to believe."""

from __future__ import annotations

from replenish.basis.errors import Fault


class LedgerFault(Fault):
    """What the ledger refuses to write or to believe."""

    KEYS = (
        "ledger.keys",
        "an entry '{event}' has exactly the keys {allowed}, and this one has {found}; nothing else is kept",
    )
    VALUE = ("ledger.value", "'{key}' of an entry '{event}' must be {expected}")
    ADDRESS = (
        "ledger.address",
        "'{key}' of an entry '{event}' looks like an address; the ledger keeps none, so leave it out",
    )
    ACTOR = (
        "ledger.actor",
        "who did this must be an account, the operator or the timetable; '{actor}' is none of them",
    )
    HEADS = (
        "ledger.heads",
        (
            "the ledger does not hold the head of entry {number}, which this installation signed; keep a "
            "copy of the database and of the folder of keys as they are, and run `replenish ledger verify`"
        ),
    )
    HEADS_DAMAGED = (
        "ledger.heads_damaged",
        (
            "the signed heads of the ledger cannot be read; keep this file as it is, look for who changed "
            "it, then put it aside and run `replenish ledger verify`"
        ),
    )
    HEAD = (
        "ledger.head",
        "'{head}' is not the head of a ledger; it has 64 digits and letters from a to f, as it was printed",
    )
