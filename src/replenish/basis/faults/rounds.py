"""What seasons, rounds and their close may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class RoundFault(Fault):
    """What seasons, rounds and their close may be refused for."""

    SEASON_OVERLAPS = (
        "rounds.season_overlaps",
        "the season before runs until {until}; begin the next one on that day or later",
    )
    SEASON_UNKNOWN = (
        "rounds.season_unknown",
        "there is no season yet; plan one first",
    )
    SEASON_WITHOUT_UNITS = (
        "rounds.season_without_units",
        "there is no unit yet in which anybody works; add units and a headcount, then plan the season",
    )
    SEASON_NOT_AS_SHOWN = (
        "rounds.season_not_as_shown",
        (
            "something has changed since this plan was shown; nothing was fixed, so look at the plan again "
            "as it is now"
        ),
    )
    SEASON_QUESTIONS = (
        "rounds.season_questions",
        (
            "earlier releases speak about other questions than those asked now ('{scale}' differs); releases "
            "that follow one another keep their questions"
        ),
    )
    SCALES_SHARE_ITEMS = (
        "rounds.scales_share_items",
        "the scales '{one}' and '{other}' share the item '{item}'; ask only one of them in a round",
    )
    HEADCOUNT_MISSING = (
        "rounds.headcount_missing",
        "nobody has declared how many people work in '{unit}'; declare and confirm it, then plan the season",
    )
    UNITS_SAME_PLACE = (
        "rounds.units_same_place",
        "two units stand in the same place under the name '{unit}'; give one of them another name",
    )
    ROUND_LENGTH = (
        "rounds.round_length",
        "a round of {weeks} weeks is too short or too long; choose from {least} to {most} weeks",
    )
    PAUSE_DAYS = (
        "rounds.pause_days",
        (
            "a pause from {first} to {until} cannot be; it begins today or later, ends after it "
            "began and lasts {most} days at most"
        ),
    )
    PAUSE_NEXT_SEASON = (
        "rounds.pause_next_season",
        (
            "the next season begins on {starts} already, and with this pause the last round would run until "
            "{closes}; pause before the next season is planned"
        ),
    )
    PAUSE_OUTSIDE = (
        "rounds.pause_outside",
        "no round that is still to close runs between {first} and {until}, so there is nothing to pause",
    )
    ROUND_UNKNOWN = (
        "rounds.round_unknown",
        "your organisation has no such round; look at the list of rounds again",
    )
    ROUND_NOT_DUE = (
        "rounds.round_not_due",
        "this round closes on {closes}; closing it earlier would let single answers show",
    )
    ROUND_NOT_OPEN = (
        "rounds.round_not_open",
        "this round is {state}, so it cannot be closed",
    )
    ROUND_BEING_CLOSED = (
        "rounds.round_being_closed",
        "somebody else is closing this round just now; nothing needs to be done, look again in a minute",
    )
    ROUND_EARLIER_UNFINISHED = (
        "rounds.round_earlier_unfinished",
        "round {number} is not finished yet; close or cancel it first, because releases follow one another",
    )
    ROUND_OVER = (
        "rounds.round_over",
        "this round is {state} already; what is over stays as it is",
    )
    ROUND_KEY_LOST = (
        "rounds.round_key_lost",
        (
            "the key of this round is lost, so nobody can read its answers any more; cancel the "
            "round, nothing is published about it"
        ),
    )
    RELEASE_CHANGED_AT_REST = (
        "rounds.release_changed_at_rest",
        (
            "what was published about round {number} is not what was signed; restore the database "
            "from a backup that `replenish backup --verify` accepts, and find out who changed it"
        ),
    )
    ROUND_NOT_COMPUTED = (
        "rounds.round_not_computed",
        (
            "the release of this round cannot be made ({why}); nothing was published and nothing was "
            "deleted; mend the cause and close again, or cancel the round"
        ),
    )
    SEASON_CHANGED_AT_REST = (
        "rounds.season_changed_at_rest",
        (
            "the groups of this season are not those that were planned; restore the database from a "
            "backup, and find out who changed them"
        ),
    )
    SLIPS_FILE = (
        "rounds.slips_file",
        (
            "slips are written to a new file in a folder that is there; choose another name, so that "
            "no earlier sheet is lost"
        ),
    )
    SLIPS_SEASON = (
        "rounds.slips_season",
        (
            "slips are made for a season that runs or is planned, and this is none; choose one from the list "
            "of seasons"
        ),
    )
    SLIPS_ABOVE_PEOPLE = (
        "rounds.slips_above_people",
        (
            "{slips} more slips for '{unit}' would be too many beside those made or renewed before; it has "
            "{people} people. Wait until unused slips and the two weeks of renewing are over, declare more "
            "people, or draw afresh"
        ),
    )
    SLIPS_REPLACEMENTS = (
        "rounds.slips_replacements",
        (
            "'{group}' can have {most} in place of lost cards in a season, and this would be more. Whoever "
            "has no seat keeps the private space, and draws a slip when the next season begins"
        ),
    )
    SLIPS_REPLACEMENTS_FRESH = (
        "rounds.slips_replacements_fresh",
        "replacements stand beside the seats there are; a fresh draw would end those, so draw without it",
    )
    SLIPS_FRESH_EARLY = (
        "rounds.slips_fresh_early",
        (
            "a fresh draw takes the seats that still count in the season before; wait until its last round "
            "has closed"
        ),
    )
    SLIPS_UNIT = (
        "rounds.slips_unit",
        "'{unit}' is not one of the units of this season; slips can be drawn for units of the season only",
    )
    DOUBT_UNKNOWN = (
        "rounds.doubt_unknown",
        "no doubt about the slips of '{group}' waits for an answer now; look at the list of doubts again",
    )
    DOUBT_WORDS = (
        "rounds.doubt_words",
        "answer a doubt on one line, in 1 to {most} letters; everybody in the group reads it",
    )
    DOUBT_KEY = (
        "rounds.doubt_key",
        (
            "the answer about '{group}' takes two keys: one of a steward of all its units, one of a "
            "representative; nothing was changed"
        ),
    )
    DOUBT_NOT_PROPOSED = (
        "rounds.doubt_not_proposed",
        "no answer about '{group}' waits for your key; propose one yourself",
    )
