"""Agreements that hold, as rows: with whom, how often, and since when."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from replenish.basis import clock
from replenish.supervision.models import Agreement, Party, Terms


def agreed(
    organisation: str,
    unit: str,
    parties: Mapping[str, str],
    *,
    since: date | None = None,
    rhythm: str = "anywhere-monthly",
    every_days: int | None = None,
    kind: str = "individual",
    external: str = "",
    minutes: int = 60,
    share: int = 50,
) -> str:
    """An agreement that all parties have agreed to; gives its id.

    Args:
        organisation: its id.
        unit: where the supervisees work.
        parties: by account, "supervisor", "supervisee" or "peer".
        since: the day it holds from; a week ago unless given.
        rhythm: the preset.
        every_days: days of their own, in place of a preset.
        kind: of the agreement.
        external: a supervisor from outside, in words.
        minutes: how long they meet.
        share: how much of it is kept for reflection.
    """
    begins = since or clock.today() - timedelta(weeks=1)
    row = Agreement.objects.create(
        id=secrets.token_hex(16),
        organisation=organisation,
        unit=unit,
        kind=kind,
        external=external,
        state="agreed",
        proposed_by=next(iter(parties)),
        proposed_on=begins,
        agreed_on=begins,
    )
    terms(row.id, 1, begins, rhythm=rhythm, every_days=every_days, minutes=minutes, share=share)
    for account, part in parties.items():
        Party.objects.create(
            id=secrets.token_hex(16),
            agreement=row,
            account=account,
            part=part,
            read_limits=True,
            agreed_version=1,
            agreed_on=begins,
        )
    return row.id


def terms(
    agreement: str,
    version: int,
    begins: date,
    *,
    rhythm: str = "",
    every_days: int | None = None,
    minutes: int = 60,
    share: int = 50,
) -> None:
    """One wording of an agreement, in force from a day."""
    Terms.objects.create(
        id=secrets.token_hex(16),
        agreement_id=agreement,
        version=version,
        written_by="",
        written_on=begins,
        in_force_from=begins,
        rhythm="" if every_days else rhythm,
        every_days=every_days,
        minutes=minutes,
        reflective_share=share,
        rebook_days=10,
        review_on=begins + timedelta(days=365),
        functions=["restorative"],
        points={},
    )
