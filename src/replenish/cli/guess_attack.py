"""`replenish attack --guess`: how well could somebody guess single answers from everything published?"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.cli.arguments import whole
from replenish.cli.guess_roster import read_attendance
from replenish.cli.printing import print_json, say
from replenish.disclosure.attack.guess import (
    MOST_ABOVE_TEAM_MEANS,
    MOST_R2,
    GuessReport,
    VarianceComponents,
    guess_attack,
)
from replenish.disclosure.attack.published import ReadRelease, read_releases_as_published
from replenish.measures.tables import read_table
from replenish.simulate.attack_world.drawing import MIDDLE, components_of
from replenish.simulate.world import World

GUESSED = 1
LOWEST, HIGHEST = 1, 5
"""Spreads and "one point" are of a scale from 1 to 5; questions with another range are put on it."""

WORLD = World()
DOCUMENTED: Mapping[str, float] = {
    "mean": MIDDLE,
    "service": WORLD.service_sd,
    "team": WORLD.team_sd,
    "team-week": WORLD.team_week_sd,
    "team-week-autocorrelation": WORLD.team_week_autocorrelation,
    "person": WORLD.person_sd,
    "person-week": WORLD.person_week_sd,
    "person-week-autocorrelation": WORLD.person_week_autocorrelation,
    "rest": WORLD.rest_sd,
}
"""How answers differ in the world in which the publication rule was tested (the simulated organisations)."""

HEARD_SHARE = 0.75
"""Who answers at all in a round of that world does so in about three of its four weeks."""

MOST_WEEKS = 26
MOST_SD = 2.0
"""No spread on a scale from 1 to 5 can be larger."""

_OTHER_ATTACK = "it belongs to the attack without --guess"
_AT_REST = "it is about everything stored, and guesses are about a file of releases"
NOT_WITH_GUESS: Mapping[str, str] = {
    "colluders": "what colleagues tell are their true answers, and those are not in the file",
    "persistent": _OTHER_ATTACK,
    "other_groups": _OTHER_ATTACK,
    "scale": _OTHER_ATTACK,
    "instance": _AT_REST,
    "backups": _AT_REST,
    "log": _AT_REST,
    "report": _AT_REST,
}
ONLY_WITH_GUESS = ("spread", "round_weeks", "weeks_answered")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of the guess attack."""
    command.add_argument(
        "--guess",
        metavar="QUESTION",
        help="guess everybody's answers to this question as well as the releases allow, instead of proving; "
        "needs --roster with the columns `person` and `round` (who answered in which round)",
    )
    documented = ", ".join(f"{part}={value:g}" for part, value in DOCUMENTED.items())
    command.add_argument(
        "--spread",
        type=spread,
        metavar="PART=NUMBER,...",
        help="with --guess: how answers differ, as standard deviations in points of 1 to 5; what is not "
        f"given is as in the world in which the publication rule was tested ({documented})",
    )
    command.add_argument(
        "--round-weeks", type=whole, metavar="N", help="with --guess: how many weeks a round takes (4)"
    )
    command.add_argument(
        "--weeks-answered",
        type=_number,
        metavar="N",
        help="with --guess: in how many of them somebody who answered did so, on average (three of four); "
        "1 for a question that is asked once a round",
    )


def spread(text: str) -> dict[str, float]:
    """`PART=NUMBER,...` with the documented world for every part that is not named."""
    given: dict[str, float] = {}
    for entry in text.split(","):
        part, _, figure = (each.strip() for each in entry.partition("="))
        if part not in DOCUMENTED:
            raise argparse.ArgumentTypeError(f"'{entry}' names none of {', '.join(DOCUMENTED)}")
        if part in given:
            raise argparse.ArgumentTypeError(f"'{text}' names {part} twice")
        given[part] = _number(figure)
        _check_part(part, given[part])
    found = {**DOCUMENTED, **given}
    if found["person"] == found["person-week"] == 0:
        raise argparse.ArgumentTypeError(
            "person and person-week are both 0: where people do not differ there is nothing to guess"
        )
    return found


def _check_part(part: str, value: float) -> None:
    if part == "mean":
        fits, range_in_words = LOWEST <= value <= HIGHEST, f"from {LOWEST} to {HIGHEST}"
    elif part.endswith("autocorrelation"):
        fits, range_in_words = 0 <= value < 1, "from 0 to below 1"
    else:
        fits, range_in_words = 0 <= value <= MOST_SD, f"from 0 to {MOST_SD:g}"
    if not fits:
        raise argparse.ArgumentTypeError(f"{part} is {value:g}; give a number {range_in_words}")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number")
    return value


def refuse_mixtures(chosen: argparse.Namespace) -> None:
    """Options that would be passed over without a word.

    Raises:
        Refused: an option of another attack together with `--guess`, or one of this without it.
    """
    names = ONLY_WITH_GUESS if chosen.guess is None else NOT_WITH_GUESS
    for name in names:
        if getattr(chosen, name) in (None, False, 0, [], ()):
            continue
        option = f"--{name.replace('_', '-')}"
        if chosen.guess is None:
            refuse(AttackFault.GUESS_QUESTION_MISSING, option=option)
        refuse(AttackFault.GUESS_NOT_WITH, option=option, why=NOT_WITH_GUESS[name])


def run(chosen: argparse.Namespace, published: object) -> int:
    """Guess and report.

    Args:
        chosen: the options.
        published: the plain content of the file, as it stands.
    """
    if not chosen.roster:
        refuse(AttackFault.GUESS_NEEDS_ROSTER)
    weeks, heard = _weeks(chosen.round_weeks, chosen.weeks_answered)
    parts: Mapping[str, float] = chosen.spread or DOCUMENTED
    releases = read_releases_as_published(published).releases
    attendance, doubts = read_attendance(
        read_table(chosen.roster), releases, units=chosen.unit, question=chosen.guess
    )
    found = guess_attack(
        on_five_points(published, releases, chosen.guess),
        attendance=attendance,
        question=chosen.guess,
        components=components(parts),
        weeks_each=weeks,
        weeks_heard=heard,
    )
    if chosen.json:
        model = {"spread": dict(parts), "round_weeks": weeks, "weeks_answered": heard}
        print_json({"question": chosen.guess, **found.to_plain(), **model, "roster_doubts": doubts})
    else:
        print(in_words(found, chosen.guess, parts))
    if doubts:
        say(f"Look at the list first: the file and the list do not quite fit. {' '.join(doubts)}")
    return 0 if found.holds else GUESSED


def _weeks(weeks: int | None, heard: float | None) -> tuple[int, float]:
    weeks = WORLD.weeks_a_round if weeks is None else weeks
    heard = max(1.0, HEARD_SHARE * weeks) if heard is None else heard
    if not (1 <= weeks <= MOST_WEEKS and 1 <= heard <= weeks):
        refuse(AttackFault.GUESS_WEEKS, weeks=weeks, heard=f"{heard:g}", most=MOST_WEEKS)
    return weeks, heard


def components(parts: Mapping[str, float]) -> VarianceComponents:
    """Standard deviations as people write them, as variances of the model; rounding is added."""
    laws = World(
        service_sd=parts["service"],
        team_sd=parts["team"],
        team_week_sd=parts["team-week"],
        team_week_autocorrelation=parts["team-week-autocorrelation"],
        person_sd=parts["person"],
        person_week_sd=parts["person-week"],
        person_week_autocorrelation=parts["person-week-autocorrelation"],
        rest_sd=parts["rest"],
    )
    return components_of(laws, parts["mean"])


def on_five_points(
    published: object, releases: list[ReadRelease], question: str
) -> list[Mapping[str, object]]:
    """The same releases with the question's range put on 1 to 5: bands are printed as shares of it."""
    entries = published.get("releases") if isinstance(published, Mapping) else published
    if not isinstance(entries, list):
        refuse(AttackFault.ATTACK_NOT_RELEASES, why="no list of releases in it")
    return [
        {**entry, "scales": [_put_on_five(scale, question) for scale in entry["scales"]]}
        if question in read.ranges
        else entry
        for entry, read in zip(entries, releases, strict=True)
    ]


def _put_on_five(scale: object, question: str) -> object:
    if not isinstance(scale, Mapping) or str(scale.get("name")) != question:
        return scale
    return {**scale, "low": LOWEST, "high": HIGHEST}


def in_words(found: GuessReport, question: str, parts: Mapping[str, float]) -> str:
    """The findings for a person who represents staff."""
    return "\n\n".join(
        (_verdict(found, question), _figures(found), _model(parts), _examined(found), _what_else())
    )


def _verdict(found: GuessReport, question: str) -> str:
    knows = (
        "Think of somebody who has read every release. They know who is in which team, and who answered in "
        "which round."
    )
    if found.holds:
        return (
            f"The releases hold for '{question}'. {knows} They can guess your answer hardly better than "
            "somebody who only knows how your team is doing over the year."
        )
    return (
        f"The releases do not hold for '{question}'. {knows} They can guess the answers of single people "
        "better than the rule allows. Do not publish more of this kind, and show this page to whoever makes "
        "the releases."
    )


def _figures(found: GuessReport) -> str:
    expected = found.expected
    too_much = " This is too much."
    told = too_much if expected.r2_at_least > MOST_R2 else ""
    near = too_much if expected.gain_at_least > MOST_ABOVE_TEAM_MEANS else ""
    return (
        "Who in a team answers high and who answers low: "
        f"{expected.within_team_r2:.1%} of this can be guessed. Up to {MOST_R2:.0%} is allowed.{told}\n"
        "A guess is at most one point off, on a scale from 1 to 5, for "
        f"{100 * expected.within_one_point:.1f} of 100 answers. Who only knows the average of each team over "
        f"the year gets {100 * expected.within_one_point_from_team_means:.1f} of 100. Up to "
        f"{100 * MOST_ABOVE_TEAM_MEANS:.0f} more is allowed.{near}"
    )


def _model(parts: Mapping[str, float]) -> str:
    whose = "in the world in which the rule was tested" if parts == DOCUMENTED else "you said with --spread"
    return (
        "Nobody gave the true answers, so nothing was counted. These are the figures to expect if answers "
        f"differ as {whose}: people of one team by {parts['person']:g} points for good and by "
        f"{parts['person-week']:g} from week to week, teams by {parts['team']:g} for good and by "
        f"{parts['team-week']:g} from week to week. Where you work it may be otherwise: try other numbers "
        "with --spread."
    )


def _examined(found: GuessReport) -> str:
    return (
        f"Looked at: {found.answers:,} answers of {found.people:,} people in {found.rounds} rounds, and "
        f"{found.figures:,} published figures."
    )


def _what_else() -> str:
    return (
        "This is about guessing. What can be known for certain is shown by the same command without --guess."
    )
