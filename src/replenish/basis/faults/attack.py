"""What a file to be attacked, or a roster, may be refused for."""

from __future__ import annotations

from replenish.basis.errors import Fault


class AttackFault(Fault):
    """What a file to be attacked, or a roster, may be refused for."""

    ATTACK_NOT_RELEASES = (
        "attack.not_releases",
        "this does not look like a file of releases ({why}); give the releases.json that was published",
    )
    ATTACK_COLLUDERS = (
        "attack.colluders",
        "the number of colluding members must be 0 or more, and {given} was given",
    )
    ROSTER_EMPTY = ("roster.empty", "the roster has no rows; give one row for each person")
    ROSTER_UNIT_MISSING = (
        "roster.unit_missing",
        "this row of the roster does not say which unit it belongs to",
    )
    ROSTER_PEOPLE_NOT_A_NUMBER = (
        "roster.people_not_a_number",
        "the number of people must be a whole number of 1 or more",
    )
    GUESS_COMPONENTS = (
        "guess.components",
        (
            "the part '{name}' of how answers vary is {value}, which cannot be; give variances from 0 and "
            "autocorrelations from 0 to below 1"
        ),
    )
    GUESS_SHAPES = (
        "guess.shapes",
        (
            "the table of who was where has the shape {people} and the table of answers {answers}; both need "
            "a row for each occasion and a column for each person"
        ),
    )
    GUESS_TEAMS = (
        "guess.teams",
        (
            "somebody belongs to none of the {teams} teams on an occasion and yet answers, or belongs to a "
            "team that is not listed"
        ),
    )
    GUESS_OCCASIONS = (
        "guess.occasions",
        (
            "there are {releases} releases and the roster knows {occasions} rounds; give a roster of exactly "
            "the rounds that were released"
        ),
    )
    GUESS_NOTHING_SHOWN = (
        "guess.nothing_shown",
        "no release shows anything about '{question}'; give the name of a question that was released",
    )
    GUESS_COLLUDERS = (
        "guess.colluders",
        (
            "colluding members tell their answers, so their answers are needed; give the true answers or no "
            "colluding members"
        ),
    )
    GUESS_NEEDS_ROSTER = (
        "guess.needs_roster",
        (
            "guessing needs a list of who answered in which round; give it with --roster FILE, one row for "
            "each person and round, with the columns `person`, `round` and those of the units"
        ),
    )
    GUESS_ROSTER_COLUMN = (
        "guess.roster_column",
        (
            "the roster has no column of this name; guessing needs one row for each person and each round in "
            "which they answered, with the columns {needed} (numbers instead of names will do)"
        ),
    )
    GUESS_ROSTER_ROW = (
        "guess.roster_row",
        (
            "for guessing a row of the roster is one person in one round in which they answered, and this "
            "one names no person, names no round, or counts several people; leave out who did not answer"
        ),
    )
    GUESS_ROSTER_TWO_UNITS = (
        "guess.roster_two_units",
        (
            "this person is already listed in another unit in the same round; give the unit in which their "
            "answers of the round were counted"
        ),
    )
    GUESS_ROSTER_SHORT = (
        "guess.roster_short",
        (
            "the roster and the releases do not fit: in round '{round}' the roster knows {counted} people of "
            "the group '{group}' who answered, and the release prints {printed}; check the list and the "
            "columns given with --unit"
        ),
    )
    GUESS_ROUNDS = (
        "guess.rounds",
        (
            "the roster and the releases are not about the same rounds; released but not in the roster: "
            "{unlisted}; in the roster but not released: {unreleased}"
        ),
    )
    GUESS_ROUND_TWICE = (
        "guess.round_twice",
        (
            "the file holds these rounds more than once: {rounds}; run the attack without --guess, which "
            "says what that gives away"
        ),
    )
    GUESS_NOT_WITH = (
        "guess.not_with",
        "{option} cannot be used together with --guess: {why}; leave one of the two out",
    )
    GUESS_QUESTION_MISSING = (
        "guess.question_missing",
        "{option} is for guessing; say with --guess which question is to be guessed, or leave it out",
    )
    GUESS_WEEKS = (
        "guess.weeks",
        (
            "a round of {weeks} weeks with answers in {heard} of them cannot be; give 1 to {most} weeks, and "
            "answers in at least one and at most all of them"
        ),
    )
    POLICIES_NUMBER = (
        "policies.number",
        "{option} is {given}; give a whole number from {low} to {high}",
    )
    LINK_GROUPS = (
        "guess.link_groups",
        "others' reports need at least two groups of at least two people; give the sizes of such groups",
    )
