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
    POLICIES_NUMBER = (
        "policies.number",
        "{option} is {given}; give a whole number from {low} to {high}",
    )
    LINK_GROUPS = (
        "guess.link_groups",
        "others' reports need at least two groups of at least two people; give the sizes of such groups",
    )
