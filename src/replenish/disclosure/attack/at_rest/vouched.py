"""Every table and column there may be, and what it tells: what stands here somebody has vouched for.

A column that is not listed is a finding in itself, in the tests as on a running system: most betrayals of
people begin with a harmless column that was added later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from replenish.disclosure.attack.at_rest.knowledge import Kind

KINDS = (
    Kind("seat", ("voices_seat", "voices_arrivingseat"), "name", "unit", "season"),
    Kind("box", ("voices_box", "voices_arrivingbox"), "name"),
    Kind("voice", ("voices_contribution",), "voice", "group", "round_id"),
)
"""The rows that belong to one carer each."""


@dataclass(frozen=True)
class Vouched:
    """What a table tells in plain words, and the columns it may have."""

    tells: str
    columns: frozenset[str]


def _table(tells: str, columns: str) -> Vouched:
    return Vouched(tells, frozenset(columns.split()))


_SEAT = "name season unit counts_from moves_to moves_from"
TABLES: Mapping[str, Vouched] = {
    "voices_seat": _table("that somebody belongs to a unit, under a random name", _SEAT),
    "voices_arrivingseat": _table("the same, for those who came in the last four weeks", _SEAT),
    "voices_box": _table("a sealed box, under a random name", "name wrapped"),
    "voices_arrivingbox": _table("the same, for boxes made in the last four weeks", "name wrapped"),
    "voices_contribution": _table(
        "sealed scores of the round that is open, by reporting group", "voice round_id group sealed"
    ),
    "voices_erasedbox": _table("the digest of the name of a box that was destroyed", "name_hash"),
    "voices_openround": _table(
        "the round that is open: its days and what it asks",
        "id season number recipient scales packs accepting starts_on closes_on paused",
    ),
    "voices_groupofunit": _table("the groups of the season", "id season unit group"),
    "voices_groupdoubt": _table(
        "for every group of the season whether its number of slips is doubted, sealed until the night",
        "id sealed",
    ),
    "voices_seatseason": _table("a season and how long seats can be renewed", "id follows renew_until"),
    "voices_slipdraw": _table(
        "how many slips were made and used in a unit, which everybody there may know",
        "id season unit kind made used withdrawn expires_on",
    ),
    "voices_slip": _table("digests of slips that nobody has used yet", "hash draw_id"),
    "voices_nightstate": _table(
        "which key the last night used, and when arrivals were moved", "id key_id rewriting mixed_on"
    ),
    "conditions_season": _table(
        "the plan of a season from declared headcounts",
        "id organisation number starts_on floor partition headcount unit_codes unit_paths group_codes pauses",
    ),
    "conditions_round": _table(
        "the days and the state of a round",
        "id season_id number_in_season number starts_on closes_on state claim asked floor people recipient "
        "holders key_destroyed",
    ),
    "conditions_publishedrelease": _table(
        "what was published",
        "id organisation round_id number rule body hash previous signature public_key visible_from",
    ),
    "conditions_publishedrating": _table(
        "what was published about sessions of supervision, over everybody",
        "id organisation round season number rule body hash previous signature public_key visible_from",
    ),
    "conditions_action": _table(
        "what is tried for a condition, where and since when, in public; who takes care of it by name",
        "id organisation library words kind condition expects units first_day starts by_lot seed waves "
        "waiting owner because_low release state promised judged planned_on fixed_on ended_on ended_words "
        "entered_by",
    ),
    "conditions_actionnote": _table("how it goes, in public words", "id action_id words noted_on entered_by"),
    "conditions_agreedpoint": _table(
        "what a team agreed on together, in words for all of them; not who said or wrote it",
        "id organisation unit words condition taken_on_by by_when state agreed_on ended_on",
    ),
    "conditions_doubt": _table(
        "which groups have a doubt about their slips, which all of them read, and what was answered",
        "id season_id label words proposed_by proposed_as answered",
    ),
    "conditions_providedfact": _table(
        "counts of what was provided in a part and a period, and by whom they were entered",
        "id organisation unit kind first_day last_day count out_of source entered_by entered_on replaces "
        "state ended_by ended_on",
    ),
    "conditions_roomfigure": _table(
        "the same counts as the rooms of supervision and debrief give them, month by month",
        "id organisation unit kind first_day last_day count out_of",
    ),
    "conditions_addedup": _table(
        "the same counts, added up over the parts of a unit",
        "id organisation unit kind first_day last_day count out_of",
    ),
    "debrief_arrangement": _table(
        "what an organisation offers its teams, and whom to turn to", "id organisation kind turn_to since"
    ),
    "debrief_teamoffer": _table(
        "which offers stand to which team, mostly by chance", "id unit kind from_day made"
    ),
    "debrief_incident": _table(
        "that something hard happened: its kind, place, hours and weight; of no person and no case",
        "id organisation unit kind setting day band severity restraint entered_as state",
    ),
    "debrief_incidentstep": _table(
        "which steps followed an incident and when, or why not; not who took part",
        "id incident_id step outcome because day band",
    ),
    "debrief_askinglist": _table(
        "that one facilitator has a sealed list for an incident, until its day",
        "id organisation account incident_id sealed destroy_on",
    ),
    "debrief_answertally": _table(
        "that one facilitator has a sealed count of a quarter, until it is told",
        "id organisation account quarter sealed destroy_on",
    ),
    "debrief_answersofquarter": _table(
        "in which band the share of offers that were taken lies, over at least seven in a quarter",
        "id organisation quarter step size low high",
    ),
    "debrief_conversation": _table(
        "that a debrief was held or why not, and how many came where it tells of nobody; not who came or led",
        "id organisation unit incident_id kind day minutes because came number",
    ),
    "debrief_learningpoint": _table(
        "words about the place that a group agreed on, and how leaders answered; not who said them",
        "id conversation_id place words condition by_when answer answer_words action answered_on",
    ),
    "debrief_training": _table(
        "which facilitators were trained, and until when that holds",
        "id organisation account course trained_on valid_until",
    ),
    "debrief_ledinmonth": _table(
        "how many debriefs a facilitator led in two months, for their own rest; not which",
        "id organisation account month led",
    ),
    "leadership_response": _table(
        "what leaders said about a round, in public and under their name",
        "id organisation round place unit account signed part said_on",
    ),
    "leadership_commitment": _table("what they promised in it", "id response_id place words condition until"),
    "leadership_logentry": _table(
        "what they say became of it, in public and under their name",
        "id commitment_id place outcome why account signed part said_on",
    ),
    "learning_session": _table(
        "sessions of what is offered to learn, and how many came where it tells of nobody; not who",
        "id organisation unit offer part title day begins ends place led_by places planned_on state "
        "came number",
    ),
    "ledger_entry": _table(
        "what administrators did and when", "number organisation at event actor content previous hash"
    ),
    "people_organisation": _table("the organisation", "id name setting floor created_on"),
    "people_unit": _table("a unit", "id organisation_id"),
    "people_unitplace": _table(
        "where a unit stands and what it is called", "id unit_id parent_id name from_date until_date"
    ),
    "people_account": _table(
        "people who act for the organisation under their name",
        "id organisation_id name code_hash left_on login_id",
    ),
    "people_login": _table("how a named person signs in; no time of it", "id password email"),
    "people_recoverycode": _table("digests of their codes for when all else is lost", "id login_id"),
    "people_outsidename": _table("digests of their names at a service they sign in through", "id login_id"),
    "people_session": _table(
        "browsers of named people that are signed in, until they end; no address, no agent",
        "id login_id content begun_at ends_at",
    ),
    "mfa_authenticator": _table(
        "passkeys of named people: public keys; the time of use stays empty",
        "id user_id type data created_at last_used_at",
    ),
    "people_telling": _table(
        "the list that reaches everybody, and the key of the calendar of public days",
        "organisation_id list_address calendar_key",
    ),
    "people_ownwords": _table(
        "what an organisation says to everybody in its own words", "id organisation_id kind words"
    ),
    "people_message": _table(
        "that everybody was told something, and on which day; to no address",
        "id organisation_id kind about day is_sent",
    ),
    "people_notices": _table(
        "which named people want letters about what waits for them, and until which day they were told",
        "account_id rhythm language told_until",
    ),
    "people_recordkey": _table(
        "keys of records: the half others seal to, and the other half under a phrase that is not kept",
        "account_id public wrapped number since",
    ),
    "people_role": _table("in what part they act", "id account_id kind unit_id from_date until_date"),
    "people_proposal": _table(
        "headcounts and numbers of slips that wait for the second key",
        "id organisation_id kind content tree proposed_by_id proposed_as proposed_on confirmed_by_id state",
    ),
    "people_headcount": _table(
        "how many people work in a unit, as declared",
        "id organisation_id unit_id people declared_on entry proposal_id",
    ),
    "supervision_agreement": _table(
        "who works together in supervision, where, and since when",
        "id organisation unit kind external state proposed_by proposed_on agreed_on ended_on ended_why "
        "follows_id",
    ),
    "supervision_terms": _table(
        "what they agreed on, by code: rhythm, length, time to reflect, what is kept and who reads it",
        "id agreement_id version written_by written_on in_force_from rhythm every_days minutes "
        "reflective_share rebook_days review_on functions points",
    ),
    "supervision_party": _table(
        "who belongs to it under their name, and to which wording they agreed",
        "id agreement_id account part read_limits agreed_version agreed_on left_on",
    ),
    "supervision_meeting": _table(
        "that a meeting was due, whether it was held or moved and from which side; nothing that was said",
        "id agreement_id due_on day begins place medium state side reason changed_on instead_of_id minutes "
        "interrupted reflective_kept functions themes wellbeing_offered raised closed recorded_by "
        "recorded_on",
    ),
    "supervision_confirmation": _table(
        "that somebody confirmed these facts", "id meeting_id account confirmed_on"
    ),
    "supervision_note": _table(
        "notes sealed to the people who share them",
        "id agreement_id meeting_id kind version written_by written_on sealed",
    ),
    "supervision_notekey": _table(
        "who may read a note, and its key sealed to each of them",
        "id note_id account key_number sealed_key given_on",
    ),
    "supervision_notebook": _table(
        "one sealed notebook for everybody with a key, written in or not",
        "account organisation key_number sealed sealed_key",
    ),
    "supervision_calendarkey": _table(
        "the key of somebody's own calendar of supervision", "account organisation key with_names"
    ),
    "supervision_ownrhythm": _table(
        "how an organisation changes a rhythm that is expected of it",
        "id organisation unit rhythm every_days minutes why from_date entered_by entered_on",
    ),
    "django_migrations": _table("which version the tables are of", "id app name applied"),
    "sqlite_sequence": _table("the database's own counter, of the table above", "name seq"),
}

OF_A_PERSON = frozenset(table for kind in KINDS for table in kind.tables) | {
    "voices_erasedbox",
    "voices_slip",
}
"""Tables with a row for a carer, or for a slip that becomes one."""
