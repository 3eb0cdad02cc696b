"""The events of the ledger: public names in the past tense, each with exactly the keys it may carry.

The list of keys is the wall of this room. There is no key for an address, an agent, the name of a person,
an answer or a number of answers, so no entry can hold one: an unlisted key is refused, not dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What a value may be; `content.py` checks it."""

    IDENTIFIER = "an identifier"
    IDENTIFIER_OR_NONE = "an identifier, or null"
    WORDS = "a name of a unit, a group or an organisation"
    NUMBER = "a whole number"
    DAY = "a day, as 2026-09-01"
    DAY_OR_NONE = "a day, or null"
    HASH = "64 hexadecimal digits"
    LIST_OF_WORDS = "a list of names of units or groups"
    NUMBERS_BY_UNIT = "whole numbers by identifier of the unit"


class Event(Enum):
    """What happened."""

    ORGANISATION_CREATED = "organisation_created"
    FLOOR_RAISED = "floor_raised"
    SETTING_CHANGED = "setting_changed"
    UNIT_ADDED = "unit_added"
    UNIT_MOVED = "unit_moved"
    UNIT_RENAMED = "unit_renamed"
    UNIT_DISSOLVED = "unit_dissolved"
    UNIT_CHANGE_CALLED_OFF = "unit_change_called_off"
    PERSON_APPOINTED = "person_appointed"
    ROLE_ENDED = "role_ended"
    ACCOUNT_ENDED = "account_ended"
    CODE_REPLACED = "code_replaced"
    SIGN_IN_PREPARED = "sign_in_prepared"
    HEADCOUNT_PROPOSED = "headcount_proposed"
    HEADCOUNT_CONFIRMED = "headcount_confirmed"
    SLIPS_PROPOSED = "slips_proposed"
    SLIPS_CONFIRMED = "slips_confirmed"
    REPLACEMENTS_PROPOSED = "replacements_proposed"
    REPLACEMENTS_CONFIRMED = "replacements_confirmed"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    PROPOSAL_ENDED = "proposal_ended"
    SEASON_PLANNED = "season_planned"
    SLIPS_DRAWN = "slips_drawn"
    REPLACEMENTS_DRAWN = "replacements_drawn"
    ROUND_OPENED = "round_opened"
    ROUND_PAUSED = "round_paused"
    ROUND_CANCELLED = "round_cancelled"
    ROUND_CLOSED = "round_closed"
    ROUND_KEY_REPLACED = "round_key_replaced"
    ROUND_KEY_DESTROYED = "round_key_destroyed"
    RELEASE_PUBLISHED = "release_published"
    RATINGS_PUBLISHED = "ratings_published"
    DOUBT_SHOWN = "doubt_shown"
    DOUBT_ANSWERED = "doubt_answered"
    RESPONSE_PUBLISHED = "response_published"
    COMMITMENT_LOGGED = "commitment_logged"
    CONTRIBUTIONS_PAUSED = "contributions_paused"
    CONTRIBUTIONS_RESUMED = "contributions_resumed"
    POINT_AGREED = "point_agreed"
    POINT_CHANGED = "point_changed"
    POINT_STATE_SET = "point_state_set"
    ACTION_PLANNED = "action_planned"
    ACTION_CHANGED = "action_changed"
    ACTION_STARTED = "action_started"
    ACTION_NOTED = "action_noted"
    ACTION_ENDED = "action_ended"
    INSTALLATION_PREPARED = "installation_prepared"
    MESSAGE_POSTED = "message_posted"
    WORDS_CHANGED = "words_changed"
    LIST_ADDRESS_CHANGED = "list_address_changed"
    CALENDAR_ADDRESS_CHANGED = "calendar_address_changed"
    OFFER_ARRANGED = "offer_arranged"
    OFFER_ENDED = "offer_ended"
    RHYTHM_CHANGED = "rhythm_changed"
    INCIDENT_ENTERED = "incident_entered"
    INCIDENT_TAKEN_BACK = "incident_taken_back"
    INCIDENT_STEP_ENTERED = "incident_step_entered"
    ANSWERS_PUBLISHED = "answers_published"
    SESSION_PLANNED = "session_planned"
    SESSION_CALLED_OFF = "session_called_off"
    ATTENDANCE_ENTERED = "attendance_entered"
    DEBRIEF_RECORDED = "debrief_recorded"
    LEARNING_POINT_ANSWERED = "learning_point_answered"
    TRAINING_ENTERED = "training_entered"
    TRAINING_REMOVED = "training_removed"
    FACT_ENTERED = "fact_entered"
    FACT_CORRECTED = "fact_corrected"
    FACT_TAKEN_BACK = "fact_taken_back"
    FACTS_IMPORTED = "facts_imported"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"


_FACT = {
    "fact": Kind.IDENTIFIER, "kind": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE,
    "from": Kind.DAY, "until": Kind.DAY,
}  # fmt: skip
_ROUND = {"season": Kind.IDENTIFIER, "round": Kind.IDENTIFIER, "number": Kind.NUMBER}
_SLIPS = {
    "proposal": Kind.IDENTIFIER,
    "season": Kind.IDENTIFIER,
    "slips": Kind.NUMBERS_BY_UNIT,
}
_HEADCOUNT = {"proposal": Kind.IDENTIFIER, "people": Kind.NUMBERS_BY_UNIT}
_PROPOSAL = {"proposal": Kind.IDENTIFIER, "kind": Kind.IDENTIFIER}
_ROLE = {"account": Kind.IDENTIFIER, "role": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE}

KEYS: Mapping[Event, Mapping[str, Kind]] = MappingProxyType(
    {
        Event.ORGANISATION_CREATED: {
            "name": Kind.WORDS, "setting": Kind.IDENTIFIER, "floor": Kind.NUMBER
        },
        Event.FLOOR_RAISED: {"before": Kind.NUMBER, "floor": Kind.NUMBER},
        Event.SETTING_CHANGED: {"before": Kind.IDENTIFIER, "setting": Kind.IDENTIFIER},
        Event.UNIT_ADDED: {
            "unit": Kind.IDENTIFIER, "parent": Kind.IDENTIFIER_OR_NONE, "name": Kind.WORDS, "on": Kind.DAY
        },
        Event.UNIT_MOVED: {
            "unit": Kind.IDENTIFIER,
            "before": Kind.IDENTIFIER_OR_NONE,
            "parent": Kind.IDENTIFIER_OR_NONE,
            "on": Kind.DAY,
        },
        Event.UNIT_RENAMED: {
            "unit": Kind.IDENTIFIER, "before": Kind.WORDS, "name": Kind.WORDS, "on": Kind.DAY
        },
        Event.UNIT_DISSOLVED: {"unit": Kind.IDENTIFIER, "on": Kind.DAY},
        Event.UNIT_CHANGE_CALLED_OFF: {"unit": Kind.IDENTIFIER, "on": Kind.DAY},
        Event.PERSON_APPOINTED: {**_ROLE, "on": Kind.DAY},
        Event.ROLE_ENDED: _ROLE,
        Event.ACCOUNT_ENDED: {"account": Kind.IDENTIFIER},
        Event.CODE_REPLACED: {"account": Kind.IDENTIFIER},
        Event.SIGN_IN_PREPARED: {"account": Kind.IDENTIFIER},
        Event.HEADCOUNT_PROPOSED: _HEADCOUNT,
        Event.HEADCOUNT_CONFIRMED: {**_HEADCOUNT, "proposed_by": Kind.IDENTIFIER},
        Event.SLIPS_PROPOSED: _SLIPS,
        Event.SLIPS_CONFIRMED: {**_SLIPS, "proposed_by": Kind.IDENTIFIER},
        Event.REPLACEMENTS_PROPOSED: _SLIPS,
        Event.REPLACEMENTS_CONFIRMED: {**_SLIPS, "proposed_by": Kind.IDENTIFIER},
        Event.PROPOSAL_WITHDRAWN: _PROPOSAL,
        Event.PROPOSAL_ENDED: {**_PROPOSAL, "why": Kind.IDENTIFIER},
        Event.SEASON_PLANNED: {
            "season": Kind.IDENTIFIER, "number": Kind.NUMBER, "starts_on": Kind.DAY,
            "groups": Kind.LIST_OF_WORDS,
        },
        Event.SLIPS_DRAWN: {**_SLIPS, "expires_on": Kind.DAY},
        Event.REPLACEMENTS_DRAWN: {**_SLIPS, "expires_on": Kind.DAY},
        Event.ROUND_OPENED: {**_ROUND, "starts_on": Kind.DAY, "closes_on": Kind.DAY},
        Event.ROUND_PAUSED: {**_ROUND, "from": Kind.DAY, "until": Kind.DAY},
        Event.ROUND_CANCELLED: _ROUND,
        Event.ROUND_CLOSED: _ROUND,
        Event.ROUND_KEY_REPLACED: _ROUND,
        Event.ROUND_KEY_DESTROYED: _ROUND,
        Event.RELEASE_PUBLISHED: {
            **_ROUND, "release": Kind.IDENTIFIER, "rule": Kind.IDENTIFIER, "version": Kind.IDENTIFIER,
            "hash": Kind.HASH, "groups": Kind.LIST_OF_WORDS, "visible_from": Kind.DAY,
        },
        Event.RATINGS_PUBLISHED: {
            "season": Kind.IDENTIFIER, "number": Kind.NUMBER, "release": Kind.IDENTIFIER,
            "rule": Kind.IDENTIFIER, "version": Kind.IDENTIFIER, "hash": Kind.HASH, "visible_from": Kind.DAY,
        },
        Event.DOUBT_SHOWN: {"season": Kind.IDENTIFIER, "group": Kind.WORDS},
        Event.DOUBT_ANSWERED: {
            "season": Kind.IDENTIFIER, "group": Kind.WORDS, "proposed_by": Kind.IDENTIFIER
        },
        Event.RESPONSE_PUBLISHED: {
            "round": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "commitments": Kind.NUMBER
        },
        Event.COMMITMENT_LOGGED: {
            "round": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "commitment": Kind.IDENTIFIER,
            "state": Kind.IDENTIFIER,
        },
        Event.CONTRIBUTIONS_PAUSED: {**_ROUND, "groups": Kind.LIST_OF_WORDS},
        Event.CONTRIBUTIONS_RESUMED: {**_ROUND, "groups": Kind.LIST_OF_WORDS},
        Event.POINT_AGREED: {
            "point": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "condition": Kind.IDENTIFIER
        },
        Event.POINT_CHANGED: {"point": Kind.IDENTIFIER},
        Event.POINT_STATE_SET: {"point": Kind.IDENTIFIER, "state": Kind.IDENTIFIER},
        Event.ACTION_PLANNED: {
            "action": Kind.IDENTIFIER, "kind": Kind.IDENTIFIER, "condition": Kind.IDENTIFIER
        },
        Event.ACTION_CHANGED: {
            "action": Kind.IDENTIFIER, "kind": Kind.IDENTIFIER, "condition": Kind.IDENTIFIER
        },
        Event.ACTION_STARTED: {
            "action": Kind.IDENTIFIER, "starts_on": Kind.DAY, "number": Kind.NUMBER
        },
        Event.ACTION_NOTED: {"action": Kind.IDENTIFIER},
        Event.ACTION_ENDED: {"action": Kind.IDENTIFIER, "state": Kind.IDENTIFIER},
        Event.INSTALLATION_PREPARED: {"version": Kind.IDENTIFIER},
        Event.MESSAGE_POSTED: {"kind": Kind.IDENTIFIER, "about": Kind.IDENTIFIER},
        Event.WORDS_CHANGED: {"kind": Kind.IDENTIFIER},
        Event.LIST_ADDRESS_CHANGED: {},
        Event.CALENDAR_ADDRESS_CHANGED: {},
        Event.OFFER_ARRANGED: {"kind": Kind.IDENTIFIER},
        Event.OFFER_ENDED: {"kind": Kind.IDENTIFIER},
        Event.RHYTHM_CHANGED: {
            "kind": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "number": Kind.NUMBER, "on": Kind.DAY
        },
        Event.INCIDENT_ENTERED: {
            "incident": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER, "kind": Kind.IDENTIFIER
        },
        Event.INCIDENT_TAKEN_BACK: {"incident": Kind.IDENTIFIER},
        Event.INCIDENT_STEP_ENTERED: {
            "incident": Kind.IDENTIFIER, "step": Kind.IDENTIFIER, "state": Kind.IDENTIFIER
        },
        Event.ANSWERS_PUBLISHED: {"quarter": Kind.IDENTIFIER},
        Event.SESSION_PLANNED: {
            "session": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "kind": Kind.IDENTIFIER,
            "on": Kind.DAY,
        },
        Event.SESSION_CALLED_OFF: {"session": Kind.IDENTIFIER},
        Event.ATTENDANCE_ENTERED: {"session": Kind.IDENTIFIER},
        Event.DEBRIEF_RECORDED: {
            "kind": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "on": Kind.DAY,
            "state": Kind.IDENTIFIER,
        },
        Event.LEARNING_POINT_ANSWERED: {
            "point": Kind.IDENTIFIER, "unit": Kind.IDENTIFIER_OR_NONE, "state": Kind.IDENTIFIER
        },
        Event.TRAINING_ENTERED: {
            "account": Kind.IDENTIFIER, "on": Kind.DAY, "until": Kind.DAY
        },
        Event.TRAINING_REMOVED: {"account": Kind.IDENTIFIER, "on": Kind.DAY},
        Event.FACT_ENTERED: _FACT,
        Event.FACT_CORRECTED: {**_FACT, "before": Kind.IDENTIFIER},
        Event.FACT_TAKEN_BACK: _FACT,
        Event.FACTS_IMPORTED: {"facts": Kind.NUMBER},
        Event.BACKUP_MADE: {"backup": Kind.HASH},
        Event.BACKUP_RESTORED: {"backup": Kind.HASH, "taken_on": Kind.DAY_OR_NONE},
    }
)  # fmt: skip
