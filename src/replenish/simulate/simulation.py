"""The one simulator: from a seed to an organisation with known truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from replenish.basis.errors import Refused, problem
from replenish.basis.faults import SimulationFault
from replenish.simulate.actions import Action, ActionEffects, draw_actions
from replenish.simulate.answering import (
    Flags,
    Habits,
    asking_week,
    draw_habits,
    round_answers,
    skip_questions,
    weekly_answers,
    where_nothing_happened,
)
from replenish.simulate.events import (
    Surroundings,
    answer_events,
    draw_surroundings,
    encounter_classes,
    event_levels,
    nothing_hard_chance,
)
from replenish.simulate.explained import explained_by, remaining_sds
from replenish.simulate.levels import ComponentSDs, Levels, draw_levels
from replenish.simulate.organisation import CheckIns, Fact, Organisation, Round, Truth
from replenish.simulate.provision import provision_facts
from replenish.simulate.questions import (
    ADDED_LATER,
    ENCOUNTERS,
    ROUND,
    SAID,
    VOICE,
    WEEKLY,
    condition_scores,
    outcome_scores,
)
from replenish.simulate.response import draw_response, strain
from replenish.simulate.staff import ABSENT, Staff, draw_staff
from replenish.simulate.streams import QuestionStreams, question_streams, stream
from replenish.simulate.tree import Tree, draw_tree
from replenish.simulate.world import (
    CONDITIONS,
    OUTCOMES,
    POINTS_PER_STEP,
    STRAIN,
    Floats,
    Integers,
    World,
    check_world,
)

LARGEST_SEED = 2**53 - 1  # whole numbers that JSON keeps exactly
MOST_ROUNDS = 260
MOST_PERSON_WEEKS = 20_000_000


@dataclass(frozen=True)
class _Play:
    """Everything drawn before anybody answers."""

    tree: Tree
    staff: Staff
    world: World
    seed: int
    sds: ComponentSDs
    levels: Levels
    around: Surroundings
    actions: tuple[Action, ...]
    added: ActionEffects
    habits: Habits


@dataclass(frozen=True)
class _Everybody:
    """What everybody lives through and would answer; arrays by week (or round) and person."""

    events: tuple[dict[str, Floats], ...]
    conditions: Floats
    latent: Floats
    weekly: Mapping[str, Floats]
    answered: Flags


def simulate_organisation(
    *,
    teams: int = 40,
    people: int | None = None,
    rounds: int = 1,
    seed: int = 1,
    world: World | None = None,
    drawn_together: Sequence[Sequence[tuple[str, str]]] = (),
) -> Organisation:
    """Make an organisation with known truth; the same arguments give the same organisation.

    Every purpose has its own stream of random numbers: more rounds leave the first ones as they were, and a
    change of one law of the world leaves the draws of the others as they were.

    Args:
        teams: number of teams; about six make a service.
        people: number of posts in all; None draws team sizes from 4 to 30 with a median of 9.
        rounds: 1 for a cross-section, more for rounds of four weeks.
        seed: a whole number from 0.
        world: the laws; None takes the documented ones.
        drawn_together: units that have an action together or not at all, such as those of a reporting group.

    Raises:
        Refused: a number that is out of range or not whole, or a world whose laws cannot hold together.
    """
    world = World() if world is None else world
    _check(teams, people, rounds, seed)
    check_world(world)
    tree = draw_tree(teams, people, seed)
    _check_memory(int(tree.establishment().sum()), rounds * world.weeks_a_round)
    play = _draw_play(tree, rounds, world, seed, drawn_together)
    everybody = _live(play, rounds)
    return _hear(play, everybody, rounds)


def _check(teams: int, people: int | None, rounds: int, seed: int) -> None:
    asked = [
        ("teams", teams, 1, 200_000),
        ("rounds", rounds, 1, MOST_ROUNDS),
        ("seed", seed, 0, LARGEST_SEED),
    ]
    if people is not None:
        asked.append(("people", people, 1, 2_000_000))
    faults = []
    for name, value, low, high in asked:
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            faults.append(problem(SimulationFault.SIMULATION_WHOLE, name=name, value=value))
        elif not low <= value <= high:
            faults.append(
                problem(SimulationFault.SIMULATION_RANGE, name=name, low=low, high=high, value=value)
            )
    if not faults and people is not None and people < 4 * teams:
        faults.append(
            problem(SimulationFault.SIMULATION_TOO_FEW, teams=teams, people=people, needed=4 * teams)
        )
    if faults:
        raise Refused(faults)


def _check_memory(posts: int, weeks: int) -> None:
    if posts * weeks > MOST_PERSON_WEEKS:
        raise Refused(
            [
                problem(
                    SimulationFault.SIMULATION_TOO_LARGE, people=posts, weeks=weeks, limit=MOST_PERSON_WEEKS
                )
            ]
        )


def _draw_play(
    tree: Tree, rounds: int, world: World, seed: int, together: Sequence[Sequence[tuple[str, str]]]
) -> _Play:
    staff = draw_staff(tree, rounds * world.weeks_a_round, world, seed)
    sds = remaining_sds(world)
    actions, added = draw_actions(tree, rounds, world, seed, together=together)
    return _Play(
        tree=tree,
        staff=staff,
        world=world,
        seed=seed,
        sds=sds,
        levels=draw_levels(tree, staff, sds, world, seed),
        around=draw_surroundings(len(tree.units), staff, world, seed),
        actions=actions,
        added=added,
        habits=draw_habits(staff, world, seed),
    )


def _live(play: _Play, rounds: int) -> _Everybody:
    staff, world, seed = play.staff, play.world, play.seed
    expected = explained_by(world)
    latent = play.levels.total(staff) * POINTS_PER_STEP + world.levels()
    encounters = _encounters(play)
    latent += (encounters - expected.encounter_mean)[:, :, None] * world.encounter_slopes()
    events = []
    conditions = np.full((rounds, staff.people, len(CONDITIONS)), np.nan)
    for turn in range(rounds):
        weeks = _weeks_of(turn, world)
        levels = _event_levels(play, turn)
        known = len(next(iter(levels.values())))
        scores = condition_scores(answer_events(levels))
        here = (staff.team[weeks, :known] != ABSENT).any(axis=0)
        conditions[turn, :known][here] = scores[here]
        latent[weeks, :known] += (scores - expected.condition_means) @ world.slopes().T
        latent[weeks] += play.added.relief[turn][staff.team[weeks]]
        events.append(levels)
    answered = draw_response(strain(latent, world), staff, world, seed)
    weekly = weekly_answers(latent, encounters, play.habits, staff, world, seed)
    return _Everybody(tuple(events), conditions, latent, weekly, answered)


def _encounters(play: _Play) -> Floats:
    staff = play.staff
    rates = play.world.encounters_a_week * play.around.team_rate[staff.team] * play.around.person_rate
    rates[staff.team == ABSENT] = np.nan
    classes = np.full(rates.shape, np.nan)
    for week in range(staff.weeks):
        known = int(np.searchsorted(staff.joined, week, side="right"))
        classes[week, :known] = encounter_classes(rates[week, :known], stream(play.seed, "encounters", week))
    return classes


def _event_levels(play: _Play, turn: int) -> dict[str, Floats]:
    """Levels of the event questions for everybody who joined by the end of the round."""
    staff, weeks = play.staff, _weeks_of(turn, play.world)
    known = int(np.searchsorted(staff.joined, weeks.stop - 1, side="right"))
    first = np.maximum(staff.joined[:known], weeks.start)
    team = staff.team[first, np.arange(known)]
    draws = question_streams(play.seed, "events", turn, ADDED_LATER)
    return event_levels(
        play.around.team[team], play.around.person[:known], play.added.shift[turn][team], draws, play.world
    )


def _hear(play: _Play, everybody: _Everybody, rounds: int) -> Organisation:
    scales = (*OUTCOMES, *CONDITIONS)
    means = {scale: np.full((rounds, len(play.tree.units)), np.nan) for scale in scales}
    held, check_ins, facts = [], [], []
    for turn in range(rounds):
        members = np.flatnonzero(play.staff.team[turn * play.world.weeks_a_round] != ABSENT)
        turn_round, turn_check_ins, true_scores = _hear_round(play, everybody, turn, members)
        held.append(turn_round)
        check_ins.append(turn_check_ins)
        team = play.staff.team[turn * play.world.weeks_a_round, members]
        for scale, scores in true_scores.items():
            means[scale][turn] = _team_means(scores, team, len(play.tree.units))
        facts += _facts(play, everybody, turn, members, team)
    return Organisation(
        seed=play.seed,
        world=play.world,
        units=play.tree.units,
        rounds=tuple(held),
        check_ins=_together(check_ins),
        facts=tuple(facts),
        truth=_truth(play, everybody, means),
    )


def _hear_round(
    play: _Play, everybody: _Everybody, turn: int, members: Integers
) -> tuple[Round, CheckIns, dict[str, Floats]]:
    """One round as it is heard, and the scores it would have if every member answered everything."""
    weeks, seed, world = _weeks_of(turn, play.world), play.seed, play.world
    team = play.staff.team[weeks.start, members]
    present = play.staff.team[weeks][:, members] != ABSENT
    answered = everybody.answered[weeks][:, members]
    asked = weeks.start + asking_week(answered, present, stream(seed, "asking week", turn))
    weekly = {code: column[weeks][:, members] for code, column in everybody.weekly.items()}
    true_scores = _true_scores(everybody, turn, members, asked, weekly, play)

    skipping = QuestionStreams(stream(seed, "skipped questions", turn), {})
    heard = skip_questions(weekly, world.question_skipped, skipping)
    answered = answered & np.any([~np.isnan(column) for column in heard.values()], axis=0)
    rows = np.flatnonzero(answered[asked - weeks.start, np.arange(members.size)])
    rows = stream(seed, "order of rows", turn).permutation(rows)
    once = _reported(play, everybody, turn, members, asked)
    answers = {
        code: column[asked - weeks.start, np.arange(members.size)][rows] for code, column in heard.items()
    }
    answers |= {code: column[rows] for code, column in once.items()}
    week, row = np.nonzero(answered)
    check_ins = CheckIns(
        weeks.start + week,
        members[row],
        team[row],
        {code: column[week, row] for code, column in heard.items()},
    )
    counted = np.bincount(team, minlength=len(play.tree.units)).tolist()
    headcount = {unit.path: count for unit, count in zip(play.tree.units, counted, strict=True)}
    names = _row_names(rows.size, stream(seed, "names of rows", turn))
    return Round(turn + 1, headcount, names, members[rows], team[rows], answers), check_ins, true_scores


def _reported(
    play: _Play, everybody: _Everybody, turn: int, members: Integers, asked: Integers
) -> dict[str, Floats]:
    """The members' answers to the questions of a round, after mood, skipping and leaving them all out."""
    world = play.world
    draws = question_streams(play.seed, "round questions", turn, ADDED_LATER)
    mood = play.levels.mood()[asked, members] / _mood_sd(play)
    events = {code: level[members] for code, level in everybody.events[turn].items()}
    latent = everybody.latent[asked, members]
    habits = play.habits.round[members]
    answers = round_answers(latent, events, world.mood * mood, habits, world, draws.common)
    encounters = everybody.weekly[ENCOUNTERS][_weeks_of(turn, world)][:, members]
    expected = explained_by(world).encounter_mean
    nothing_hard = nothing_hard_chance(encounters, expected, world)
    answers = where_nothing_happened(answers, {VOICE: world.nobody_spoke, SAID: nothing_hard}, draws)
    answers = skip_questions(answers, world.question_skipped, draws)
    left_out = draws.common.random(members.size) >= world.round_questions_answered
    return {code: np.where(left_out, np.nan, column) for code, column in answers.items()}


def _mood_sd(play: _Play) -> float:
    """Standard deviation of the person's own strain, as the laws have it."""
    count = len(STRAIN)
    correlations = play.world.correlations()[:count, :count]
    spread = sum(
        float(sds[:count] @ correlations @ sds[:count]) for sds in (play.sds.person, play.sds.person_week)
    )
    return float(np.sqrt(spread)) / count if spread > 0.0 else 1.0


def _true_scores(
    everybody: _Everybody,
    turn: int,
    members: Integers,
    asked: Integers,
    weekly: Mapping[str, Floats],
    play: _Play,
) -> dict[str, Floats]:
    scores: dict[str, Floats] = {}
    for scale, column in outcome_scores(
        WEEKLY, {code: part.ravel() for code, part in weekly.items()}
    ).items():
        scores[scale] = np.nanmean(column.reshape(-1, members.size), axis=0)
    draws = stream(play.seed, "round questions", turn)
    latent = everybody.latent[asked, members]
    events = {code: level[members] for code, level in everybody.events[turn].items()}
    nobody = np.zeros(members.size)
    answers = round_answers(latent, events, nobody, play.habits.round[members], play.world, draws)
    scores |= outcome_scores(ROUND, answers)
    conditions = everybody.conditions[turn, members]
    return scores | {condition: conditions[:, place] for place, condition in enumerate(CONDITIONS)}


def _team_means(scores: Floats, team: Integers, teams: int) -> Floats:
    count = np.bincount(team, minlength=teams)
    means = np.full(teams, np.nan)
    np.divide(np.bincount(team, weights=scores, minlength=teams), count, out=means, where=count > 0)
    return means


def _facts(play: _Play, everybody: _Everybody, turn: int, members: Integers, team: Integers) -> list[Fact]:
    events = {code: level[members] for code, level in everybody.events[turn].items()}
    standing = play.around.team + play.added.shift[turn]
    around = standing[:, [CONDITIONS.index("supervision"), CONDITIONS.index("process")]]
    return provision_facts(turn + 1, play.tree, events, team, around, play.world, play.seed)


def _together(parts: list[CheckIns]) -> CheckIns:
    return CheckIns(
        week=np.concatenate([part.week for part in parts]),
        person=np.concatenate([part.person for part in parts]),
        team=np.concatenate([part.team for part in parts]),
        answers={code: np.concatenate([part.answers[code] for part in parts]) for code in parts[0].answers},
    )


def _truth(play: _Play, everybody: _Everybody, means: Mapping[str, Floats]) -> Truth:
    world = play.world
    explained = explained_by(world).team
    lasting = world.team_sd**2 + world.service_sd**2
    shares = {
        outcome: float(explained[k] / lasting) if lasting else 0.0 for k, outcome in enumerate(OUTCOMES)
    }
    return Truth(
        actions=play.actions,
        remaining=play.sds,
        explained_share=shares,
        team_means=means,
        conditions=everybody.conditions,
        outcomes=everybody.latent,
        team=play.staff.team,
        joined=play.staff.joined,
        left=play.staff.left,
    )


def _row_names(count: int, draws: np.random.Generator) -> tuple[str, ...]:
    return tuple(f"{high:08x}{low:08x}" for high, low in draws.integers(0, 2**32, size=(count, 2)).tolist())


def _weeks_of(turn: int, world: World) -> slice:
    return slice(turn * world.weeks_a_round, (turn + 1) * world.weeks_a_round)
