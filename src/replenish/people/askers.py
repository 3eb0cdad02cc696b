"""Who asks: everything that is read or changed is of the asker's own organisation."""

from __future__ import annotations

from dataclasses import dataclass

from replenish.ledger.actions import OPERATOR


@dataclass(frozen=True)
class Asker:
    """Somebody who acts for one organisation.

    Attributes:
        organisation: its id; nothing of any other can be named.
        account: their account; None for the operator at the command line.
    """

    organisation: str
    account: str | None

    @property
    def actor(self) -> str:
        """As the ledger names them."""
        return self.account or OPERATOR


def operator_of(organisation: str) -> Asker:
    """The operator at the command line, acting for one organisation."""
    return Asker(organisation, None)
