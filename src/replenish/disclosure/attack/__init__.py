"""Proof by attack: what an adversary with a roster and every release can rule out about anybody."""

from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.proof import proof_attack
from replenish.disclosure.attack.report import ProofReport, Tally
from replenish.disclosure.attack.roster import Roster, RosterRow, read_roster
from replenish.disclosure.attack.text import plain_of_text

__all__ = [
    "Finding",
    "FindingKind",
    "ProofReport",
    "Roster",
    "RosterRow",
    "Tally",
    "plain_of_text",
    "proof_attack",
    "read_roster",
]
