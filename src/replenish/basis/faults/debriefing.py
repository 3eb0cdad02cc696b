"""Refusals of conversations after something hard: leading them, what leaves the room, who may lead."""

from __future__ import annotations

from replenish.basis.errors import Fault


class DebriefingFault(Fault):
    """Why a conversation, a learning point or a training is not taken as it is."""

    FACTS_FILE = (
        "debriefing.facts_file",
        "this file of steps and limits cannot be used ({reason}); mend the entry that is named",
    )
    TEXTS_FILE = (
        "debriefing.texts_file",
        "this guide cannot be used ({reason}); mend the entry that is named",
    )
    LEADS_HERE = (
        "debriefing.leads_here",
        "you answer for this part, so a facilitator from elsewhere leads its debriefs; nothing was written",
    )
    CHOICE = (
        "debriefing.choice",
        "choose one of the entries of the list; nothing was written",
    )
    INCIDENT = (
        "debriefing.incident",
        "there is no such incident for you, or it was taken back; nothing was written, see the list again",
    )
    ALREADY = (
        "debriefing.already",
        "this is already written down for this incident; nothing was changed",
    )
    DAY = (
        "debriefing.day",
        "choose a day within the last {days} days, and not before the incident; nothing was written",
    )
    MINUTES = (
        "debriefing.minutes",
        "write how many minutes it took, as a whole number from 1 to {most}; nothing was written",
    )
    HEADS = (
        "debriefing.heads",
        "write how many came as a whole number from 1 to {most}; nothing was written",
    )
    POINT_WORDS = (
        "debriefing.point_words",
        "a learning point has 1 to {most} letters on one line; nothing was written",
    )
    NOT_AGREED = (
        "debriefing.not_agreed",
        "read each learning point to the group, and keep those all agree on; nothing was written so far",
    )
    NOT_APART = (
        "debriefing.not_apart",
        "a review is led by somebody who was not involved; nothing was written, ask such a person to lead it",
    )
    POINT_TWICE = (
        "debriefing.point_twice",
        "the same words stand in two learning points; nothing was written, keep one of them",
    )
    MANY_POINTS = (
        "debriefing.many_points",
        "at most {most} learning points leave this conversation; nothing was written, choose the main ones",
    )
    POINT_DAY = (
        "debriefing.point_day",
        "choose a day from today on, within a year, or leave it empty; nothing was written",
    )
    POINT_UNKNOWN = (
        "debriefing.point_unknown",
        "there is no such learning point for you; nothing was changed, look at the list again",
    )
    ANSWERED = (
        "debriefing.answered",
        "this learning point has an answer already; nothing was changed",
    )
    ANSWER_WORDS = (
        "debriefing.answer_words",
        "say in 1 to {most} letters what was done, or why it cannot be done now; nothing was changed",
    )
    COURSE = (
        "debriefing.course",
        "name the course in 1 to {most} letters on one line; nothing was written",
    )
    TRAINING_DAYS = (
        "debriefing.training_days",
        "a training was today or before, and holds for at most {years} years; nothing was written",
    )
    TRAINING_OF = (
        "debriefing.training_of",
        "a training is written down for somebody who leads debriefs here today; nothing was written",
    )
