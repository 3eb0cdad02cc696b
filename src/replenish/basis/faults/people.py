"""What organisations, units, appointments and proposals are refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class PeopleFault(Fault):
    """What organisations, units, appointments and proposals are refused for."""

    ORGANISATION_UNKNOWN = (
        "people.organisation_unknown",
        "there is no organisation '{organisation}'; `replenish organisation list` names them",
    )
    SETTING_UNKNOWN = (
        "people.setting_unknown",
        "there is no kind of place '{setting}'; choose one of {known}",
    )
    FLOOR_LOWERED = (
        "people.floor_lowered",
        "the floor may be a whole number of {floor} or more, not {asked}; it can be raised only",
    )
    NAME = (
        "people.name",
        "a name has 1 to {most} letters, digits and signs, on one line; '{name}' is none",
    )
    NAME_TAKEN = (
        "people.name_taken",
        "there is already a unit '{name}' in the same place; give it another name",
    )
    UNIT_UNKNOWN = (
        "people.unit_unknown",
        "your organisation has no unit '{unit}' on {on}; `replenish organisation units` lists them",
    )
    UNIT_CYCLE = (
        "people.unit_cycle",
        "'{unit}' cannot be placed below itself or below a unit that belongs to it; choose another place",
    )
    UNIT_HAS_UNITS = (
        "people.unit_has_units",
        "'{unit}' still has units below it ({below}); move or dissolve them first",
    )
    DAY_PAST = (
        "people.day_past",
        "the day {on} is over, and what was reported about it stays as it was; choose {today} or a later day",
    )
    DAY_BEFORE_CHANGE = (
        "people.day_before_change",
        "this unit already changes on {later}, and {on} is before that; choose {later} or a later day",
    )
    NOT_ALLOWED = (
        "people.not_allowed",
        "this needs {needed}; your account is not, or no longer, allowed to do it",
    )
    NO_KEY = (
        "people.no_key",
        "this needs the key of a {needed}; your account does not hold it for all these units",
    )
    CODE_WRONG = (
        "people.code_wrong",
        "the account and the code do not belong together; check both, or ask the operator for a new code",
    )
    ACCOUNT_UNKNOWN = (
        "people.account_unknown",
        "your organisation has no account '{account}', or its holder has left",
    )
    ACCOUNT_NAME_TAKEN = (
        "people.account_name_taken",
        (
            "somebody called '{name}' already has the account '{account}'; give that account the new role, "
            "or add something that tells the two people apart"
        ),
    )
    ROLE_UNKNOWN = ("people.role_unknown", "there is no role '{role}'; choose one of {known}")
    ROLE_WITH_UNIT = (
        "people.role_with_unit",
        "this part is for the whole organisation; leave the unit out",
    )
    ROLE_HELD = ("people.role_held", "this person already has this part there")
    ROLE_NOT_HELD = ("people.role_not_held", "this person does not, or no longer, have this part there")
    BOTH_KEYS = (
        "people.both_keys",
        "nobody can be steward and representative at once: the two keys are for two people",
    )
    LEADS_AND_REPRESENTS = (
        "people.leads_and_represents",
        "nobody can speak for the staff and stand in for a leader at once: staff must know whose side it is",
    )
    CHANGE_UNKNOWN = (
        "people.change_unknown",
        "no change of this unit waits for {on}; it has begun, was called off, or a later one comes after it",
    )
    PROPOSAL_EMPTY = ("people.proposal_empty", "the proposal names no unit; name at least one")
    PROPOSAL_NUMBER = (
        "people.proposal_number",
        "the number for '{unit}' is {number}; it must be a whole number from {low} to {high}",
    )
    PROPOSAL_SEASON = (
        "people.proposal_season",
        "'{season}' names no season; it is the short name that the list of seasons shows",
    )
    PROPOSAL_UNKNOWN = (
        "people.proposal_unknown",
        "your organisation has no proposal '{proposal}' that waits for this; see the list of proposals",
    )
    PROPOSAL_MANY = (
        "people.proposal_many",
        "{most} proposals of yours wait already; take one of them back, or let it be confirmed first",
    )
    PROPOSAL_SAME_PERSON = (
        "people.proposal_same_person",
        "you made this proposal yourself; the second key is another person's",
    )
    PROPOSAL_SAME_KEY = (
        "people.proposal_same_key",
        "a {role} made this proposal, so it waits for a {other}",
    )
    PROPOSAL_EXPIRED = (
        "people.proposal_expired",
        "this proposal was open until {until}; make it anew, with today's figures",
    )
    PROPOSAL_LAPSED = (
        "people.proposal_lapsed",
        (
            "the slips of this proposal could be drawn until {until}; agree on them anew, for the people "
            "there are now"
        ),
    )
    PROPOSAL_TREE_CHANGED = (
        "people.proposal_tree_changed",
        "the units have changed since this was proposed; make it anew for the units as they are",
    )
    PROPOSER_GONE = (
        "people.proposer_gone",
        "whoever proposed this no longer holds that role; make it anew",
    )
    HEADCOUNT_MISSING = (
        "people.headcount_missing",
        "no headcount is declared for '{unit}'; declare it first, so that everybody can compare the slips",
    )
    SLIPS_ABOVE_HEADCOUNT = (
        "people.slips_above_headcount",
        (
            "{slips} slips for '{unit}' are more than its {people} people; make fewer, or declare the "
            "headcount anew if it has changed"
        ),
    )
    ORGANISATION_WHICH = (
        "people.organisation_which",
        "there are several organisations; say which one with --organisation and its name or id: {names}",
    )
    ORGANISATION_NONE = (
        "people.organisation_none",
        "there is no organisation yet; begin one with `replenish organisation create`",
    )
    PATH_UNKNOWN = (
        "people.path_unknown",
        (
            "there is no unit '{path}' on {on}; write its id, or the names from the top down with a slash "
            "between them, such as 'Care / Oak'"
        ),
    )
    PATH_GAP = (
        "people.path_gap",
        "this row names a unit but not the one above it; fill the columns from the left",
    )
    FILE_NUMBER_MISSING = (
        "people.file_number_missing",
        "the number is missing; write a whole number, or leave the row out",
    )
    FILE_UNIT_TWICE = (
        "people.file_unit_twice",
        "the unit '{unit}' stands a second time (first in row {first}); keep one row for each unit",
    )
    CODE_UNREADABLE = (
        "people.code_unreadable",
        "the code cannot be read; type it when asked, or name a file that holds it alone with --code-file",
    )
    NOT_CONFIRMED = (
        "people.not_confirmed",
        "nothing was confirmed; answer 'yes' to the question, or add --yes after reading the figures",
    )
    PRESET = (
        "people.preset",
        (
            "the words and rhythms of this kind of place cannot be used ({reason}); mend the entry, or "
            "remove the file to use the one that is shipped"
        ),
    )
