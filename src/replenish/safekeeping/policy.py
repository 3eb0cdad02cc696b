"""Which tables a backup keeps, and which it must not: every table is decided here, by name.

A table that nobody decided about stops the backup: a new table of answers would otherwise be carried out of
the house by default.
"""

from __future__ import annotations

from collections.abc import Iterable

from replenish.basis.errors import refuse
from replenish.basis.faults import SafekeepingFault

# What was said, planned, agreed and published never goes back to an earlier day, whichever backup is
# restored: the key file carries these whole. Else a slip spent since the backup would give a second seat, an
# agreement would be drawn twice, and somebody who was dismissed would hold their key again. None is about a
# carer; an erased box is the hash of a name made by chance, and so is a slip that nobody has spent.
RECORD = (
    "conditions_action",
    "conditions_actionnote",
    "conditions_agreedpoint",
    "conditions_doubt",
    "conditions_publishedrating",
    "conditions_publishedrelease",
    "conditions_round",
    "conditions_season",
    "debrief_answersofquarter",
    "debrief_arrangement",
    "leadership_commitment",
    "leadership_logentry",
    "leadership_response",
    "ledger_entry",
    "mfa_authenticator",
    "people_account",
    "people_headcount",
    "people_login",
    "people_message",
    "people_notices",
    "people_organisation",
    "people_outsidename",
    "people_ownwords",
    "people_proposal",
    "people_recordkey",
    "people_recoverycode",
    "people_role",
    "people_telling",
    "people_unit",
    "people_unitplace",
    "supervision_agreement",
    "supervision_calendarkey",
    "supervision_ownrhythm",
    "supervision_party",
    "supervision_terms",
    "voices_erasedbox",
    "voices_groupofunit",
    "voices_openround",
    "voices_seatseason",
    "voices_slip",
    "voices_slipdraw",
)
# Facts of provision can be entered again, and are too many for the key file.
FACTS = (
    "conditions_addedup",
    "conditions_providedfact",
    "conditions_roomfigure",
    "debrief_conversation",
    "debrief_incident",
    "debrief_incidentstep",
    "debrief_learningpoint",
    "debrief_training",
    "learning_session",
    "supervision_confirmation",
    "supervision_meeting",
)
# Sealed to named people under their own phrases. A restored note that was destroyed since is destroyed again
# by the next night, as its time is a rule and no event.
SEALED = ("supervision_note", "supervision_notebook", "supervision_notekey")
# What a data backup holds: the record as it was then, and beside it what may go back with the backup.
KEPT = tuple(sorted((*RECORD, *FACTS, *SEALED, "voices_box", "voices_nightstate", "voices_seat")))
# Boxes and seats that have not been moved among the others yet: a backup in which they first appear would
# tell when their owners came. Only the key file carries them, of which the latest copy alone exists.
ARRIVING = ("voices_arrivingbox", "voices_arrivingseat")
LEFT_OUT = {
    "debrief_askinglist": "sealed lists that live 31 days; a backup would outlive them",
    "debrief_answertally": "sealed counts that one quarter needs; a backup would outlive them",
    "debrief_ledinmonth": "counts for somebody's own rest, of two months; a backup would outlive them",
    "debrief_teamoffer": "drawn by chance each night; two copies would show an offer that somebody asked for",
    "people_session": "browsers that are signed in now; after a restore everybody signs in again",
    "django_migrations": "made anew; a backup names the schema it was taken from",
    "voices_groupdoubt": "doubts that nobody reads before the night; two copies would show on which day",
    "voices_contribution": "sealed under a key that is in no backup: noise that would only show a rhythm",
}


def decide(tables: Iterable[str]) -> tuple[str, ...]:
    """The tables a data backup keeps, in order of their names.

    Raises:
        Refused: a table is not decided about, or one that must be kept is absent.
    """
    found = set(tables)
    undecided = found - {*KEPT, *ARRIVING} - LEFT_OUT.keys()
    if undecided:
        refuse(SafekeepingFault.TABLE_UNDECIDED, tables=", ".join(sorted(undecided)))
    absent = {*KEPT, *ARRIVING} - found
    if absent:
        refuse(SafekeepingFault.TABLE_ABSENT, tables=", ".join(sorted(absent)))
    return KEPT
